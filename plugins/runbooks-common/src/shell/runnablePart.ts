import { isNeverShell, languageHint } from './language';
import { kindOfLine, type LineKind, NEVER_COMMANDS } from './lineKinds';
import { type Prompt, promptOf } from './prompts';
import type { ShellProblem } from './model';
import { scanText } from './textScan';

/** The part of a text that would run, or what the text is instead. */
export type RunnablePart =
  | { shell: true; runnable: string; problems: ShellProblem[] }
  | { shell: false; otherwise: string };

interface Line {
  text: string;
  start: number;
  end: number;
}

/**
 * Finds what of a text is shell. Prompts, output and statements of other languages are blanked, so that offsets
 * stay those of the source.
 *
 * A label proves nothing: blocks labelled `bash` hold output and SQL, unlabelled ones hold commands. So the lines
 * decide, and the label only says in which direction to doubt.
 */
export function runnablePart(
  text: string,
  language: string | undefined,
): RunnablePart {
  const lines = linesOf(text);
  if (lines.every(line => line.text.trim() === ''))
    return { shell: false, otherwise: 'empty' };
  const hint = languageHint(language);
  if (hint.kind === 'other' && isNeverShell(hint.name))
    return { shell: false, otherwise: hint.name };
  const interpreter = /^#!\s*\S*?(?:env\s+(?:-S\s+)?)?([\w.]+)(?:\s|$)/
    .exec(text)?.[1]
    ?.replace(/^.*\//, '');
  const shebang = /^#!(.*)/.exec(text)?.[1] ?? '';
  if (
    interpreter &&
    /\b(python|perl|ruby|node|php|awk|expect|lua|groovy|Rscript)/.test(shebang)
  ) {
    return {
      shell: false,
      otherwise:
        /\b(python|perl|ruby|node|php|awk|expect|lua|groovy|Rscript)/.exec(
          shebang,
        )?.[1] ?? 'code',
    };
  }
  const prompted = promptedPart(text, lines, hint.kind);
  if (prompted)
    return hint.kind === 'other' &&
      prompted.shell &&
      !everyLineRuns(prompted.runnable)
      ? { shell: false, otherwise: hint.name }
      : prompted;
  if (hint.kind === 'other') {
    return lines.every(line =>
      /^(command|comment|blank|joint)$/.test(kindOfLine(line.text)),
    ) &&
      lines.some(line =>
        /^\s*(?:sudo\s+)?(?:kubectl|oc|helm|docker|git|curl|aws|gcloud|argocd|systemctl|\.\/)/.test(
          line.text,
        ),
      )
      ? { shell: true, runnable: text, problems: [] }
      : { shell: false, otherwise: hint.name };
  }
  return plainPart(text, lines, hint.kind);
}

function everyLineRuns(runnable: string): boolean {
  return runnable.split('\n').some(line => kindOfLine(line) === 'command');
}

function linesOf(text: string): Line[] {
  const lines: Line[] = [];
  let start = 0;
  for (const part of text.split('\n')) {
    lines.push({ text: part, start, end: start + part.length });
    start += part.length + 1;
  }
  return lines;
}

/** Collects what stays; everything else becomes blanks, line breaks excepted. */
class Blanker {
  private readonly kept: Array<{ start: number; end: number }> = [];

  constructor(private readonly text: string) {}

  keep(start: number, end: number): void {
    if (end > start) this.kept.push({ start, end });
  }

  result(): string {
    const pieces: string[] = [];
    let at = 0;
    for (const { start, end } of this.kept) {
      pieces.push(
        blank(this.text.slice(at, start)),
        this.text.slice(start, end),
      );
      at = end;
    }
    pieces.push(blank(this.text.slice(at)));
    return pieces.join('');
  }
}

function blank(text: string): string {
  return text.replace(/[^\n]/g, ' ');
}

function promptedPart(
  text: string,
  lines: readonly Line[],
  hint: 'shell' | 'session' | 'open' | 'other',
): RunnablePart | undefined {
  const prompts = lines.map(line => promptOf(line.text));
  const strong = prompts.filter(prompt => prompt && !prompt.weak);
  const weakCounts =
    strong.length === 0 && hint !== 'shell' && onlyWeakPrompts(lines, prompts);
  if (strong.length === 0 && !weakCounts) return undefined;
  if (!strong.some(prompt => prompt?.language === 'shell') && !weakCounts) {
    if (
      lines.some(
        (line, index) => !prompts[index] && kindOfLine(line.text) === 'command',
      ) &&
      hint !== 'open'
    )
      return undefined;
    return { shell: false, otherwise: strong[0]?.language ?? 'output' };
  }
  if (hint === 'shell' && insideHeredoc(text, lines, prompts)) return undefined;
  const kept = new Blanker(text);
  const problems: ShellProblem[] = [];
  let index = 0;
  let outputFrom: Line | undefined;
  while (index < lines.length) {
    const line = lines[index];
    const prompt = prompts[index];
    const counts =
      prompt && prompt.language === 'shell' && (!prompt.weak || weakCounts);
    if (!counts) {
      if (
        /^\s*#(\s|!)/.test(line.text) &&
        !(prompt && prompt.weak && weakCounts)
      )
        kept.keep(line.start, line.end);
      else if (line.text.trim() !== '') outputFrom ??= line;
      index += 1;
      continue;
    }
    index = keepCommand(text, lines, index, prompt.length, kept);
  }
  if (outputFrom) {
    problems.push({
      code: 'output-left-out',
      message:
        'The lines without a prompt are taken for output and do not run.',
      start: outputFrom.start,
      end: outputFrom.end,
    });
  }
  const runnable = kept.result();
  if (!/[^\s#]/.test(runnable.replace(/^\s*#.*$/gm, '')))
    return { shell: false, otherwise: 'output' };
  return { shell: true, runnable, problems };
}

/** In `# kubectl get pods` the `#` is a prompt only where nothing else looks like a command. */
function onlyWeakPrompts(
  lines: readonly Line[],
  prompts: ReadonlyArray<Prompt | undefined>,
): boolean {
  const first = lines.findIndex(line => line.text.trim() !== '');
  if (first < 0 || !prompts[first]?.weak) return false;
  const mark = lines[first].text.trim()[0];
  return lines.every((line, index) => {
    const prompt = prompts[index];
    if (prompt) return line.text.trim()[0] === mark;
    if (mark === '#' && line.text.trim().startsWith('#')) return false;
    return (
      kindOfLine(line.text) !== 'command' ||
      lines[index - 1]?.text.endsWith('\\')
    );
  });
}

function insideHeredoc(
  text: string,
  lines: readonly Line[],
  prompts: ReadonlyArray<Prompt | undefined>,
): boolean {
  const at = prompts.findIndex(prompt => prompt && !prompt.weak);
  if (at <= 0) return false;
  const { regions } = scanText(text);
  return regions.some(
    region =>
      region.state.startsWith('heredoc') &&
      region.start <= lines[at].start &&
      region.end > lines[at].start,
  );
}

/** Keeps a command with the lines that continue it; returns the index of the line after it. */
function keepCommand(
  text: string,
  lines: readonly Line[],
  index: number,
  skip: number,
  kept: Blanker,
): number {
  const first = lines[index];
  kept.keep(first.start + skip, first.end);
  const pieces = [first.text.slice(skip)];
  let next = index + 1;
  while (next < lines.length && next - index < 500 && isOpen(pieces)) {
    const { text: line, start, end } = lines[next];
    const secondary = /^\s*>(?:\s|$)/.exec(line);
    const length = secondary ? secondary[0].length : 0;
    kept.keep(start + length, end);
    pieces.push(line.slice(length));
    next += 1;
  }
  void text;
  return next;
}

/** Whether a command goes on in the next line: a backslash, an open quote or heredoc. */
function isOpen(pieces: readonly string[]): boolean {
  const last = pieces[pieces.length - 1];
  if (/(^|[^\\])(\\\\)*\\$/.test(last) || /(\||&&)\s*$/.test(last)) return true;
  const text = pieces.slice(-60).join('\n');
  if (!/["'`(]|<</.test(text)) return false;
  const { freshLines } = scanText(`${text}\n`);
  return freshLines[freshLines.length - 1] === false;
}

interface Counts {
  commands: number;
  perhaps: number;
  comments: number;
  others: number;
  kinds: Map<LineKind, number>;
}

function plainPart(
  text: string,
  lines: readonly Line[],
  hint: 'shell' | 'session' | 'open',
): RunnablePart {
  const kept = new Blanker(text);
  const problems: ShellProblem[] = [];
  const counts: Counts = {
    commands: 0,
    perhaps: 0,
    comments: 0,
    others: 0,
    kinds: new Map(),
  };
  let index = 0;
  let leftOut: Line | undefined;
  let after: 'nothing' | 'command' | 'output' = 'nothing';
  while (index < lines.length) {
    const line = lines[index];
    const kind = kindInBlock(lines, index);
    counts.kinds.set(kind, (counts.kinds.get(kind) ?? 0) + 1);
    const asOutput =
      after !== 'nothing' &&
      hint !== 'shell' &&
      /^(perhaps|other|configuration|code)$/.test(kind);
    const inTable =
      after === 'output' &&
      /^(perhaps|other)$/.test(kind) &&
      /\s{2,}\S/.test(line.text.trim());
    if (
      NEVER_COMMANDS.has(kind) ||
      asOutput ||
      inTable ||
      (kind === 'other' && hint === 'shell' && !startsStatement(line.text))
    ) {
      const length = lengthOf(kind, lines, index);
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
    else if (kind !== 'blank' && kind !== 'joint') counts.perhaps += 1;
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

function kindInBlock(lines: readonly Line[], index: number): LineKind {
  return kindOfLine(lines[index].text);
}

/** What the text is, when it is not shell; undefined when it is. */
function whatElse(
  counts: Counts,
  hint: 'shell' | 'session' | 'open',
): string | undefined {
  const { commands, perhaps, comments, others } = counts;
  if (commands + perhaps + others === 0) return 'comment';
  if (hint === 'open') {
    if (commands === 0) return dominating(counts);
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
  void comments;
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
