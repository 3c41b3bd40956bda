/** A step, or steps of which one is chosen. */
export type StepGroup<T> =
  | { kind: 'single'; key: string; step: T }
  | { kind: 'choice'; key: string; steps: T[] };

/** What of a step says which choice it belongs to. */
export interface Alternative {
  id: string;
  alternative?: { group: string };
}

/** Steps of one alternative group that follow each other are one choice. */
export function groupAlternatives<T>(
  steps: readonly T[],
  of: (step: T) => Alternative,
): StepGroup<T>[] {
  const groups: StepGroup<T>[] = [];
  for (const step of steps) {
    const last = groups[groups.length - 1];
    const { id, alternative } = of(step);
    if (!alternative) {
      groups.push({ kind: 'single', key: id, step });
    } else if (
      last?.kind === 'choice' &&
      of(last.steps[0]).alternative?.group === alternative.group
    ) {
      last.steps.push(step);
    } else {
      groups.push({ kind: 'choice', key: id, steps: [step] });
    }
  }
  return groups;
}

/** The steps of a group, of which there is one where nothing is chosen. */
export function stepsOfGroup<T>(group: StepGroup<T>): T[] {
  return group.kind === 'choice' ? group.steps : [group.step];
}
