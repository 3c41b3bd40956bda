import { secretReadsWords } from './secretReadsWords';

const NAMED = {
  kind: 'named',
  names: [{ namespace: 'shop', name: 'tls' }],
} as const;

describe('what reading of Secrets means', () => {
  it.each(['read', 'local'] as const)(
    'is an approval also for a step that is a %s',
    effect => {
      expect(
        secretReadsWords({ ...NAMED, names: [...NAMED.names] }, effect),
      ).toMatch(/needs an approval although it only reads\.$/);
    },
  );

  it.each(['unknown', 'change', 'destructive'] as const)(
    'does not say that a step only reads which is %s',
    effect => {
      for (const secrets of [
        { kind: 'any' } as const,
        { ...NAMED, names: [...NAMED.names] },
      ]) {
        const words = secretReadsWords(secrets, effect);
        expect(words).not.toContain('only reads');
        expect(words).toMatch(/redacted\.$/);
      }
    },
  );
});
