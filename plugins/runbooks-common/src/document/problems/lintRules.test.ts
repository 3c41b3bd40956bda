import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const source = resolve(__dirname, '../..');
const rules = readFileSync(
  resolve(source, '../../../docs/lint-rules.md'),
  'utf8',
);

const documented = [...rules.matchAll(/^### `([a-z-]+)`$/gm)].map(
  ([, code]) => code,
);

describe('the rules of lint', () => {
  it('are documented one by one', () => {
    const { codes } = readSource();
    expect(codes.filter(code => !documented.includes(code))).toEqual([]);
  });

  it('are all found by something', () => {
    const { text } = readSource();
    expect(documented.filter(code => !text.includes(`'${code}'`))).toEqual([]);
  });
});

function readSource(): { text: string; codes: string[] } {
  const text = ['document', 'shell']
    .flatMap(folder => filesBelow(join(source, folder)))
    .map(file => readFileSync(file, 'utf8'))
    .join('\n');
  const codes = [...text.matchAll(/\bcode: '([a-z-]+)'/g)].map(
    ([, code]) => code,
  );
  return { text, codes };
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
