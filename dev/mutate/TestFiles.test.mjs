import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { CHECKOUT } from '../places.mjs';
import { TestFiles } from './TestFiles.mjs';

// Below the checkout: packages are looked up from there.
mkdirSync(join(CHECKOUT, '.data'), { recursive: true });
const folder = mkdtempSync(join(CHECKOUT, '.data', 'test-files-'));
after(() => rmSync(folder, { recursive: true }));

const file = join(folder, 'add.test.ts');
writeFileSync(
  join(folder, 'add.ts'),
  'export const loadedAt: number = performance.now();\nexport const add = (a: number, b: number) => a + b;\n',
);
writeFileSync(
  file,
  `import { add, loadedAt } from './add';
describe('adding', () => {
  it('is right', () => expect(add(1, 2)).toBe(3));
  it.each([[2, 2], [3, 4]])('%i and 1 is %i', (a, sum) => expect(add(a, 1)).toBe(sum));
  it('tells when it was loaded', () => loadedAt);
});
`,
);

const files = new TestFiles(folder);

test('tests have names of their own, each row of a table too, and fail as they would with jest', async () => {
  const tests = files.testsOf(file);
  assert.deepEqual(
    tests.map(({ name }) => name),
    [
      'adding is right',
      'adding 2 and 1 is 2',
      'adding 3 and 1 is 4',
      'adding tells when it was loaded',
    ],
  );
  await tests[0].run();
  await tests[2].run();
  assert.throws(() => tests[1].run(), /Expected: .*2/s);
});

test('modules are loaded once, and anew when they were unloaded', () => {
  const loadedAt = () => files.testsOf(file).at(-1).run();
  const first = loadedAt();
  assert.equal(loadedAt(), first);
  files.unload();
  assert.notEqual(loadedAt(), first);
});

test('it is known which test files load a module', () => {
  files.testsOf(file);
  assert.equal(files.reaches(file, join(folder, 'add.ts')), true);
  assert.equal(files.reaches(file, join(folder, 'other.ts')), false);
});
