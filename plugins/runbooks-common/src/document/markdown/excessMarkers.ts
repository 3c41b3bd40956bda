import type { Node, Root } from 'mdast';

/** Most brackets in one run of text that are given to the parser. */
export const MAX_BRACKETS = 2_000;
/** Most signs of emphasis in one run of text. */
export const MAX_EMPHASIS_SIGNS = 1_000;
/** Most headings that are underlined, in one document. */
export const MAX_UNDERLINED_HEADINGS = 1_000;

/** Most list items that stand inside others, up to the next heading at the margin. */
export const MAX_NESTED_ITEMS = 1_000;

/** Signs that may be masked. Each has a stand-in: a code point that Unicode keeps free for use inside a program. */
const MASKABLE = '[]*_~=-+.)';
const FIRST_STAND_IN = 0xfdd0;
const NONCHARACTERS = /[\uFDD0-\uFDEF]/g;

const BRACKETS = '[]';
const EMPHASIS = '*_~';
/** A line that begins a text of its own whatever stands before it: blank, a heading, a bullet. */
const NEW_RUN = /^[ \t>]*(?:$|#{1,6}(?:[ \t]|$)|[-*+][ \t]+\S)/;
const NESTED_ITEM = /^[ \t>]*[ \t>](?:[-*+]|\d{1,9}[.)])(?=[ \t]|$)/;
const HEADING = /^#{1,6}[ \t]/;
const UNDERLINE = /^[ \t>]*(?:=+|-+)[ \t]*$/;

/** What is given to the parser in place of a text, of the same length. */
export interface MaskedMarkdown {
  text: string;
  isMasked: boolean;
}

/**
 * Hides brackets and signs of emphasis that are too many for one run of text, because the time of the Markdown parser
 * grows with the square of their number. Put back by `unmaskTree`: nothing is lost, they only lose their meaning.
 *
 * One pass over the text; offsets, lines and columns stay as they are. Limits are far beyond what people write.
 */
export function maskExcessMarkers(source: string): MaskedMarkdown {
  const text = source.replace(NONCHARACTERS, '\uFFFD');
  const left = fullBudget();
  let isMasked = false;
  const lines = text.split('\n').map(line => {
    const given = maskLine(line, left);
    isMasked ||= given !== line;
    return given;
  });
  return { text: isMasked ? lines.join('\n') : text, isMasked };
}

/** How many more signs the parser is given. */
interface Budget {
  brackets: number;
  emphasis: number;
  nestedItems: number;
  underlines: number;
}

function fullBudget(): Budget {
  return {
    brackets: MAX_BRACKETS,
    emphasis: MAX_EMPHASIS_SIGNS,
    nestedItems: MAX_NESTED_ITEMS,
    underlines: MAX_UNDERLINED_HEADINGS,
  };
}

function maskLine(line: string, left: Budget): string {
  if (NEW_RUN.test(line)) {
    left.brackets = MAX_BRACKETS;
    left.emphasis = MAX_EMPHASIS_SIGNS;
  }
  if (HEADING.test(line)) left.nestedItems = MAX_NESTED_ITEMS;
  if (UNDERLINE.test(line)) {
    return --left.underlines < 0 ? line.replace(/[-=]/g, standInOf) : line;
  }
  const item = NESTED_ITEM.exec(line);
  const given =
    item && --left.nestedItems < 0 ? maskAt(line, item[0].length - 1) : line;
  return maskInline(given, left);
}

function maskInline(line: string, left: Budget): string {
  let masked: string[] | undefined;
  for (let at = 0; at < line.length; at++) {
    const char = line[at];
    const isExcess =
      (BRACKETS.includes(char) && --left.brackets < 0) ||
      (EMPHASIS.includes(char) && --left.emphasis < 0);
    if (isExcess) {
      masked ??= line.split('');
      masked[at] = standInOf(char);
    }
  }
  return masked?.join('') ?? line;
}

function maskAt(line: string, at: number): string {
  return line.slice(0, at) + standInOf(line[at]) + line.slice(at + 1);
}

function standInOf(char: string): string {
  return String.fromCharCode(FIRST_STAND_IN + MASKABLE.indexOf(char));
}

/**
 * Puts the hidden signs back into every text of a tree.
 *
 * @returns the line of the first sign that lost its meaning, undefined where all stood in code
 */
export function unmaskTree(root: Root): number | undefined {
  let firstLine: number | undefined;
  const waiting: Node[] = [root];
  while (waiting.length > 0) {
    const node = waiting.pop()!;
    if (unmaskNode(node) && node.type === 'text') {
      const line = node.position?.start.line ?? 1;
      firstLine = Math.min(firstLine ?? line, line);
    }
    if ('children' in node) {
      for (const child of node.children as Node[]) waiting.push(child);
    }
  }
  return firstLine;
}

function unmaskNode(node: Node): boolean {
  const texts = node as unknown as Record<string, unknown>;
  let found = false;
  for (const [key, value] of Object.entries(texts)) {
    if (typeof value !== 'string') continue;
    const unmasked = value.replace(
      NONCHARACTERS,
      char => MASKABLE[char.charCodeAt(0) - FIRST_STAND_IN] ?? char,
    );
    if (unmasked !== value) {
      texts[key] = unmasked;
      found = true;
    }
  }
  return found;
}
