import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { readOptions } from './readOptions.mjs';

test('without options the portal uses its own cluster and keeps its data', () => {
  assert.deepEqual(readOptions([]), {
    reset: false,
    applyExamples: false,
    withoutCluster: false,
    verbose: false,
    help: false,
    kubeconfig: undefined,
    runbooks: undefined,
  });
});

test('a kubeconfig is named in one word or in two', () => {
  const file = fileURLToPath(import.meta.url);
  assert.equal(readOptions(['--kubeconfig', file]).kubeconfig, file);
  assert.equal(readOptions([`--kubeconfig=${file}`]).kubeconfig, file);
});

test('a kubeconfig that does not exist is refused', () => {
  assert.throws(
    () => readOptions(['--kubeconfig', '/no/such/file']),
    /which does not exist/,
  );
  assert.throws(() => readOptions(['--kubeconfig']), /needs a file/);
});

test('a folder of runbooks is named, and must be there', () => {
  const folder = fileURLToPath(new URL('.', import.meta.url));
  assert.equal(`${readOptions(['--runbooks', folder]).runbooks}/`, folder);
  assert.throws(() => readOptions(['--runbooks']), /needs a folder/);
  assert.throws(
    () => readOptions(['--runbooks=/no/such/folder']),
    /which does not exist/,
  );
});

test('examples are made in a foreign cluster only when both are said', () => {
  assert.throws(
    () => readOptions(['--apply-examples']),
    /belongs to --kubeconfig/,
  );
});

test('an option that does not exist is refused with the list of those that do', () => {
  assert.throws(
    () => readOptions(['--rest']),
    /There is no option --rest[\s\S]*--reset/,
  );
});
