import { isTree, type Tree } from '../../gateway/trees';
import { Comparison } from '../Comparison';
import { comparedTrees } from '../comparedTrees';
import { ComparingLimits } from '../ComparingLimits';
import type { DryRunWrite } from '../DryRunWrite';
import type { FieldPreview } from '../model';
import { OBJECT, stepsOf, type PlaceStep } from '../place';
import { fieldRecord } from './fieldRecord';
import type { WrittenField } from './model';

/** Makes moments of the run equal, wherever they stand in a text. */
export type Moment = (text: string) => string;

/** What a write would make another of its object. */
export interface Written {
  fields: WrittenField[];
  /** As they may be shown, by their places; the first of them. */
  shown: ReadonlyMap<string, FieldPreview>;
  /** What would become of the object, as it is compared. */
  after: Tree | undefined;
  isSecret: boolean;
}

/**
 * The fields of an object that a write would make others, as a preview compares it. Linear in the object.
 *
 * @param hide - Replaces what is secret in what is shown; without it nothing may be shown.
 * @throws TooMuchToCompare
 */
export function writtenFields(
  write: DryRunWrite,
  moment: Moment,
  hide?: (text: string) => string,
): Written {
  const limits = new ComparingLimits(hide ?? (text => text));
  if (!hide) return writtenHiding(write, moment, text => text, limits);
  const texts = new Set<string>();
  // First it is found what would be asked, so that it can be asked at once.
  const ask = (text: string) => {
    texts.add(text);
    return text;
  };
  writtenHiding(write, moment, ask, limits);
  return writtenHiding(write, moment, limits.hiding(texts), limits);
}

function writtenHiding(
  write: DryRunWrite,
  moment: Moment,
  hide: (text: string) => string,
  limits: ComparingLimits,
): Written {
  const [before, after] = [write.before, write.answer.body].map(one =>
    isTree(one) ? one : undefined,
  );
  const { was, is, how } = comparedTrees(write, before, after);
  const { isSecret } = how;
  const fields = new Map<string, WrittenField>();
  const places: string[] = [];
  const comparison = new Comparison({
    ...how,
    moment,
    hide,
    visit: () => limits.visit(),
    differs: (place, old, now) => {
      const steps = stepsOf(place);
      const field = fieldOf(steps, old, now, { isSecret, moment });
      places.push(field.place);
      // What was one thing and becomes another kind of thing is told in two parts.
      fields.set(field.place, { ...fields.get(field.place), ...field });
    },
  });
  comparison.compare(was, is, how.creates?.sent, OBJECT);
  const shown = comparison.fields.map(
    (field, index) => [places[index], field] as const,
  );
  return {
    fields: [...fields.values()],
    shown: new Map(shown),
    after: is,
    isSecret,
  };
}

function fieldOf(
  steps: readonly PlaceStep[],
  old: unknown,
  now: unknown,
  { isSecret, moment }: { isSecret: boolean; moment: Moment },
): WrittenField {
  const record = (value: unknown) => fieldRecord(steps, value, isSecret);
  const [before, timed, after] = [
    old,
    inTime(old, moment),
    inTime(now, moment),
  ].map(record);
  return {
    place: JSON.stringify(steps),
    ...(before === undefined ? {} : { before }),
    ...(timed === before ? {} : { timed }),
    ...(after === undefined ? {} : { after }),
  };
}

/** A value with moments of the run made equal, as far as a comparison does it. */
export function inTime(value: unknown, moment: Moment): unknown {
  return typeof value === 'string' ? moment(value) : value;
}
