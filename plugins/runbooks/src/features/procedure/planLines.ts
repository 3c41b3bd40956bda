import type { Plan } from '@backstage-runbooks/plugin-runbooks-common';
import { countWords } from '../../words/procedureWords';

/** What a plan needs, in one line per fact: what runs without an approval, what waits for whom, what is done by hand. */
export function planLines(plan: Plan): string[] {
  const commands = plan.steps.filter(step => step.type === 'command');
  const free = commands.filter(step => step.requires.kind === 'nothing');
  const approved = commands.filter(step => step.requires.kind === 'approval');
  const confirmed = commands.filter(
    step => step.requires.kind === 'approval-and-confirmation',
  );
  const later = commands.filter(step => step.requires.kind === 'later');
  const byHand = plan.steps.length - commands.length;
  return [
    free.length > 0 &&
      `${countWords(
        free.length,
        'step runs',
        'steps run',
      )} without an approval`,
    approved.length > 0 &&
      `${countWords(approved.length, 'step needs', 'steps need')} an approval`,
    confirmed.length > 0 &&
      `${countWords(
        confirmed.length,
        'step needs',
        'steps need',
      )} an approval and a confirmation that whoever asks for it types`,
    later.length > 0 &&
      countWords(
        later.length,
        'step tells what it needs when it comes',
        'steps tell what they need when they come',
      ),
    byHand > 0 &&
      `${countWords(
        byHand,
        'step is',
        'steps are',
      )} done by hand and confirmed`,
  ].filter((line): line is string => Boolean(line));
}
