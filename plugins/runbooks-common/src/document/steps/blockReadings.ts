import type { Code, Nodes, Root } from 'mdast';
import { readShell } from '../../shell';
import type { ShellReading } from '../../shell';
import type { Block } from '../model';
import {
  nameByAssignment,
  namesSetByPlaceholder,
} from '../parameters/nameByAssignment';
import { divideBlock, type BlockPart } from './divideBlock';

/** A code block with what the shell reader says of it. */
export interface BlockReading {
  block: Block;
  reading: ShellReading;
  node: Code;
  /** Line of the document where its text begins. */
  textLine: number;
}

/** Every code block of a document, in order, read once. */
export class BlockReadings {
  static of(root: Root): BlockReadings {
    const nodes: Code[] = [];
    collectCode(root, nodes);
    const assigned = new Set<string>();
    return new BlockReadings(
      nodes.map((node, index) => readBlock(node, index, assigned)),
    );
  }

  readonly all: readonly BlockReading[];
  readonly #parts = new Map<Code, readonly BlockPart[]>();
  readonly #byNode: ReadonlyMap<Code, BlockReading>;

  private constructor(all: BlockReading[]) {
    this.all = all;
    this.#byNode = new Map(all.map(reading => [reading.node, reading]));
  }

  get(node: Code): BlockReading | undefined {
    return this.#byNode.get(node);
  }

  /**
   * True where a block holds steps: commands, or in a shell block at least comments that tell a person what to do.
   */
  holdsSteps(node: Code): boolean {
    return this.runs(node) || this.partsOf(node).length > 0;
  }

  /** The steps of a shell block by its comments; none for a block that is something else. */
  partsOf(node: Code): readonly BlockPart[] {
    const found = this.#byNode.get(node);
    if (!found) return [];
    const isShell = found.block.shell || found.reading.otherwise === 'comment';
    let parts = this.#parts.get(node);
    if (!parts) {
      parts = isShell ? divideBlock(found.reading, node.value) : [];
      this.#parts.set(node, parts);
    }
    return parts;
  }

  /** True where a block holds commands that could be run. */
  runs(node: Code): boolean {
    const found = this.#byNode.get(node);
    return (
      found !== undefined &&
      found.block.shell &&
      found.reading.commands.length > 0
    );
  }
}

function collectCode(node: Nodes, found: Code[]): void {
  if (node.type === 'code') found.push(node);
  else if ('children' in node) {
    node.children.forEach(child => collectCode(child, found));
  }
}

function readBlock(
  node: Code,
  index: number,
  assigned: Set<string>,
): BlockReading {
  const language = node.lang ?? '';
  const reading = readShell(node.value, {
    language,
    assignedBefore: assigned,
  });
  if (reading.shell) {
    const literals = new Set(
      reading.placeholders
        .filter(({ form }) => form === 'export')
        .map(({ parameter }) => parameter),
    );
    const filled = namesSetByPlaceholder(node.value, reading.placeholders);
    reading.assigns
      .filter(name => !literals.has(name) && !filled.has(name))
      .forEach(name => assigned.add(name));
  }
  const line = node.position?.start.line ?? 1;
  return {
    block: {
      index,
      line,
      language,
      text: node.value,
      shell: reading.shell,
      effect: reading.effect,
      because: reading.because,
      parameters: [
        ...new Set(
          nameByAssignment(node.value, reading.placeholders).map(
            ({ parameter }) => parameter,
          ),
        ),
      ],
      ...(reading.interactive ? { interactive: reading.interactive } : {}),
    },
    reading,
    node,
    textLine: firstTextLine(node, line),
  };
}

/** A fenced block's text begins below its fence, an indented one's on its first line. */
function firstTextLine(node: Code, line: number): number {
  const last = node.position?.end.line ?? line;
  const textLines = node.value.split('\n').length;
  return last - line + 1 === textLines && node.lang === null ? line : line + 1;
}
