/**
 * What runs inside a reading thread, as the text of a program: a thread begins with a file or a text of its own, and
 * a text is the same in the source tree, in tests and in the published package.
 *
 * It takes `{ job, args }`, does one of the jobs below and answers `{ value }` or `{ failure }`. Only these jobs
 * exist, whatever is sent.
 */
export const READING_PROGRAM = `
const { parentPort, workerData } = require('node:worker_threads');
const common = require(workerData.module);
const JOBS = new Map([
  ['runbook', common.readRunbook],
  ['on-call', common.parseOnCallDocument],
]);
parentPort.on('message', ({ job, args }) => {
  try {
    parentPort.postMessage({ value: JOBS.get(job)(...args) });
  } catch (error) {
    parentPort.postMessage({ failure: String(error && error.message || error) });
  }
});
parentPort.postMessage({ ready: true });
`;
