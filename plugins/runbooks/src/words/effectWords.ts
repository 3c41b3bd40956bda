import type { Effect } from '@backstage-runbooks/plugin-runbooks-common';
import type { Tone } from './tone';

/** How an effect is told to people. */
export interface EffectWords {
  label: string;
  explains: string;
  /** What goes on after "it": "changes something", "is destructive". */
  does: string;
  tone: Tone;
}

const WORDS: Record<Effect, EffectWords> = {
  local: {
    label: 'Local only',
    explains:
      'Touches only the files of the run, which are gone when the run has ended.',
    does: 'touches only the files of the run',
    tone: 'neutral',
  },
  read: {
    label: 'Reads',
    explains: 'Looks and changes nothing.',
    does: 'only reads',
    tone: 'info',
  },
  unknown: {
    label: 'Unknown effect',
    explains: 'What it does cannot be told from its text. Treated as a change.',
    does: 'does what nobody can tell',
    tone: 'caution',
  },
  change: {
    label: 'Changes',
    explains: 'Changes something that can be changed back. Needs an approval.',
    does: 'changes something',
    tone: 'caution',
  },
  destructive: {
    label: 'Destructive',
    explains:
      'Deletes, stops or overwrites something that may not come back. Needs an approval, and whoever asks for it types a confirmation.',
    does: 'is destructive',
    tone: 'danger',
  },
};

/** What made another effect of a step than its text says: "Its text alone changes something; with its values it is destructive". */
export function boundEffectWords(
  written: Effect,
  bound: Effect,
  madeBy: string,
): string {
  const before =
    written === 'unknown'
      ? 'Its text alone does not tell what it does'
      : `Its text alone ${WORDS[written].does}`;
  return `${before}; ${madeBy} it ${WORDS[bound].does}`;
}

const READS_SECRETS: EffectWords = {
  label: 'Reads Secrets',
  explains:
    'Looks at values of Secrets and changes nothing. Needs an approval.',
  does: 'reads Secrets',
  tone: 'caution',
};

/** The words for an effect. What only reads, and reads Secrets, is told from what runs at once. */
export function effectWords(
  effect: Effect,
  readsSecrets: boolean = false,
): EffectWords {
  return readsSecrets && isReading(effect) ? READS_SECRETS : WORDS[effect];
}

/** Whether it changes nothing outside of the run. */
export function isReading(effect: Effect): boolean {
  return effect === 'read' || effect === 'local';
}
