import { Blanker, type Line, type RunnablePart } from './blockText';
import { kindsOfLines } from './blockLines';
import { looksLikeCalls } from './commandShape';
import { kindOfLine, type LineKind, NEVER_COMMANDS } from './lineKinds';
import type { ShellProblem } from './model';
import { scanText } from './textScan';

interface Counts {
  commands: number;
  perhaps: number;
  comments: number;
  others: number;
  kinds: Map<LineKind, number>;
  /** The lines that are perhaps commands. */
  guesses: string[];
}

/** What of a text without prompts is shell, judged line by line. */
export function plainPart(
  text: string,
  lines: readonly Line[],
  hint: 'shell' | 'session' | 'open',
): RunnablePart {
  const kept = new Blanker(text);
  const kinds = kindsOfLines(lines.map(line => line.text));
  const problems: ShellProblem[] = [];
  const counts: Counts = {
    commands: 0,
    perhaps: 0,
    comments: 0,
    others: 0,
    kinds: new Map(),
    guesses: [],
  };
  let index = 0;
  let leftOut: Line | undefined;
  let after: 'nothing' | 'command' | 'output' = 'nothing';
  while (index < lines.length) {
    const line = lines[index];
    const kind = kindOfUnit(text, lines, kinds, index);
    counts.kinds.set(kind, (counts.kinds.get(kind) ?? 0) + 1);
    const asOutput =
      after !== 'nothing' &&
      hint !== 'shell' &&
      /^(perhaps|other|configuration|code)$/.test(kind);
    const inTable =
      after === 'output' &&
      /^(perhaps|other)$/.test(kind) &&
      /\s{2}\S/.test(line.text.trim());
    if (
      NEVER_COMMANDS.has(kind) ||
      asOutput ||
      inTable ||
      (kind === 'other' && hint === 'shell' && !startsStatement(line.text))
    ) {
      const length =
        kinds[index] === 'joint'
          ? unitLength(text, lines, index)
          : lengthOf(kind, lines, index);
      for (let skipped = 0; skipped < length; skipped += 1) counts.others += 1;
      leftOut ??= line;
      index += length;
      after = 'output';
      continue;
    }
    const length =
      kind === 'comment' || kind === 'blank'
        ? 1
        : unitLength(text, lines, index);
    kept.keep(
      line.start,
      lines[Math.min(index + length, lines.length) - 1].end,
    );
    if (kind === 'command') counts.commands += 1;
    else if (kind === 'comment') counts.comments += 1;
    else if (kind !== 'blank' && kind !== 'joint') {
      counts.perhaps += 1;
      counts.guesses.push(line.text);
    }
    if (kind === 'command') after = 'command';
    if (kind === 'blank' && after === 'output') after = 'command';
    index += length;
  }
  const other = whatElse(counts, hint);
  if (other !== undefined) return { shell: false, otherwise: other };
  if (leftOut) {
    problems.push({
      code: 'not-shell-left-out',
      message: `"${leftOut.text
        .trim()
        .slice(0, 60)}" and what is like it is not shell and does not run.`,
      start: leftOut.start,
      end: leftOut.end,
    });
  }
  return { shell: true, runnable: kept.result(), problems };
}

/** What stands in brackets over several lines is what the lines within are. */
function kindOfUnit(
  text: string,
  lines: readonly Line[],
  kinds: readonly LineKind[],
  index: number,
): LineKind {
  const kind = kinds[index];
  if (kind !== 'joint' || !/^\s*[({]\s*$/.test(lines[index].text)) return kind;
  const within = kinds.slice(
    index + 1,
    index + unitLength(text, lines, index) - 1,
  );
  if (within.includes('command')) return 'command';
  return (
    within.find(one => NEVER_COMMANDS.has(one)) ??
    within.find(one => one === 'perhaps') ??
    kind
  );
}

/** How many lines something that is not shell takes. */
function lengthOf(
  kind: LineKind,
  lines: readonly Line[],
  index: number,
): number {
  if (kind === 'sql') return sqlLength(lines, index);
  const braced =
    kind === 'json' ||
    kind === 'hcl' ||
    (kind === 'configuration' && /\{\s*$/.test(lines[index].text));
  return braced ? jsonLength(lines, index) : 1;
}

/** A line that a shell could begin a statement with, whatever it is. */
function startsStatement(line: string): boolean {
  return (
    /^\s*[\w./$"'{(<[!~-]/.test(line) &&
    !/^\s*[A-Z][a-z]+ [a-z]+ [a-z]/.test(line)
  );
}

/** What the text is, when it is not shell; undefined when it is. */
function whatElse(
  counts: Counts,
  hint: 'shell' | 'session' | 'open',
): string | undefined {
  const { commands, perhaps, others } = counts;
  if (commands + perhaps + others === 0) return 'comment';
  if (hint === 'open') {
    if (commands === 0) {
      return others === 0 && looksLikeCalls(counts.guesses)
        ? undefined
        : dominating(counts);
    }
    return commands * 3 >= others + perhaps || isLedBy(counts, 'command')
      ? undefined
      : dominating(counts);
  }
  if (commands > 0) return undefined;
  if (
    hint === 'shell' &&
    perhaps > 0 &&
    (perhaps >= others || isLedBy(counts, 'perhaps'))
  )
    return undefined;
  if (perhaps > 0 && others === 0) return undefined;
  return dominating(counts);
}

function isLedBy(counts: Counts, led: LineKind): boolean {
  return (
    [...counts.kinds.keys()].find(
      kind => kind !== 'blank' && kind !== 'comment',
    ) === led
  );
}

function dominating({ kinds }: Counts): string {
  let best: LineKind = 'other';
  let most = 0;
  for (const [kind, count] of kinds) {
    if (!/^(blank|comment|command|joint)$/.test(kind) && count > most) {
      best = kind;
      most = count;
    }
  }
  if (best === 'table' || best === 'log') return 'output';
  return best === 'other' || best === 'perhaps' ? 'text' : best;
}

/** How many lines belong to the command that begins here. */
function unitLength(
  text: string,
  lines: readonly Line[],
  index: number,
): number {
  if (!/["'`\\(<$]/.test(lines[index].text)) return 1;
  let window = 500;
  const { start } = lines[index];
  for (;;) {
    const part = text.slice(start, start + window);
    const { freshLines } = scanText(part);
    const next = freshLines.indexOf(true, 1);
    const isWhole = start + window >= text.length;
    if (next > 0 && (isWhole || next < freshLines.length - 1)) return next;
    if (isWhole) return lines.length - index;
    window *= 4;
  }
}

function sqlLength(lines: readonly Line[], index: number): number {
  let length = 1;
  if (/^\s*(\\|--)/.test(lines[index].text)) return 1;
  while (
    !/;\s*(--.*)?$/.test(lines[index + length - 1].text) &&
    index + length < lines.length
  ) {
    const next = lines[index + length].text;
    if (next.trim() === '' || next.trim().startsWith('#')) break;
    if (kindOfLine(next) === 'command' && !/^\s+/.test(next)) break;
    length += 1;
  }
  return length;
}

function jsonLength(lines: readonly Line[], index: number): number {
  let open = 0;
  let length = 0;
  do {
    const bare = lines[index + length].text.replace(/"(?:[^"\\]|\\.)*"/g, '');
    open +=
      (bare.match(/[[{]/g) ?? []).length - (bare.match(/[\]}]/g) ?? []).length;
    length += 1;
  } while (open > 0 && index + length < lines.length && length < 2_000);
  return open > 0 ? 1 : length;
}
