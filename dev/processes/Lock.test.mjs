import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { promisify } from 'node:util';
import { birthOf } from './identity.mjs';
import { Lock } from './Lock.mjs';

let folder;
let path;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lock-'));
  path = join(folder, 'lock');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('a lock that a living process has is not given to a second one', () => {
  assert.equal(new Lock(path).tryTake(), true);
  assert.equal(new Lock(path).tryTake(), false);
});

test('a lock can be taken again when it was given back', () => {
  const lock = new Lock(path);
  lock.tryTake();
  lock.release();
  assert.equal(new Lock(path).tryTake(), true);
});

test('a lock whose holder is dead is passed over', () => {
  writeFileSync(path, JSON.stringify({ pid: 4_194_000, birth: 'long ago' }));
  assert.equal(new Lock(path).tryTake(), true);
});

test('a lock whose holder had our process id in an earlier life is passed over', () => {
  writeFileSync(path, JSON.stringify({ pid: process.pid, birth: 'long ago' }));
  assert.equal(new Lock(path).tryTake(), true);
});

test('a lock that is held by somebody else is not given back by us', () => {
  const holder = { pid: process.ppid, birth: birthOf(process.ppid) };
  writeFileSync(path, JSON.stringify(holder));
  new Lock(path).release();
  assert.deepEqual(JSON.parse(readFileSync(path, 'utf8')), holder);
});

test('eight processes that work under one stale lock never work at the same time', async () => {
  writeFileSync(path, JSON.stringify({ pid: 4_194_000, birth: 'long ago' }));
  const inside = join(folder, 'inside');
  const program = `
    import { Lock } from ${JSON.stringify(import.meta.resolve('./Lock.mjs'))};
    import { mkdirSync, rmdirSync } from 'node:fs';
    await new Lock(${JSON.stringify(path)}).hold(async () => {
      mkdirSync(${JSON.stringify(inside)});
      await new Promise(resolve => setTimeout(resolve, 20));
      rmdirSync(${JSON.stringify(inside)});
    });`;
  const run = promisify(execFile);
  await Promise.all(
    Array.from({ length: 8 }, () =>
      run(process.execPath, ['--input-type=module', '--eval', program]),
    ),
  );
});
