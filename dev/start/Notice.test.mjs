import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { Notice } from './Notice.mjs';

test('the portal reads how far the cluster is until it is ready', t => {
  const folder = mkdtempSync(join(tmpdir(), 'notice-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'notice.txt');
  const notice = new Notice(file);

  notice.progress({
    step: 1,
    steps: 3,
    text: 'building the API server',
    percent: 40,
    minutesLeft: 6,
  });
  assert.equal(
    readFileSync(file, 'utf8'),
    'cluster is starting: building the API server, about 6 minutes left (1 of 3)\n',
  );
  notice.failed('there is no Go');
  assert.equal(
    readFileSync(file, 'utf8'),
    'cluster is not running: there is no Go\n',
  );
  notice.clear();
  assert.equal(existsSync(file), false);
});
