import type { Procedure, Step } from './model';
import { readRunbook } from './readRunbook';

/** The one procedure of a text; fails where there are none or several. */
export function procedureOf(markdown: string): Procedure {
  const { procedures } = readRunbook(markdown.trimStart(), 'runbook.md');
  expect(procedures).toHaveLength(1);
  return procedures[0];
}

/** The steps of the one procedure of a text, in order. */
export function stepsOf(markdown: string): Step[] {
  return procedureOf(markdown).phases.flatMap(({ steps }) => steps);
}
