import { EFFECTS } from '@backstage-runbooks/plugin-runbooks-common';
import { boundEffectWords, effectWords } from './effectWords';

describe('what made another effect of a step', () => {
  it.each([
    {
      written: 'change',
      says: 'Its text alone changes something; with its values it is destructive',
    },
    {
      written: 'unknown',
      says: 'Its text alone does not tell what it does; with its values it is destructive',
    },
  ] as const)('is told in a sentence: $says', ({ written, says }) => {
    expect(boundEffectWords(written, 'destructive', 'with its values')).toBe(
      says,
    );
  });
});

describe('the word for an effect', () => {
  it.each(['read', 'local'] as const)(
    'tells a %s of Secrets, which needs an approval, from what runs at once',
    effect => {
      expect(effectWords(effect, true).label).toBe('Reads Secrets');
      expect(effectWords(effect, true).explains).toContain('Needs an approval');
    },
  );

  it('stays the same for what does more than read', () => {
    for (const effect of EFFECTS.filter(
      one => one !== 'read' && one !== 'local',
    )) {
      expect(effectWords(effect, true)).toBe(effectWords(effect));
    }
  });

  it('promises of no read that it runs at once', () => {
    expect(effectWords('read').explains).not.toContain('at once');
  });
});
