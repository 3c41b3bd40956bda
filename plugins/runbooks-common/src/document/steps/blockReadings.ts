import type { Code, Heading, Nodes, Root } from 'mdast';
import { readShell, ShellSession } from '../../shell';
import type { PlaceholderUse, ShellReading } from '../../shell';
import { languageHint } from '../../shell/language';
import type { Block } from '../model';
import { nameByAssignment } from '../parameters/nameByAssignment';
import { oneNameForBoth } from '../parameters/oneNameForBoth';
import { queryPlaceholders } from '../parameters/queryPlaceholders';
import type { BlockPart } from './blockPart';
import { divideBlock } from './divideBlock';

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
    const nodes: Array<Code | Heading> = [];
    collectCode(root, nodes);
    const codes = nodes.filter(node => node.type === 'code');
    const namesOfCommands = variablesThatNameCommands(codes);
    const session = new ShellSession();
    const read: BlockReading[] = [];
    for (const node of nodes) {
      if (node.type === 'code')
        read.push(readBlock(node, read.length, session, namesOfCommands));
      else session.beginsAnew();
    }
    return new BlockReadings(read, namesOfCommands);
  }

  readonly all: readonly BlockReading[];
  /** Variables that stand where a command is named: nobody chooses their values. */
  readonly namesOfCommands: ReadonlySet<string>;
  /** Names of placeholders that stand for what a variable of the document holds. */
  readonly otherNames: ReadonlyMap<string, string>;
  readonly #parts = new Map<Code, readonly BlockPart[]>();
  readonly #byNode: ReadonlyMap<Code, BlockReading>;

  private constructor(
    all: BlockReading[],
    namesOfCommands: ReadonlySet<string>,
  ) {
    this.all = all;
    this.namesOfCommands = namesOfCommands;
    this.otherNames = oneNameForBoth(
      all.map(({ block, reading }) => ({
        text: block.text,
        uses: reading.placeholders,
      })),
    );
    this.#byNode = new Map(all.map(reading => [reading.node, reading]));
  }

  get(node: Code): BlockReading | undefined {
    return this.#byNode.get(node);
  }

  /**
   * True where a block holds steps: commands, in a shell block at least comments that tell a person what to do, or
   * what is typed into another shell or console by hand.
   */
  holdsSteps(node: Code): boolean {
    return (
      this.runs(node) || this.partsOf(node).length > 0 || this.#isTyped(node)
    );
  }

  #isTyped(node: Code): boolean {
    const reading = this.#byNode.get(node)?.reading;
    return /^(?:powershell|batch|redis|mongodb|a client)$/.test(
      reading?.otherwise ?? '',
    );
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

/** Code, and the headings of chapters: who begins one may come from anywhere. */
function collectCode(node: Nodes, found: Array<Code | Heading>): void {
  if (node.type === 'code') found.push(node);
  else if (node.type === 'heading' && node.depth <= 2) found.push(node);
  else if ('children' in node) {
    node.children.forEach(child => collectCode(child, found));
  }
}

//   KUBECTL="kubectl --context prod"      $KUBECTL get pods
//                                         ^
const NAMED_COMMAND = /^[ \t]*(?:[$>] |sudo )?\$\{?([A-Za-z_]\w*)\}?[ \t]/gm;

function variablesThatNameCommands(codes: readonly Code[]): Set<string> {
  return new Set(
    codes.flatMap(({ value }) =>
      [...value.matchAll(NAMED_COMMAND)].map(([, name]) => name),
    ),
  );
}

function readBlock(
  node: Code,
  index: number,
  session: ShellSession,
  namesOfCommands: ReadonlySet<string>,
): BlockReading {
  const language = node.lang ?? '';
  const reading = readShell(node.value, {
    language,
    earlier: session,
    namesOfCommands,
  });
  const parameters = parametersOf(node.value, reading, session);
  if (reading.shell) session.after(reading.leaves);
  const line = node.position?.start.line ?? 1;
  return {
    block: {
      index,
      line,
      language,
      text: node.value,
      shell: reading.shell || isSilentShell(reading, language),
      effect: reading.effect,
      because: reading.because,
      parameters,
      ...(reading.interactive ? { interactive: reading.interactive } : {}),
    },
    reading,
    node,
    textLine: firstTextLine(node, line),
  };
}

/** A fence for a shell that holds only comments is shell that does nothing. */
function isSilentShell(reading: ShellReading, language: string): boolean {
  const { kind } = languageHint(language);
  return (
    reading.otherwise === 'comment' && (kind === 'shell' || kind === 'session')
  );
}

/** What somebody must supply for a block: not what it or an earlier block of the document gives a value. */
function parametersOf(
  text: string,
  reading: ShellReading,
  { variables }: ShellSession,
): string[] {
  if (reading.otherwise === 'sql' || reading.otherwise === 'promql')
    return namesOf(queryPlaceholders(text));
  const missing = reading.placeholders.filter(
    ({ form, parameter, default: written }) =>
      !(form === 'export' && written !== undefined) &&
      !(form === 'variable' && variables.has(parameter)),
  );
  return namesOf(nameByAssignment(text, missing));
}

function namesOf(uses: readonly PlaceholderUse[]): string[] {
  return [...new Set(uses.map(({ parameter }) => parameter))];
}

/** A fenced block's text begins below its fence, an indented one's on its first line. */
function firstTextLine(node: Code, line: number): number {
  const last = node.position?.end.line ?? line;
  const textLines = node.value.split('\n').length;
  return last - line + 1 === textLines && node.lang === null ? line : line + 1;
}
