import { isByHand } from '../sections/imperative';
import type { BlockPart } from './blockPart';
import type { Unit } from './blockUnits';
import type { CommentWords } from './commentWords';
import { namesWay, readCondition } from './conditions';
import { shortTitle } from './shortTitle';
import { trimmedEnd } from '../../text/trimmed';

/** The text that parts are cut from. */
export interface PartSource {
  text: string;
  lineAt(offset: number): number;
}

/** A part of a block while its lines are still being read. */
export class OpenPart {
  /** Of the comment that opened it; undefined where a command did. */
  readonly words?: CommentWords;
  readonly remarks: string[];
  readonly statements: Unit[] = [];
  title?: string;
  query?: { text: string; at: number };
  hasQueryComment = false;
  readonly #at: number;
  #expectation?: { text: string; at: number };

  constructor(at: number, remarks: string[], words?: CommentWords) {
    this.#at = at;
    this.remarks = remarks;
    this.words = words;
    this.title = words?.text || undefined;
  }

  /** It has something to run; comments below that are about it or open the next part. */
  get acts(): boolean {
    return this.statements.length > 0 || this.query !== undefined;
  }

  /** So far it only tells a person what to do: "Edit /etc/sysctl.conf". */
  get isByHand(): boolean {
    return (
      !this.acts &&
      this.words?.kind === 'instruction' &&
      isByHand(this.words.text) &&
      !this.introduces
    );
  }

  /** Ends with a colon: a heading for numbered parts, or for remarks. */
  get introduces(): boolean {
    return /[:：]$/.test(this.words?.text ?? '');
  }

  expect(text: string, at: number): void {
    if (this.#expectation) this.#expectation.text += `\n${text}`;
    else this.#expectation = { text, at };
  }

  /** The finished part; undefined where it neither runs nor tells to do something, and is only a remark. */
  finish(source: PartSource): BlockPart | undefined {
    const isCommand = this.statements.length > 0;
    if (!isCommand && !this.query && !this.#isInstruction) return undefined;
    return {
      ...this.#named(),
      ...(isCommand ? { shell: this.#shell(source) } : {}),
      remarks: this.remarks,
      line: source.lineAt(this.#at),
      ...(isCommand && this.#expectation
        ? { expectation: located(this.#expectation, source) }
        : {}),
      ...(!isCommand && this.query
        ? { query: located(this.query, source) }
        : {}),
    };
  }

  /** Whole lines, so that inline comments of the last statement stay with it. */
  #shell({ text, lineAt }: PartSource): { text: string; line: number } {
    const start = lineStart(text, this.statements[0].start);
    const { end } = this.statements[this.statements.length - 1];
    const lineEnd = text.indexOf('\n', end);
    return {
      text: text.slice(start, lineEnd === -1 ? undefined : lineEnd).trimEnd(),
      line: lineAt(start),
    };
  }

  #named(): Pick<BlockPart, 'title' | 'condition' | 'option' | 'orBefore'> {
    const { title, condition } = readCondition(
      trimmedEnd(this.title ?? '', /[\s:：.]/),
    );
    const short = shortTitle(title);
    const { kind, label } = this.words ?? {};
    return {
      ...(short === '' ? {} : { title: short }),
      ...(condition ? { condition } : {}),
      ...(kind === 'option' && label ? { option: label } : {}),
      ...(kind === 'or' ? { orBefore: true as const } : {}),
    };
  }

  get #isInstruction(): boolean {
    switch (this.words?.kind) {
      case 'numbered':
      case 'option':
      case 'or':
      case 'solution':
      case 'instruction':
        return !(this.introduces && this.remarks.length === 0);
      case 'plain':
        return (
          this.hasQueryComment ||
          (namesWay(this.title ?? '') && this.remarks.length > 0) ||
          readCondition(this.title ?? '').condition !== undefined
        );
      default:
        return false;
    }
  }
}

function located(
  { text, at }: { text: string; at: number },
  { lineAt }: PartSource,
): { text: string; line: number } {
  return { text, line: lineAt(at) };
}

function lineStart(text: string, offset: number): number {
  const before = text.lastIndexOf('\n', offset - 1) + 1;
  return /^\s*$/.test(text.slice(before, offset)) ? before : offset;
}
