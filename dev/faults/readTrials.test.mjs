import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readTrials } from './readTrials.mjs';

test('the faults come in turns, each with a seed of its own', () => {
  const trials = readTrials(['--seeds', '10']);
  assert.deepEqual(
    trials.map(({ seed, fault }) => `${seed} ${fault}`),
    [
      '1 kill',
      '2 stop',
      '3 freeze',
      '4 term',
      '5 database',
      '6 catalog',
      '7 disk',
      '8 clock',
      '9 crowd',
      '10 kill',
    ],
  );
});

test('one fault can be tried alone, from any seed on', () => {
  assert.deepEqual(
    readTrials(['--seeds', '1', '--fault', 'kill', '--first', '77']),
    [{ seed: 77, fault: 'kill', runs: 12, kills: 1 }],
  );
});

test('a backend is killed as often as asked, and a crowd is of 500 runs or as many as asked', () => {
  const words = ['--seeds', '1', '--fault'];
  assert.equal(readTrials([...words, 'kill', '--kills', '20'])[0].kills, 20);
  assert.equal(readTrials([...words, 'crowd'])[0].runs, 500);
  assert.equal(readTrials([...words, 'crowd', '--runs', '40'])[0].runs, 40);
});

test('what is not a number or a fault is refused with what is expected', () => {
  assert.throws(() => readTrials(['--seeds', 'x']), /expected a whole number/);
  assert.throws(() => readTrials(['--fault', 'rain']), /expected one of kill/);
});
