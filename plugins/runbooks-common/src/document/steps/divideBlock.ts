import type { ShellReading } from '../../shell';
import { lineOfOffset, lineStartsOf } from '../../lineOfOffset';
import type { BlockPart } from './blockPart';
import { unitsOf, type Unit } from './blockUnits';
import { readComment, type CommentWords } from './commentWords';
import { isPlace, namesWay } from './conditions';
import { OpenPart, type PartSource } from './openPart';

const SQL =
  /^\s*(?:select|insert|update|delete|alter|create|drop|show|explain|with|vacuum|analyze|begin|set|grant|truncate|\\[a-z]+)\b/i;

/** `kubectl get pvc # data: Bound`: what the command lists should be so. */
const NAMES_STATE =
  /\b(?:Running|Bound|Ready|Completed|Succeeded|Synced|Healthy|Available)\b/;

/** A line this long was broken because it was full: the next goes on with its sentence. */
const FULL_LINE = 45;

class BlockDivider {
  readonly #source: PartSource;
  readonly #parts: BlockPart[] = [];
  #open?: OpenPart;
  #waitingRemarks: string[] = [];
  #inOutput = false;

  constructor(text: string) {
    const lineStarts = lineStartsOf(text);
    this.#source = { text, lineAt: at => lineOfOffset(lineStarts, at) };
  }

  addStatement(unit: Unit): void {
    this.#inOutput = false;
    if (unit.afterGap && this.#open?.isByHand) this.#close();
    this.#open ??= this.#newPart(unit.start);
    this.#open.statements.push(unit);
  }

  /** Output is a remark of the command above; a query is a step of its own. */
  addOther(unit: Unit): void {
    if (!SQL.test(unit.text)) {
      this.#open?.remarks.push(`Output:\n\n\`\`\`\n${unit.text}\n\`\`\``);
      return;
    }
    if (!this.#open || this.#open.acts) {
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
      this.#open?.expect(words.text, unit.start);
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
        this.#addRemark(`- ${words.text}`);
        return;
      case 'expectation':
        this.#addExpectation(unit, words);
        return;
      case 'query':
        this.#open ??= this.#newPart(unit.start);
        this.#open.remarks.push(words.text);
        this.#open.hasQueryComment = true;
        return;
      case 'cause':
        this.#close();
        this.#open = this.#newPart(unit.start, { ...words, text: '' });
        this.#open.remarks.push(words.text);
        return;
      case 'note':
        this.#addNote(unit, words);
        return;
      default:
        this.#addNaming(unit, words, next);
    }
  }

  finish(): BlockPart[] {
    this.#close();
    this.#parts.at(-1)?.remarks.push(...this.#waitingRemarks);
    return this.#parts;
  }

  /** `kubectl delete pod x  # Force recreation`, `verify v1.2.2 # expected: ok` */
  #addInline(unit: Unit, words: CommentWords): void {
    if (!this.#open || this.#open.statements.length === 0) return;
    if (words.kind === 'expectation' || NAMES_STATE.test(words.text)) {
      this.#open.expect(words.text, unit.start);
    }
  }

  /** A comment that may name what follows, explain what stands above, or be an instruction by itself. */
  #addNaming(unit: Unit, words: CommentWords, next: Unit | undefined): void {
    const open = this.#open;
    if (!open || unit.afterGap) {
      this.#start(unit, words);
    } else if (open.acts) {
      const trails = !namesNext(next) && !startsRun(next);
      if (trails && words.kind === 'plain') open.remarks.push(words.text);
      else this.#start(unit, words);
    } else if (isSecondInstruction(open, words)) {
      this.#start(unit, words);
    } else if (continuesTitle(open, words)) {
      open.title = `${open.title} ${words.text}`;
    } else {
      open.remarks.push(words.text);
    }
  }

  #start(unit: Unit, words: CommentWords): void {
    const solves =
      words.kind === 'solution' && this.#open?.words?.kind === 'cause';
    if (solves) {
      this.#waitingRemarks = this.#open!.remarks;
      this.#open = undefined;
    } else {
      this.#close();
    }
    this.#open = this.#newPart(unit.start, words);
  }

  #addNote(unit: Unit, words: CommentWords): void {
    if (unit.afterGap && this.#open?.statements.length) {
      this.#waitingRemarks.push(words.text);
    } else {
      this.#addRemark(words.text);
    }
  }

  #addRemark(text: string): void {
    if (this.#open) this.#open.remarks.push(text);
    else this.#waitingRemarks.push(text);
  }

  #addExpectation(unit: Unit, words: CommentWords): void {
    const open = this.#open;
    if (!open || open.statements.length === 0) {
      this.#addNote(unit, words);
      return;
    }
    open.expect(words.text, unit.start);
    this.#inOutput = /[:：]$/.test(words.text);
  }

  #newPart(at: number, words?: CommentWords): OpenPart {
    return new OpenPart(at, this.#waitingRemarks.splice(0), words);
  }

  #close(): void {
    const open = this.#open;
    this.#open = undefined;
    if (!open) return;
    const part = open.finish(this.#source);
    if (part) this.#parts.push(part);
    else this.#keepRemarks(open);
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

function namesNext(next: Unit | undefined): boolean {
  return next?.kind === 'statement' && next.ownLine && !next.afterGap;
}

/** A comment that is followed by another on its own is the first line of a run, not the tail of a command. */
function startsRun(next: Unit | undefined): boolean {
  return next?.kind === 'comment' && next.ownLine && !next.afterGap;
}

/** "# Rotate credentials" below "# Rotate API keys": two instructions, unless a number holds them together. */
function isSecondInstruction(open: OpenPart, words: CommentWords): boolean {
  return (
    words.kind === 'instruction' &&
    /^\p{Lu}/u.test(words.text) &&
    (open.words?.kind === 'instruction' || open.words?.kind === 'plain') &&
    open.remarks.length === 0 &&
    !/[:,]$/.test(open.title ?? '') &&
    !isPlace(open.title ?? '') &&
    !namesWay(open.title ?? '')
  );
}

function continuesTitle(open: OpenPart, words: CommentWords): boolean {
  const { title, remarks } = open;
  return (
    remarks.length === 0 &&
    title !== undefined &&
    /^[\p{Ll}(]/u.test(words.text) &&
    !/[.:!?]$/.test(title) &&
    (title.length >= FULL_LINE || endsMidSentence(title))
  );
}

/** "Get the pods and" needs the next line. */
function endsMidSentence(title: string): boolean {
  return /(?:,|\b(?:and|or|the|an?|of|to|in|on|for|with|by|from|that|which|is|are|as|at|if|when|not|then|into|per))$/i.test(
    title,
  );
}
