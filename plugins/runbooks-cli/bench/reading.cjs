/*
 * How fast documents are read. Prints milliseconds and, because machines differ, the ratio to a calibration loop of
 * the same run: hashing the same bytes. Usage: reading.cjs [FILE...]; by default the runbooks of the examples.
 */
require('@backstage/cli/config/nodeTransform.cjs');
const { createHash } = require('node:crypto');
const { readFileSync, readdirSync } = require('node:fs');
const path = require('node:path');
const { readRunbook } = require('@backstage-runbooks/plugin-runbooks-common');

const ROUNDS = 7;
const MANY = 1_000;
const CALIBRATION_ROUNDS = 200;

const files =
  process.argv.length > 2 ? process.argv.slice(2) : exampleRunbooks();
const documents = files.map(file => ({
  file,
  text: readFileSync(file, 'utf8'),
}));
const bytes = documents.reduce(
  (sum, { text }) => sum + Buffer.byteLength(text),
  0,
);

const calibration = best(() => hashAll());
const together = best(() => readAll(documents));
const many = Array.from(
  { length: MANY },
  (_, n) => documents[n % documents.length],
);
const thousand = timed(() => readAll(many));

process.stdout.write(
  [
    `${documents.length} documents, ${bytes} bytes`,
    `together, warm:        ${together.toFixed(0)} ms (best of ${ROUNDS}), ${(
      together / calibration
    ).toFixed(1)} calibration loops`,
    `${MANY} documents:      ${(thousand / 1000).toFixed(2)} s`,
    `calibration loop:      ${calibration.toFixed(1)} ms`,
    '',
  ].join('\n'),
);

function readAll(all) {
  for (const { file, text } of all) readRunbook(text, file);
}

function hashAll() {
  for (let round = 0; round < CALIBRATION_ROUNDS; round += 1) {
    for (const { text } of documents)
      createHash('sha256').update(text).digest();
  }
}

function best(work) {
  return Math.min(...Array.from({ length: ROUNDS }, () => timed(work)));
}

function timed(work) {
  const began = performance.now();
  work();
  return performance.now() - began;
}

function exampleRunbooks() {
  const root = path.resolve(__dirname, '../../../examples');
  return readdirSync(root, { recursive: true })
    .filter(file => /runbooks\/.*\.md$/.test(file))
    .map(file => path.join(root, file));
}
