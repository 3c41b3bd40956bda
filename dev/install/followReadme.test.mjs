import assert from 'node:assert/strict';
import { test } from 'node:test';
import { merged, withCode } from './followReadme.mjs';

const BACKEND = `const backend = createBackend();

backend.add(import('@backstage/plugin-kubernetes-backend'));

backend.start();
`;

test('a line of the backend that is there already is not added a second time', () => {
  const block = `// packages/backend/src/index.ts
backend.add(import('@backstage/plugin-kubernetes-backend'));
backend.add(import('ours'));
`;
  assert.equal(
    withCode(BACKEND, block, 'README.md:1'),
    BACKEND.replace(
      '\nbackend.start();',
      `backend.add(import('ours'));\n\nbackend.start();`,
    ),
  );
});

test('an element goes where the template has such elements, and its imports to the top', () => {
  const source = '<FlatRoutes>\n  <Route path="/a" />\n</FlatRoutes>\n';
  const block = `// packages/app/src/App.tsx
import { Page } from 'ours';

<Route path="/b" element={<Page />} />
`;
  assert.equal(
    withCode(source, block, 'README.md:1'),
    `import { Page } from 'ours';
<FlatRoutes>
  <Route path="/a" />
<Route path="/b" element={<Page />} />
</FlatRoutes>
`,
  );
});

test('elements that are parted by a comment go each to its own place', () => {
  const source =
    '<FlatRoutes>\n  </FlatRoutes>\n<EntityLayout>\n  </EntityLayout>\n';
  const block = `// before </FlatRoutes>
<Route path="/b" />

// before </EntityLayout>
<EntityLayout.Route path="/c" />
`;
  assert.equal(
    withCode(source, block, 'README.md:1'),
    `<FlatRoutes>
<Route path="/b" />
  </FlatRoutes>
<EntityLayout>
<EntityLayout.Route path="/c" />
  </EntityLayout>
`,
  );
});

test('an element without a place in the file is told with the line of its block', () => {
  assert.throws(
    () => withCode('', '<Route path="/b" />\n', 'README.md:7'),
    /README\.md:7: no place in the file for <Route/,
  );
});

test('configuration is merged, and lists replace lists', () => {
  assert.equal(
    merged('a:\n  b: 1\n  c: [1]\n', 'a:\n  c: [2, 3]\nd: 4\n'),
    'a:\n  b: 1\n  c:\n    - 2\n    - 3\nd: 4\n',
  );
});
