import type { Step } from '../document/model';
import type { TextEdit } from '../shell/model';
import { applyEdits, bindingEdits } from './bindText';

/** What of a step its text for bash is made of. */
export type TextOfStep = Pick<Step, 'text' | 'placeholders' | 'commands'>;

/** The edits that make a step's text the one that bash gets: without prompts and terminals, with its values bound. */
export function editsOf(step: TextOfStep): TextEdit[] {
  const remedies = step.commands.flatMap(
    command => command.interactive?.remedy?.edits ?? [],
  );
  return [...remedies, ...bindingEdits(step.text, step.placeholders)];
}

/** The text of a step as bash gets it. */
export function boundTextOf(step: TextOfStep): string {
  return applyEdits(step.text, editsOf(step));
}
