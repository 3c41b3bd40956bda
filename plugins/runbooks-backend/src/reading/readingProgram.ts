/** What a thread may ask of what started it, while that thread does a job. */
export const QUESTIONS = [
  'hasTool',
  'fileText',
  'isThere',
  'realPath',
  'links',
  'shownPath',
  'changedFile',
] as const;

/**
 * What runs inside a reading thread, as the text of a program: a thread begins with a file or a text of its own, and
 * a text is the same in the source tree, in tests and in the published package.
 *
 * It takes `{ job, args }`, does one of the jobs below and answers `{ value }` or `{ failure }`. Only these jobs
 * exist, whatever is sent. A job that has questions puts each once, as `{ question, about }` on a port of their own,
 * and sleeps until the answer is there, so that nothing has to be sent that no text names. `{ at }` tells which step
 * is judged.
 */
export const READING_PROGRAM = `
const { parentPort, receiveMessageOnPort, workerData } = require('node:worker_threads');
const common = require(workerData.module);
const { port, answered } = workerData;
function ask(question, about) {
  Atomics.store(answered, 0, 0);
  port.postMessage({ question, about });
  Atomics.wait(answered, 0, 0);
  const { value, failure } = receiveMessageOnPort(port).message;
  if (failure !== undefined) throw new Error(failure);
  return value;
}
function questions() {
  const asked = { onStep: at => parentPort.postMessage({ at }) };
  for (const question of ${JSON.stringify(QUESTIONS)}) {
    const known = new Map();
    asked[question] = about => {
      if (!known.has(about)) known.set(about, ask(question, about));
      return known.get(about);
    };
  }
  return asked;
}
const JOBS = new Map([
  ['runbook', common.readRunbook],
  ['on-call', common.parseOnCallDocument],
  ['plan', task => common.planTask(task, questions())],
  ['bind', task => common.bindTask(task, questions())],
  ['files', task => common.filesOfStep(task, questions())],
  ['may-preview', common.decidePreview],
  ['preview', common.previewTask],
  ['manifest-secrets', common.secretValuesInManifest],
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
