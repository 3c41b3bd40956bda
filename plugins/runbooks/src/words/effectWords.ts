import type { Effect } from '@backstage-runbooks/plugin-runbooks-common';
import type { Tone } from './tone';

/** How an effect is told to people. */
export interface EffectWords {
  label: string;
  explains: string;
  /** As a sentence has it: "a change", "destructive". */
  inSentence: string;
  tone: Tone;
}

const WORDS: Record<Effect, EffectWords> = {
  local: {
    label: 'Local only',
    explains: 'Touches only the files of the run.',
    inSentence: 'local only',
    tone: 'neutral',
  },
  read: {
    label: 'Reads',
    explains: 'Looks and changes nothing.',
    inSentence: 'a read',
    tone: 'info',
  },
  unknown: {
    label: 'Unknown effect',
    explains: 'What it does cannot be told from its text. Treated as a change.',
    inSentence: 'something unknown',
    tone: 'caution',
  },
  change: {
    label: 'Changes',
    explains: 'Changes something that can be changed back. Needs an approval.',
    inSentence: 'a change',
    tone: 'caution',
  },
  destructive: {
    label: 'Destructive',
    explains:
      'Deletes, stops or overwrites something that may not come back. Needs an approval, and whoever asks for it types a confirmation.',
    inSentence: 'destructive',
    tone: 'danger',
  },
};

/** What made another effect of a step than its text says: "Written as a change; with its values, destructive". */
export function boundEffectWords(
  written: Effect,
  bound: Effect,
  madeBy: string,
): string {
  const before =
    written === 'unknown'
      ? 'Its text alone does not tell what it does'
      : `Written as ${WORDS[written].inSentence}`;
  return `${before}; ${madeBy}, ${WORDS[bound].inSentence}`;
}

const READS_SECRETS: EffectWords = {
  label: 'Reads Secrets',
  explains:
    'Looks at values of Secrets and changes nothing. Needs an approval.',
  inSentence: 'a read of Secrets',
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
