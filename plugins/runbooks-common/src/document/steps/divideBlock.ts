import type { ShellReading } from '../../shell';
import { lineOfOffset, lineStartsOf } from '../markdown/lineOfOffset';
import { unitsOf, type Unit } from './blockUnits';
import { readComment, type CommentWords } from './commentWords';
import { readCondition } from './conditions';
import { shortTitle } from './shortTitle';

/** A part of a shell block that is one step. */
export interface BlockPart {
  /** From the naming comment; undefined where no comment names it. */
  title?: string;
  /** What runs, cut at whole statements; undefined where the part is only an instruction. */
  shell?: { text: string; line: number };
  /** What stands in comments: the instruction of a manual part, remarks of another. */
  remarks: string[];
  /** 1-based line inside the block. */
  line: number;
  condition?: string;
  /** "Option 1": one of several that a person chooses from. */
  option?: string;
  /** "# Or ...": instead of the part before it. */
  orBefore?: true;
  expectation?: { text: string; line: number };
  /** A query that stands between the commands and is for another tool: `SELECT ...` in a shell block. */
  query?: { text: string; line: number };
}

const SQL =
  /^\s*(?:select|insert|update|delete|alter|create|drop|show|explain|with|vacuum|analyze|begin|set|grant|truncate|\\[a-z]+)\b/i;

interface OpenPart {
  words?: CommentWords;
  title?: string;
  remarks: string[];
  bullets: boolean;
  statements: Unit[];
  at: number;
  expectation?: { text: string; at: number };
  query?: { text: string; at: number };
  hasQueryComment?: true;
  option?: string;
  orBefore?: true;
  /** Ends with a colon and introduces numbered parts. */
  introduces: boolean;
}

class BlockDivider {
  readonly #text: string;
  readonly #lineStarts: number[];
  readonly #parts: BlockPart[] = [];
  #open?: OpenPart;
  #waitingRemarks: string[] = [];
  #inOutput = false;

  constructor(text: string) {
    this.#text = text;
    this.#lineStarts = lineStartsOf(text);
  }

  addStatement(unit: Unit): void {
    this.#inOutput = false;
    this.#open ??= this.#newPart(unit.start);
    this.#open.statements.push(unit);
  }

  /** Output is a remark of the command above; a query is a step of its own. */
  addOther(unit: Unit): void {
    if (!SQL.test(unit.text)) {
      this.#open?.remarks.push(`Output:\n\n\`\`\`\n${unit.text}\n\`\`\``);
      return;
    }
    if (!this.#open || this.#open.statements.length > 0 || this.#open.query) {
      this.#close();
      this.#open = this.#newPart(unit.start);
    }
    this.#open.query = { text: unit.text, at: unit.start };
  }

  addComment(unit: Unit, next: Unit | undefined): void {
    const words = readComment(unit.text);
    if (!unit.ownLine) {
      this.#addInline(unit, words);
      return;
    }
    if (unit.afterGap) this.#inOutput = false;
    if (words.kind === 'nothing') return;
    if (this.#inOutput && words.kind !== 'numbered') {
      this.#extendExpectation(words);
      return;
    }
    switch (words.kind) {
      case 'numbered':
      case 'option':
      case 'or':
      case 'solution':
        this.#start(unit, words);
        return;
      case 'bullet':
        this.#addRemark(`- ${words.text}`, unit, true);
        return;
      case 'expectation':
        this.#addExpectation(unit, words);
        return;
      case 'query':
        this.#addQuery(unit, words);
        return;
      case 'cause':
        this.#addCause(unit, words);
        return;
      case 'note':
        this.#addRemark(words.text, unit, false);
        return;
      default:
        this.#addNaming(unit, words, next);
    }
  }

