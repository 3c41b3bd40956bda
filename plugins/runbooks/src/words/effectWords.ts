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
    explains: 'Looks and changes nothing. Runs at once.',
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
      'Deletes, stops or overwrites something that may not come back. Needs an approval and a typed confirmation.',
    inSentence: 'destructive',
    tone: 'danger',
  },
};

/** How the values changed what a step does: "Written as a change; with your values destructive". */
export function boundEffectWords(written: Effect, bound: Effect): string {
  return `Written as ${WORDS[written].inSentence}; with your values ${WORDS[bound].inSentence}`;
}

/** The words for an effect. */
export function effectWords(effect: Effect): EffectWords {
  return WORDS[effect];
}
