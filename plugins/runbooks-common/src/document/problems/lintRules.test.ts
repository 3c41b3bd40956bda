import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const source = resolve(__dirname, '../..');
const rules = readFileSync(
  resolve(source, '../../../docs/lint-rules.md'),
  'utf8',
);

describe('the rules of lint', () => {
  it('are documented one by one, and nothing else is', () => {
    const documented = [...rules.matchAll(/^### `([a-z-]+)`$/gm)].map(
      ([, code]) => code,
    );
    expect(documented.sort()).toEqual([...codesInSource()].sort());
  });
});

function codesInSource(): Set<string> {
  const codes = new Set<string>();
  for (const folder of ['document', 'shell']) {
    for (const file of filesBelow(join(source, folder))) {
      const text = readFileSync(file, 'utf8');
      for (const [, code] of text.matchAll(/\bcode: '([a-z-]+)'/g)) {
        codes.add(code);
      }
    }
  }
  return codes;
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap(entry => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return filesBelow(path);
    return /\.ts$/.test(entry.name) && !/\.test\.ts$/.test(entry.name)
      ? [path]
      : [];
  });
}
