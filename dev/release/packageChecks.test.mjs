import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { faultsOf } from './changesetFaults.mjs';
import { contentFaults } from './contentFaults.mjs';
import { dependencyFaults } from './dependencyFaults.mjs';
import { isExplained } from './explained.mjs';
import { manifestFaults } from './manifestFaults.mjs';

const WHOLE = ['package.json', 'README.md', 'LICENSE', 'CHANGELOG.md'];

test('a tarball with a map, a test or a workspace range is not fit to publish', () => {
  assert.deepEqual(
    contentFaults(
      'plugins/a',
      [
        ...WHOLE,
        'dist/index.cjs.js',
        'dist/index.cjs.js.map',
        'dist/testing/fake.cjs.js',
      ],
      { dependencies: { b: 'workspace:^', c: '^1.0.0' } },
    ),
    [
      'plugins/a: dist/index.cjs.js.map is in the tarball and nobody needs it',
      'plugins/a: dist/testing/fake.cjs.js is in the tarball and nobody needs it',
      'plugins/a: the tarball asks for b as workspace:^; expected a version',
    ],
  );
});

test('a tarball without a licence is not fit to publish', () => {
  assert.deepEqual(
    contentFaults(
      'plugins/a',
      ['package.json', 'README.md', 'CHANGELOG.md'],
      {},
    ),
    ['plugins/a: LICENSE is not in the tarball'],
  );
});

test('a dependency that nothing uses, and one that is not declared, are told', () => {
  const path = packageWith({
    'index.ts': [
      "import { a } from 'used/deep';",
      "import type { T } from 'only-types';",
      "const p = require.resolve('looked-up');",
      "const q = import('later');",
    ].join('\n'),
    'index.test.ts': "import 'only-in-tests';",
  });
  const dependencies = { used: '1', 'looked-up': '1', unused: '1', shown: '1' };
  assert.deepEqual(
    dependencyFaults(
      { folder: 'plugins/a', path, manifest: { name: 'a', dependencies } },
      "import { S } from 'shown';\nimport { U } from 'only-types';",
    ),
    [
      'plugins/a: nothing published uses unused',
      'plugins/a: later is used and is not a dependency',
      'plugins/a: the declarations mention only-types, which is not a dependency',
    ],
  );
});

test('a package of Backstage that is asked for in one exact version, or in one of several, is told', () => {
  for (const range of ['1.3.1', '^1.3.1 || ^2.0.0']) {
    const faults = manifestFaults(
      {
        folder: 'plugins/a',
        path: packageWith({}),
        manifest: { dependencies: { '@backstage/errors': range } },
      },
      '1.55.0 - 1.57.0',
    );
    assert.ok(
      faults.some(fault => fault.includes(`@backstage/errors is ${range};`)),
    );
  }
});

test('a message about the types of a package is only passed over where somebody explained it', () => {
  const backend = { backstage: { role: 'backend-plugin' } };
  assert.equal(isExplained('CJSOnlyExportsDefault', backend), true);
  assert.equal(isExplained('UnexpectedModuleSyntax', backend), false);
  assert.equal(isExplained('FILE_DOES_NOT_EXIST', backend), false);
});

test('a changeset names packages that exist and says something', () => {
  assert.deepEqual(
    faultsOf('x.md', '---\n"a": patch\n---\n\nFaster.\n', ['a']),
    [],
  );
  assert.deepEqual(faultsOf('x.md', '---\n"b": small\n---\n\n', ['a']), [
    `x.md: '"b": small'; expected a package, then patch, minor or major`,
    'x.md: says nothing to users',
  ]);
  assert.deepEqual(faultsOf('x.md', '---\nb: minor\n---\nFaster.', ['a']), [
    'x.md: there is no package b that is published',
  ]);
});

function packageWith(sources) {
  const path = mkdtempSync(join(tmpdir(), 'runbooks-package-'));
  mkdirSync(join(path, 'src'));
  for (const [name, text] of Object.entries(sources)) {
    writeFileSync(join(path, 'src', name), text);
  }
  return path;
}
