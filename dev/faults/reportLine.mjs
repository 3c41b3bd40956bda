/** @type {[string, number, (report: any) => any][]} */
const COLUMNS = [
  ['seed', 6, report => report.seed],
  ['fault', 9, report => report.fault],
  ['times', 7, report => report.faults],
  ['at', 8, report => seconds(report.faultAfterMs)],
  ['runs', 5, report => report.runs],
  ['attempts', 9, report => report.attempts],
  ['interrupted', 12, report => report.interrupted],
  ['reads again', 12, report => report.repeatedReads],
  ['silence', 9, report => seconds(report.longestSilenceMs)],
  ['took', 9, report => seconds(report.tookMs)],
  ['', 8, report => (report.broken.length === 0 ? 'held' : 'BROKEN')],
];

/** The head of the table of trials. `silence`: the longest that a run waited because of the fault. */
export const TABLE_HEAD = COLUMNS.map(([name, width]) =>
  name.padStart(width),
).join('');

/** One trial as a line of the table. */
export function reportLine(report) {
  return COLUMNS.map(([, width, of]) =>
    String(of(report)).padStart(width),
  ).join('');
}

function seconds(ms) {
  return `${(ms / 1000).toFixed(1)} s`;
}
