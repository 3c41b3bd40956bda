import assert from 'node:assert/strict';
import { test } from 'node:test';
import { codeBlocks } from './codeBlocks.mjs';

test('a block is told with its language, heading, line and the file that it names', () => {
  assert.deepEqual(
    codeBlocks(
      '# A\n\n## B\n\n```ts\n// packages/app/src/App.tsx\nx();\n```\n',
    ),
    [
      {
        language: 'ts',
        heading: 'B',
        line: 5,
        text: '// packages/app/src/App.tsx\nx();\n',
        file: 'packages/app/src/App.tsx',
      },
    ],
  );
});

test('a longer fence holds shorter ones', () => {
  const [block, ...others] = codeBlocks(
    '````markdown\n```bash\nls\n```\n````\n',
  );
  assert.equal(block.text, '```bash\nls\n```\n');
  assert.deepEqual(others, []);
});

test('a block in a list loses the indent of its fence and no more', () => {
  assert.equal(
    codeBlocks('1. one\n\n   ```yaml\n   a:\n     b: 1\n   ```\n')[0].text,
    'a:\n  b: 1\n',
  );
});
