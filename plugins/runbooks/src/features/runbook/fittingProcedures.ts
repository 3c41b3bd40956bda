import {
  matchProcedures,
  type Effect,
  type HealthSignal,
  type RunbookSummary,
} from '@backstage-runbooks/plugin-runbooks-common';

/** A procedure that fits what is broken now, as the tab offers it. */
export interface FittingProcedure {
  key: string;
  runbookId: string;
  procedureId: string;
  title: string;
  document: string;
  effect: Effect;
  because: string;
}

/** The best fits with what a link needs; none where nothing is wrong. */
export function fittingProcedures(
  signals: HealthSignal[],
  runbooks: RunbookSummary[],
): FittingProcedure[] {
  if (signals.length === 0) return [];
  return matchProcedures(signals, runbooks).flatMap(match => {
    const runbook = runbooks.find(one => one.id === match.runbookId);
    const procedure = runbook?.procedures.find(
      one => one.id === match.procedureId,
    );
    if (!runbook || !procedure) return [];
    return {
      key: `${runbook.id}/${procedure.id}`,
      runbookId: runbook.id,
      procedureId: procedure.id,
      title: procedure.title,
      document: runbook.title,
      effect: procedure.effect,
      because: match.because,
    };
  });
}
