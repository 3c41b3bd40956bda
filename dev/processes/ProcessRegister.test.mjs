import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import {
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { birthOf, isGroupAlive } from './identity.mjs';
import { ProcessRegister } from './ProcessRegister.mjs';

let folder;
let path;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'register-'));
  path = join(folder, 'processes.json');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('what was started is ended, the last one first', async () => {
  const register = new ProcessRegister(path);
  // Each program tells its own end: we may hear of two at once, in any order.
  const told = join(folder, 'told');
  for (const name of ['first', 'second']) {
    register.start(
      'sh',
      [
        '-c',
        `trap 'echo ended ${name} >> "${told}"; exit' TERM; echo began >> "${told}"; while :; do sleep 0.05; done`,
      ],
      { name },
    );
  }
  while (linesOf(told).length < 2) {
    await new Promise(resolve => setTimeout(resolve, 20));
  }
  await register.stopAll();
  assert.deepEqual(linesOf(told).slice(2), ['ended second', 'ended first']);
  assert.deepEqual(JSON.parse(readFileSync(path, 'utf8')), []);
});

function linesOf(file) {
  return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
}

test('what an earlier process left behind is ended by the next one', async () => {
  const child = new ProcessRegister(path).start('sleep', ['60'], {
    name: 'left',
  });
  const names = await new ProcessRegister(path).stopLeftovers();
  assert.deepEqual(names, ['left']);
  assert.equal((await child.exited).signal, 'SIGTERM');
});

test('the children of a program end with it', async () => {
  const register = new ProcessRegister(path);
  const child = register.start('sh', ['-c', 'sleep 987 & wait'], {
    name: 'shell',
  });
  await new Promise(resolve => setTimeout(resolve, 200));
  await register.stopAll();
  await child.exited;
  await new Promise(resolve => setTimeout(resolve, 50));
  assert.equal(isGroupAlive(child.pid), false);
});

test('a program that does not end when asked is killed', async () => {
  const register = new ProcessRegister(path);
  const child = register.start(
    'sh',
    ['-c', 'trap "" TERM; while :; do sleep 0.1; done'],
    {
      name: 'deaf',
      patienceMs: 300,
    },
  );
  await new Promise(resolve => setTimeout(resolve, 200));
  await register.stopAll();
  assert.equal((await child.exited).signal, 'SIGKILL');
});

test('a stranger who has the process id of a program that is gone is left alone', async () => {
  const stranger = spawn('sleep', ['60'], { detached: true });
  writeFileSync(
    path,
    JSON.stringify([
      {
        name: 'gone',
        pid: stranger.pid,
        birth: 'another',
        endSignal: 'SIGTERM',
        patienceMs: 100,
      },
    ]),
  );
  assert.deepEqual(await new ProcessRegister(path).stopLeftovers(), []);
  assert.notEqual(birthOf(stranger.pid), undefined);
  stranger.kill('SIGKILL');
});

test('nothing is started any more after everything was ended', async () => {
  const register = new ProcessRegister(path);
  await register.stopAll();
  assert.throws(
    () => register.start('sleep', ['60'], { name: 'late' }),
    /late is not started any more/,
  );
});

test('a program that ended by itself is forgotten', async () => {
  const register = new ProcessRegister(path);
  await register.start('true', [], { name: 'short' }).exited;
  await new Promise(resolve => setTimeout(resolve, 50));
  assert.deepEqual(JSON.parse(readFileSync(path, 'utf8')), []);
});