  finish(): BlockPart[] {
    this.#close();
    const last = this.#parts.at(-1);
    if (last && this.#waitingRemarks.length > 0) {
      last.remarks.push(...this.#waitingRemarks);
    }
    return this.#parts;
  }

  /** `kubectl delete pod x  # Force recreation`, `verify v1.2.2 # expected: ok` */
  #addInline(unit: Unit, words: CommentWords): void {
    if (!this.#open || words.kind === 'nothing') return;
    if (words.kind === 'expectation' && this.#open.statements.length > 0) {
      this.#addExpectation(unit, words);
      this.#inOutput = false;
    }
  }

  /** A comment that may name what follows, explain what stands above, or be an instruction by itself. */
  #addNaming(unit: Unit, words: CommentWords, next: Unit | undefined): void {
    const open = this.#open;
    const namesNext =
      next?.kind === 'statement' && next.ownLine && !next.afterGap;
    if (!open) {
      this.#start(unit, words);
      return;
    }
    if (open.statements.length > 0 || open.query) {
      const trails = !unit.afterGap && !namesNext && !startsRun(next);
      if (trails && words.kind === 'plain') open.remarks.push(words.text);
      else this.#start(unit, words);
      return;
    }
    if (unit.afterGap) {
      this.#start(unit, words);
      return;
    }
    if (this.#isSecondInstruction(open, words)) {
      this.#start(unit, words);
      return;
    }
    if (this.#continuesTitle(open, words)) {
      open.title = `${open.title} ${words.text}`;
      return;
    }
    open.remarks.push(words.text);
  }

  /** "# Rotate credentials" below "# Rotate API keys": two instructions, unless a number holds them together. */
  #isSecondInstruction(open: OpenPart, words: CommentWords): boolean {
    return (
      words.kind === 'instruction' &&
      /^\p{Lu}/u.test(words.text) &&
      (open.words?.kind === 'instruction' || open.words?.kind === 'plain') &&
      open.remarks.length === 0 &&
      !/[:,]$/.test(open.title ?? '') &&
      !isPlace(open.title ?? '')
    );
  }

  #continuesTitle(open: OpenPart, words: CommentWords): boolean {
    return (
      open.remarks.length === 0 &&
      open.title !== undefined &&
      /^[\p{Ll}(]/u.test(words.text) &&
      !/[.:!?]$/.test(open.title)
    );
  }

  #start(unit: Unit, words: CommentWords): void {
    const cause =
      words.kind === 'solution' && this.#open?.words?.kind === 'cause'
        ? this.#open.remarks
        : undefined;
    if (cause) this.#open = undefined;
    else this.#close();
    const open = this.#newPart(unit.start);
    open.words = words;
    open.title = words.text === '' ? undefined : words.text;
    open.introduces = /[:：]$/.test(words.text);
    if (cause) open.remarks.unshift(...cause);
    if (words.kind === 'option') open.option = words.label;
    if (words.kind === 'or') open.orBefore = true;
    this.#open = open;
  }

  #addCause(unit: Unit, words: CommentWords): void {
    this.#close();
    const open = this.#newPart(unit.start);
    open.words = words;
    open.remarks.push(words.text);
    this.#open = open;
  }

  #addRemark(text: string, unit: Unit, isBullet: boolean): void {
    const open = this.#open;
    if (open && !(unit.afterGap && open.statements.length > 0 && !isBullet)) {
      open.remarks.push(text);
      open.bullets ||= isBullet;
      return;
    }
    this.#waitingRemarks.push(text);
  }

  #addExpectation(unit: Unit, words: CommentWords): void {
    const open = this.#open;
    if (!open || open.statements.length === 0) {
      this.#addRemark(words.text, unit, false);
      return;
    }
    if (open.expectation) open.expectation.text += `\n${words.text}`;
    else open.expectation = { text: words.text, at: unit.start };
    this.#inOutput = /[:：]$/.test(words.text);
  }

  #extendExpectation(words: CommentWords): void {
    const expectation = this.#open?.expectation;
    if (!expectation) return;
    expectation.text += `\n${words.text}`;
  }

  #addQuery(unit: Unit, words: CommentWords): void {
    this.#open ??= this.#newPart(unit.start);
    this.#open.remarks.push(words.text);
    this.#open.hasQueryComment = true;
  }

  #newPart(at: number): OpenPart {
    const remarks = this.#waitingRemarks;
    this.#waitingRemarks = [];
    return { remarks, bullets: false, statements: [], at, introduces: false };
  }

  #close(): void {
    const open = this.#open;
    this.#open = undefined;
    if (!open) return;
    if (open.statements.length > 0) {
      this.#parts.push(this.#commandPart(open));
    } else if (open.query || isInstruction(open)) {
      this.#parts.push(this.#manualPart(open));
    } else {
      this.#keepRemarks(open);
    }
  }

  #commandPart(open: OpenPart): BlockPart {
    const start = lineStart(this.#text, open.statements[0].start);
    const end = open.statements[open.statements.length - 1].end;
    const lineEnd = this.#text.indexOf('\n', end);
    // Inline comments of the last statement stay with it.
    const text = this.#text
      .slice(start, lineEnd === -1 ? undefined : lineEnd)
      .replace(/\s+$/, '');
    return {
      ...this.#named(open),
      shell: { text, line: this.#lineAt(start) },
      remarks: open.remarks,
      line: this.#lineAt(open.at),
      ...(open.expectation
        ? {
            expectation: {
              text: open.expectation.text,
              line: this.#lineAt(open.expectation.at),
            },
          }
        : {}),
    };
  }

  #manualPart(open: OpenPart): BlockPart {
    return {
      ...this.#named(open),
      remarks: open.remarks,
      line: this.#lineAt(open.at),
      ...(open.query
        ? {
            query: {
              text: open.query.text,
              line: this.#lineAt(open.query.at),
            },
          }
        : {}),
    };
  }

  #named(
    open: OpenPart,
  ): Pick<BlockPart, 'title' | 'condition' | 'option' | 'orBefore'> {
    const { title, condition } = readCondition(
      (open.title ?? '').replace(/[\s:：.]+$/, ''),
    );
    const short = shortTitle(title);
    return {
      ...(short === '' ? {} : { title: short }),
      ...(condition ? { condition } : {}),
      ...(open.option ? { option: open.option } : {}),
      ...(open.orBefore ? { orBefore: true as const } : {}),
    };
  }

  #keepRemarks(open: OpenPart): void {
    const remarks = [...(open.title ? [open.title] : []), ...open.remarks];
    const last = this.#parts.at(-1);
    if (last && !(open.introduces && open.remarks.length === 0)) {
      last.remarks.push(...remarks);
    } else {
      this.#waitingRemarks.push(...remarks);
    }
  }

  #lineAt(offset: number): number {
    return lineOfOffset(this.#lineStarts, offset);
  }
}

