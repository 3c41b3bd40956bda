import assert from 'node:assert/strict';
import path from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { attacksOn, patternsOf } from './patterns.mjs';

const ROOT = path.resolve(
  path.dirname(fileURLToPath(import.meta.url)),
  '../..',
);

const SHORT = 16_000;
const LONG = 64_000;
/** Below this, whatever the growth, nobody is held up. */
const UNFELT_MS = 25;
/** Four times the text takes four times as long; where each place looks to the end, sixteen times. */
const MOST_GROWTH = 8;
const TURNS = 4;

describe('a pattern that looks into the text of other people', () => {
  const patterns = patternsOf(ROOT);

  it('is found where it is written', () => {
    assert.ok(patterns.length > 500, `only ${patterns.length} are found`);
  });

  it('takes time in proportion to the text', () => {
    const slow = patterns.flatMap(({ file, line, pattern }) => {
      const attack = attacksOn(pattern).find(each => grows(pattern, each));
      return attack
        ? [`${file}:${line} ${pattern} on ${JSON.stringify(attack)}`]
        : [];
    });
    assert.deepEqual(slow, []);
  });

  it('is told where it looks to the end from every place', () => {
    const pattern = /print[^\n]*>/;
    assert.ok(attacksOn(pattern).some(attack => grows(pattern, attack)));
  });
});

/** Whether the time that a pattern takes grows faster than the text does. */
function grows(pattern, { before, piece }) {
  const textOf = length =>
    before + piece.repeat(Math.ceil(length / piece.length));
  const long = textOf(LONG);
  if (timeOf(pattern, long) < UNFELT_MS) return false;
  const short = textOf(SHORT);
  let once = Infinity;
  let more = Infinity;
  for (let turn = 0; turn < TURNS; turn += 1) {
    once = Math.min(once, timeOf(pattern, short));
    more = Math.min(more, timeOf(pattern, long));
    if (more < UNFELT_MS || more / once < MOST_GROWTH) return false;
  }
  return true;
}

/** Milliseconds of the processor for everything that a pattern finds in a text. */
function timeOf({ source, flags }, text) {
  const global = new RegExp(source, flags.includes('g') ? flags : `${flags}g`);
  const began = process.cpuUsage();
  text.replace(global, '');
  return process.cpuUsage(began).user / 1_000;
}
