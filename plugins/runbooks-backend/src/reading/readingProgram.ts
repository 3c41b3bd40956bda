/** What a reading process may ask of what started it, while it does a job. */
export const QUESTIONS = [
  'hasTool',
  'fileText',
  'isThere',
  'realPath',
  'links',
  'shownPath',
  'changedFile',
] as const;

/** The descriptors of a reading process, beside the three that each process has. */
export const TALK = 3;
const LIFELINE = 4;

/**
 * What runs inside a reading process, as the text of a program: a text is the same in the source tree, in tests and in
 * the published package. Its argument is the module of the core.
 *
 * Jobs and answers are frames on descriptor 3: four bytes of length (little endian), then a value as `node:v8` writes
 * it. It takes `{ job, args }`, does one of the jobs below and answers `{ value }` or `{ failure }`. Only these jobs
 * exist, whatever is sent. A job that has questions puts each once, as `{ question, about }`, and waits until the
 * answer is there, so that nothing has to be sent that no text names. `{ at }` tells which step is judged.
 *
 * A process that reads has nobody to listen to, so a thread beside it listens: when the backend is gone, descriptor 4
 * ends, and with it the process, whatever it is reading.
 */
export const READING_PROGRAM = `
const { readSync, writeSync } = require('node:fs');
const { deserialize, serialize } = require('node:v8');
const { Worker } = require('node:worker_threads');
const common = require(process.argv[1]);
new Worker(
  'require("node:fs").readSync(${LIFELINE}, Buffer.alloc(1)); process.kill(process.pid, "SIGKILL");',
  { eval: true, resourceLimits: { maxOldGenerationSizeMb: 16 } },
).unref();
function bytes(length) {
  const read = Buffer.allocUnsafe(length);
  for (let at = 0; at < length; ) {
    const more = readSync(${TALK}, read, at, length - at, null);
    if (more === 0) process.kill(process.pid, 'SIGKILL');
    at += more;
  }
  return read;
}
function receive() {
  return deserialize(bytes(bytes(4).readUInt32LE(0)));
}
function send(value) {
  const body = serialize(value);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(body.length);
  for (const part of [length, body]) {
    for (let at = 0; at < part.length; ) at += writeSync(${TALK}, part, at);
  }
}
function ask(question, about) {
  send({ question, about });
  const { value, failure } = receive();
  if (failure !== undefined) throw new Error(failure);
  return value;
}
function questions() {
  const asked = { onStep: at => send({ at }) };
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
  ['approved-changes', common.approvedChanges],
  ['bound-write', common.decideBoundWrite],
  ['manifest-secrets', common.secretValuesInManifest],
]);
send({ ready: true });
for (;;) {
  const { job, args } = receive();
  let answer;
  try {
    answer = { value: JOBS.get(job)(...args) };
  } catch (error) {
    answer = { failure: String(error && error.message || error) };
  }
  send(answer);
}
`;