/**
 * Divides a shell block where its comments name steps. A statement is never cut; commands without a naming comment
 * between them stay together.
 *
 * ```text
 * # 1. Check status              names the step
 * kubectl get pods               its command
 * # Open the dashboard           only an instruction: a manual step
 *
 * # If database issue            a condition
 * # - Check the pool             a remark of the step above
 * # Option 2: Restart            an alternative
 * ```
 */
export function divideBlock(
  reading: ShellReading,
  original: string,
): BlockPart[] {
  const text = reading.runnable;
  const units = unitsOf(reading, original);
  const divider = new BlockDivider(text);
  units.forEach((unit, index) => {
    if (unit.kind === 'statement') divider.addStatement(unit);
    else if (unit.kind === 'other') divider.addOther(unit);
    else divider.addComment(unit, units[index + 1]);
  });
  return divider.finish();
}

/** A comment that is followed by another on its own is the first line of a run, not the tail of a command. */
function startsRun(next: Unit | undefined): boolean {
  return next?.kind === 'comment' && next.ownLine && !next.afterGap;
}

/** "On database server:", "Inside the pod:" say where, not what. */
function isPlace(text: string): boolean {
  return /^(?:on|in|inside|from|within|as|at)\b.*:?$/i.test(text);
}

function isInstruction(open: OpenPart): boolean {
  switch (open.words?.kind) {
    case 'numbered':
    case 'option':
    case 'or':
    case 'solution':
    case 'instruction':
      return !(open.introduces && open.remarks.length === 0);
    case 'plain':
      return (
        open.hasQueryComment === true ||
        readCondition(open.title ?? '').condition !== undefined
      );
    default:
      return false;
  }
}

function lineStart(text: string, offset: number): number {
  const before = text.lastIndexOf('\n', offset - 1) + 1;
  return /^\s*$/.test(text.slice(before, offset)) ? before : offset;
}
