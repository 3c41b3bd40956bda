import fc from 'fast-check';
import { readShell } from './readShell';
import { soup } from './testUtils/soup';

const isFull = process.env.RUNBOOKS_FUZZ === 'full';
const CASES = isFull ? 100_000 : 2_000;

/** Commands that destroy, wrapped in ways that a shell sees through. */
type Wrap = (text: string) => string;

const WRAPS: Wrap[] = [
  text => `sudo ${text}`,
  text => `${text} && ls`,
  text => `ls; ${text}`,
  text => `(${text})`,
  text => `{ ${text}; }`,
  text => `if true; then ${text}; fi`,
  text => `for i in 1 2; do ${text}; done`,
  text => `echo $(${text})`,
  text => `echo "a $(${text})"`,
  text => `env A=b bash -c "${text.replace(/["\\$`]/g, '\\$&')}"`,
  text => `sh -c '${text.replace(/'/g, `'\\''`)}'`,
  text => `eval '${text.replace(/'/g, `'\\''`)}'`,
  text => `ssh host '${text.replace(/'/g, `'\\''`)}'`,
  text => `kubectl exec web-0 -- sh -c '${text.replace(/'/g, `'\\''`)}'`,
  text => `cat <(${text})`,
  text => `f() { ${text}; }; f`,
  text => `ls | while read x; do ${text}; done`,
  text => `X=1 ; ! ( ${text} ) > /dev/null 2>&1`,
  text => `ls <pod-name> <ns>; ${text}`,
  text => `bash <<'EOF${text.length}'\n${text}\nEOF${text.length}`,
];

const wrapped = fc
  .tuple(
    fc.constantFrom(
      'kubectl delete ns prod',
      'rm -rf /data',
      'helm uninstall x',
      'curl -X DELETE https://x/y',
    ),
    fc.array(
      fc.nat({ max: WRAPS.length - 1 }).map(index => WRAPS[index]),
      { maxLength: 5 },
    ),
  )
  .map(([text, wrappers]) =>
    wrappers.reduce<string>((inner, wrap) => wrap(inner), text),
  );

describe(`random shell text (${CASES} cases; RUNBOOKS_FUZZ=full for 100000)`, () => {
  it('is read without throwing', () => {
    fc.assert(
      fc.property(soup, text => {
        expect(readShell(text, { language: 'bash' }).runnable).toHaveLength(
          text.length,
        );
      }),
      { numRuns: CASES },
    );
  });

  it('a destroying command stays at least unknown, however it is wrapped', () => {
    fc.assert(
      fc.property(wrapped, text => {
        const { shell, effect } = readShell(text, { language: 'bash' });
        expect([shell, effect]).toEqual([
          true,
          expect.stringMatching(/unknown|change|destructive/),
        ]);
      }),
      { numRuns: CASES },
    );
  });
});
