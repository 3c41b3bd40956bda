import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { createRedactor } from './createRedactor';

/** ASCII, and letters that every locale of Unicode can show. */
const SIGNS = [
  ...Array.from({ length: 127 }, (_, code) => String.fromCharCode(code + 1)),
  ...'éßЖ日',
];
const LOCALES = ['C', 'C.UTF-8'];

function redact(text: string, secret: string): string {
  const redactor = createRedactor({ secrets: [secret] });
  return redactor.push(text) + redactor.flush();
}

function quoted(values: readonly string[], locale: string): string[] {
  const script = 'for v in "$@"; do printf "%q\\0" "$v"; done';
  const told = execFileSync('bash', ['-c', script, 'bash', ...values], {
    env: { ...process.env, LC_ALL: locale },
  });
  return told.toString().split('\0').slice(0, -1);
}

describe('a secret value as bash quotes it', () => {
  it.each(['Zq7k,P9xW21', 'a7é&K9xx1z', '~s3cr=~t#7', "it's\ta S3cret\n!"])(
    'is hidden in every locale: %j',
    secret => {
      for (const locale of LOCALES) {
        const [written] = quoted([secret], locale);
        expect(redact(`x=${written}\n`, secret)).not.toContain(written);
      }
    },
  );

  it('is hidden whatever signs it has', () => {
    const secrets = fc.sample(
      fc.string({
        minLength: 8,
        maxLength: 24,
        unit: fc.constantFrom(...SIGNS),
      }),
      { numRuns: 300, seed: 7 },
    );
    const values = secrets.map(text => `Kq7${text}9Z`);
    for (const locale of LOCALES) {
      const written = quoted(values, locale);
      const shown = values.filter((secret, index) =>
        redact(`x=${written[index]}\n`, secret).includes(written[index]),
      );
      expect(shown).toEqual([]);
    }
  });
});
