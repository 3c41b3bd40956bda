import type { BlockReading } from './blockReadings';
import type { BlockPart } from './blockPart';
import type { Surroundings } from './proseAbove';
import { titleOfCommand } from './shortTitle';
import { markTyped } from './sessions';
import type { StepDraft } from './stepDraft';

const OPEN = /^(?:open|xdg-open|start)\s+(https?:\/\/\S+)\s*$/;
const PLACE_WITH_URL =
  /^(?:open|access|visit|browse|go to|navigate|view)\b.*?(https?:\/\/[^\s)]+)/i;

/** The steps of one shell block. What stands around it names the first part without a comment of its own. */
export function readBlockSteps(
  found: BlockReading,
  parts: readonly BlockPart[],
  around: Surroundings,
): StepDraft[] {
  const drafts = parts.map((part, index) =>
    draftOf(part, found, index === 0 ? around : { notes: [] }),
  );
  if (found.reading.interactive) markTyped(drafts);
  const single = drafts.length === 1 ? drafts[0] : undefined;
  if (single && around.condition) single.condition ??= around.condition;
  if (around.orBefore && drafts[0]) drafts[0].orBefore = true;
  if (around.option) {
    for (const draft of drafts) draft.option ??= { ...around.option };
  }
  return drafts;
}

function draftOf(
  part: BlockPart,
  found: BlockReading,
  around: Surroundings,
): StepDraft {
  const common = {
    block: found.block.index,
    ...(part.condition ? { condition: part.condition } : {}),
    ...(part.option ? { option: { label: part.option } } : {}),
    ...(part.orBefore ? { orBefore: true as const } : {}),
  };
  return part.shell
    ? { ...commandDraft(part, part.shell, found, around), ...common }
    : { ...manualDraft(part, found, around), ...common };
}

function commandDraft(
  part: BlockPart,
  shell: { text: string; line: number },
  found: BlockReading,
  around: Surroundings,
): StepDraft {
  const line = found.textLine + shell.line - 1;
  const text = withoutPromptIndent(shell.text);
  const url = OPEN.exec(text.trim())?.[1];
  const named = part.title ?? part.option ?? around.title;
  return {
    title: named ?? titleOfCommand(text),
    type: url ? 'link' : 'command',
    line,
    text: url ?? text,
    language: 'bash',
    notes: [...around.notes, ...part.remarks],
    ...(part.expectation
      ? {
          expected: [
            {
              text: part.expectation.text,
              line: found.textLine + part.expectation.line - 1,
            },
          ],
        }
      : {}),
  };
}

function manualDraft(
  part: BlockPart,
  found: BlockReading,
  around: Surroundings,
): StepDraft {
  const title = part.title ?? part.option ?? around.title ?? 'By hand';
  const url = PLACE_WITH_URL.exec(title)?.[1];
  if (part.query) {
    return {
      title:
        part.title ??
        part.option ??
        around.title ??
        titleOfCommand(part.query.text),
      type: 'query',
      line: found.textLine + part.query.line - 1,
      text: part.query.text,
      language: 'sql',
      notes: [...around.notes, ...part.remarks],
    };
  }
  const isLink = url !== undefined && part.remarks.length === 0;
  return {
    title,
    type: isLink ? 'link' : 'manual',
    line: found.textLine + part.line - 1,
    text: isLink ? url : [title, ...part.remarks].join('\n'),
    notes: around.notes,
  };
}

/** A blanked prompt leaves the command indented; the first line's blanks are taken off where it stands alone. */
function withoutPromptIndent(text: string): string {
  const indent = /^[ \t]+/.exec(text)?.[0].length ?? 0;
  if (indent === 0) return text;
  const lines = text.split('\n');
  return lines.every(line => line.trim() === '' || /^[ \t]/.test(line))
    ? lines
        .map(line => line.replace(new RegExp(`^[ \\t]{0,${indent}}`), ''))
        .join('\n')
    : text.slice(indent);
}
