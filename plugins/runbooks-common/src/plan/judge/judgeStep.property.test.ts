import fc from 'fast-check';
import { EFFECTS, type Effect } from '../../effect';
import type { Scope } from '../../scope/model';
import { readShell } from '../../shell/readShell';
import { applyEdits, bindingEdits, environmentNameOf } from '../bindText';
import { INVENTORY } from '../testUtils/inventory';
import { judgeStep } from './judgeStep';

const SCOPE: Scope = {
  source: { kind: 'configuration', rule: 'shop' },
  namespaces: ['shop'],
  reads: 'cluster',
  grants: [],
};

const VERBS = [
  'get',
  'describe',
  'logs',
  'delete',
  'scale',
  'rollout restart',
  'annotate',
  'exec',
];
const KINDS = ['pods', 'secrets', 'Secret', 'deploy', 'pods,secrets', 'nodes'];
const OPTIONS = [
  '-o yaml',
  '-o name',
  '--replicas=0',
  '--replicas=3',
  '--replicas=0x0',
  '--all',
  '-A',
  '-n other',
  'a=b',
  '-- env',
];

/** A call of kubectl, word by word. */
const CALLS = fc
  .tuple(
    fc.constantFrom(...VERBS),
    fc.constantFrom(...KINDS),
    fc.constantFrom('web', '', 'db-0'),
    fc.array(fc.constantFrom(...OPTIONS), { maxLength: 2 }),
  )
  .map(([verb, kind, names, options]) =>
    [
      'kubectl',
      ...verb.split(' '),
      kind,
      names,
      ...options.join(' ').split(' '),
    ].filter(word => word !== ''),
  );

function judge(
  text: string,
  environment: Record<string, string>,
  waiting: string[] = [],
) {
  const { effect, secrets, writes, open } = judgeStep({
    text,
    environment,
    waiting,
    hidden: [],
    fileText: () => undefined,
    inventory: INVENTORY,
    observeOnly: false,
    scope: SCOPE,
    namespace: 'shop',
    folders: [''],
  });
  return { effect, secrets, writes, open };
}

function isLess(a: Effect, b: Effect): boolean {
  return EFFECTS.indexOf(a) < EFFECTS.indexOf(b);
}

describe('judging a step with its values', () => {
  it('says of words that come out of variables what it says of the same words written', () => {
    fc.assert(
      fc.property(CALLS, fc.nat(), (words, seed) => {
        const at = 1 + (seed % (words.length - 1));
        const written = judge(words.join(' '), {});
        for (const expansion of ['$VALUE', '"$VALUE"', '${VALUE:-pods}']) {
          const text = words
            .map((word, index) => (index === at ? expansion : word))
            .join(' ');
          expect({ text, ...judge(text, { VALUE: words[at] }) }).toEqual({
            text,
            ...written,
          });
        }
      }),
      { numRuns: 300 },
    );
  });

  it('says of a whole command in one variable what it says of the command', () => {
    fc.assert(
      fc.property(CALLS, words => {
        const text = words.join(' ');
        expect(
          judge('kubectl $REST', { REST: words.slice(1).join(' ') }),
        ).toEqual(judge(text, {}));
      }),
      { numRuns: 200 },
    );
  });

  it('is never less careful than the words of the document, whatever value fits a placeholder', () => {
    fc.assert(
      fc.property(
        CALLS,
        fc.nat(),
        fc.constantFrom('web', '0', '3', 'prod', 'db-0'),
        (words, seed, value) => {
          const at = 3 + (seed % 4);
          const document = words
            .map((word, index) => (index === at ? '<the-value>' : word))
            .join(' ');
          const reading = readShell(document, { language: 'bash' });
          const text = applyEdits(
            document,
            bindingEdits(document, reading.placeholders),
          );
          const environment = Object.fromEntries(
            reading.placeholders.map(use => [environmentNameOf(use), value]),
          );
          const bound = judge(text, environment);
          const isProven = judge(
            words.map((word, index) => (index === at ? value : word)).join(' '),
            {},
          );
          expect({
            text,
            isLessForNoReason:
              isLess(bound.effect, reading.effect) &&
              bound.effect !== isProven.effect,
          }).toEqual({ text, isLessForNoReason: false });
        },
      ),
      { numRuns: 300 },
    );
  });

  it('waits for every value without which it would say less than with it', () => {
    fc.assert(
      fc.property(CALLS, fc.nat(), (words, seed) => {
        const at = 1 + (seed % (words.length - 1));
        const text = words
          .map((word, index) => (index === at ? '$VALUE' : word))
          .join(' ');
        const before = judge(text, {}, ['VALUE']);
        const after = judge(text, { VALUE: words[at] });
        if (before.open.includes('VALUE')) return;
        expect({ text, isLess: isLess(before.effect, after.effect) }).toEqual({
          text,
          isLess: false,
        });
        expect([text, after.secrets.kind]).toEqual([
          text,
          before.secrets.kind === 'any'
            ? after.secrets.kind
            : before.secrets.kind,
        ]);
      }),
      { numRuns: 300 },
    );
  });
});
