import type { Code } from 'mdast';
import { tellsExpectation, tellsFailure } from '../expectations/expectedWords';
import { isImperative } from '../sections/imperative';
import type { BlockReadings } from './blockReadings';
import { isQueryBlock } from './queryBlocks';
import type { StepDraft } from './stepDraft';

/**
 * What a code block is for, where it stands.
 *
 * - `expected`: what the step above should print
 * - `steps`: commands, or comments that tell a person what to do
 * - `query`: for another tool, SQL or PromQL
 * - `program`: for another tool, which a person runs there
 * - `handled`: a file or a template that the prose tells to use
 * - `material`: goes along with what stands above
 */
export type BlockUse =
  | 'expected'
  | 'steps'
  | 'query'
  | 'program'
  | 'handled'
  | 'material';

const OUTPUT_LANGUAGES: ReadonlySet<string> = new Set([
  '',
  'text',
  'txt',
  'plaintext',
  'plain',
  'console',
  'output',
  'log',
  'logs',
  'none',
  'json',
  'yaml',
  'yml',
  'shell-session',
]);

/** @param asked - what the paragraph above says; @param last - the step above */
export function useOfBlock(
  node: Code,
  blocks: BlockReadings,
  asked: string,
  last: StepDraft | undefined,
): BlockUse {
  if (last && last.type !== 'manual' && isExpected(node, blocks, asked)) {
    return 'expected';
  }
  if (blocks.runs(node)) return 'steps';
  if (isQueryBlock(node, blocks.get(node)?.reading)) return 'query';
  if (blocks.partsOf(node).length > 0) return 'steps';
  const reading = blocks.get(node)?.reading;
  if (reading && !reading.shell && reading.effect !== 'local') return 'program';
  return isImperative(asked) ? 'handled' : 'material';
}

function isExpected(node: Code, blocks: BlockReadings, asked: string): boolean {
  const runs = blocks.runs(node);
  if (tellsExpectation(asked) && !tellsFailure(asked)) {
    return !runs || OUTPUT_LANGUAGES.has(node.lang?.toLowerCase() ?? '');
  }
  const otherwise = blocks.get(node)?.reading.otherwise;
  return asked === '' && !runs && otherwise === 'output';
}

/** A block as Markdown. */
export function fenced(node: Code): string {
  return `\`\`\`${node.lang ?? ''}\n${node.value}\n\`\`\``;
}
