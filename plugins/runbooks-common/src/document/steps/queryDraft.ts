import type { Code } from 'mdast';
import type { BlockReading } from './blockReadings';
import { readComment } from './commentWords';
import { isPlace } from './conditions';
import type { Surroundings } from './proseAbove';
import { titleOfCommand } from './shortTitle';
import type { StepDraft } from './stepDraft';
import { titled } from './stepTitles';

/** A block for another tool, which a person runs there; its first comment names it. */
export function queryDraft(
  node: Code,
  found: BlockReading,
  around: Surroundings,
): StepDraft {
  const own = ownTitle(node.value, around);
  const condition = own?.condition ?? around.condition;
  const option = own?.option ?? around.option;
  return {
    title: own?.title || around.title || titleOfCommand(node.value),
    type: 'query',
    line: found.textLine,
    text: node.value,
    block: found.block.index,
    language: node.lang ?? found.reading.otherwise ?? '',
    ...(condition ? { condition } : {}),
    ...(option ? { option } : {}),
    notes: around.notes,
  };
}

/** "-- Find locks" says what; "# In the database" says only where, and a name from above is better. */
function ownTitle(text: string, around: Surroundings) {
  const comment = /^\s*(?:--|\/\/|#)\s*(\S.*)/.exec(text)?.[1];
  const words = comment === undefined ? undefined : readComment(comment);
  if (!words || (around.title && isPlace(words.text))) return undefined;
  return {
    ...titled(words.text),
    ...(words.kind === 'option' && words.label
      ? { option: { label: words.label } }
      : {}),
  };
}
