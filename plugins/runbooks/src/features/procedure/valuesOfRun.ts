import type { Run } from '@backstage-runbooks/plugin-runbooks-common';

/** What a run was started with, but for secret values, which no page knows. */
export interface ValuesOfRun {
  runId: string;
  values: Record<string, string>;
  cluster?: string;
}

/** What a link carries to the page of the procedure; it stays in the browser and stands in no address. */
export interface CarriedValues {
  runbooksValuesOfRun: ValuesOfRun;
}

/** What the page of the procedure is to be filled in with, to run it as it was run. */
export function valuesOfRun({ id, plan }: Run): CarriedValues {
  return {
    runbooksValuesOfRun: {
      runId: id,
      values: Object.fromEntries(
        plan.parameters
          .filter(parameter => !parameter.secret)
          .map(({ name, value }) => [name, value]),
      ),
      ...(plan.cluster === undefined ? {} : { cluster: plan.cluster }),
    },
  };
}

/** What the link that led here carries; undefined where it carries nothing of ours. */
export function carriedValues(state: unknown): ValuesOfRun | undefined {
  return typeof state === 'object' &&
    state !== null &&
    'runbooksValuesOfRun' in state
    ? (state as CarriedValues).runbooksValuesOfRun
    : undefined;
}
