import { matchesLabels, type LabelRequirement } from '../health/labelSelector';
import type { FoundObject } from './claims';
import { podLabelsOf } from './objectLinks';

/** Finds objects by labels without looking at each of them for each of many entities. */
export class LabelIndex {
  readonly #labels: Array<Array<Record<string, string>>>;
  readonly #places = new Map<string, Set<number>>();

  constructor(objects: FoundObject[]) {
    this.#labels = objects.map(found => [
      found.object.metadata?.labels ?? {},
      ...(found.resource === 'pods' ? [] : [podLabelsOf(found) ?? {}]),
    ]);
    this.#labels.forEach((sets, place) => {
      for (const [key, value] of sets.flatMap(Object.entries<string>)) {
        const label = `${key}=${value}`;
        const places = this.#places.get(label) ?? new Set();
        this.#places.set(label, places.add(place));
      }
    });
  }

  matching(requirements: LabelRequirement[]): number[] {
    const narrow = requirements.find(({ kind }) => kind === 'in');
    const candidates =
      narrow?.kind === 'in'
        ? narrow.values.flatMap(value => [
            ...(this.#places.get(`${narrow.key}=${value}`) ?? []),
          ])
        : this.#labels.keys();
    return [...candidates].filter(place =>
      this.#labels[place].some(labels => matchesLabels(labels, requirements)),
    );
  }
}
