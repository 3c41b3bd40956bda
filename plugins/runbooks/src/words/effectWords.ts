import type { Effect } from '@backstage-runbooks/plugin-runbooks-common';
import type { Tone } from './tone';

/** How an effect is told to people. */
export interface EffectWords {
  label: string;
  explains: string;
  tone: Tone;
}

const WORDS: Record<Effect, EffectWords> = {
  local: {
    label: 'Local only',
    explains: 'Touches only the files of the run.',
    tone: 'neutral',
  },
  read: {
    label: 'Reads',
    explains: 'Looks and changes nothing. Runs at once.',
    tone: 'info',
  },
  unknown: {
    label: 'Unknown effect',
    explains: 'What it does cannot be told from its text. Treated as a change.',
    tone: 'caution',
  },
  change: {
    label: 'Changes',
    explains: 'Changes something that can be changed back. Needs an approval.',
    tone: 'caution',
  },
  destructive: {
    label: 'Destructive',
    explains:
      'Deletes, stops or overwrites something that may not come back. Needs an approval and a typed confirmation.',
    tone: 'danger',
  },
};

/** The words for an effect. */
export function effectWords(effect: Effect): EffectWords {
  return WORDS[effect];
}
