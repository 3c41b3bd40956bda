import {
  UNREADABLE_RUN,
  visibleText,
  type RunSummary,
  type Shortfall,
} from '@backstage-runbooks/plugin-runbooks-common';

const COLUMNS: Array<[string, (run: RunSummary) => string | undefined]> = [
  ['run', run => run.id],
  ['service', run => run.entityRef],
  ['procedure', run => run.procedureTitle],
  ['runbook', run => run.runbookPath],
  ['revision', run => run.revision],
  ['cluster', run => run.cluster],
  ['effect as planned', run => run.effect],
  ['writes', run => run.writes?.toString()],
  ['state', run => run.state],
  ['rolled back', rolledBackOf],
  ['steps failed', run => countOf(run, 'failed')],
  ['steps not as expected', run => countOf(run, 'unexpected')],
  ['steps not done', run => countOf(run, 'notDone')],
  ['needed steps skipped', run => countOf(run, 'skipped')],
  ['started by', run => run.requestedBy],
  ['approved by', run => run.approvedBy.join(' ')],
  ['started at', run => run.startedAt],
  ['finished at', run => run.finishedAt],
];

/**
 * Runs as comma-separated values with a head line, as the page shows them; a value that a spreadsheet would
 * calculate is made text, whatever it takes for a separator. */
export function runsCsv(runs: RunSummary[]): string {
  const lines = [
    COLUMNS.map(([name]) => name),
    ...runs.map(run =>
      COLUMNS.map(([, value]) => visibleText(value(run) ?? '')),
    ),
  ];
  return lines.map(cells => `${cells.map(csvCell).join(',')}\r\n`).join('');
}

function rolledBackOf({ state, rolledBack }: RunSummary) {
  if (state === UNREADABLE_RUN) return undefined;
  return rolledBack ? 'yes' : 'no';
}

function countOf({ state, shortfall }: RunSummary, lack: keyof Shortfall) {
  return state === UNREADABLE_RUN ? undefined : String(shortfall[lack]);
}

function csvCell(text: string) {
  const harmless = text.replace(/(^|[;\t\r\n])(?=[=+\-@\t\r])/g, "$1'");
  return /[",;\t\r\n]/.test(harmless)
    ? `"${harmless.replace(/"/g, '""')}"`
    : harmless;
}
