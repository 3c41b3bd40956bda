import { Blanker, type Line, type RunnablePart } from './blockText';
import { callsKnownTool, kindOfLine } from './lineKinds';
import type { ShellProblem } from './model';
import { type Prompt, promptOf } from './prompts';
import { scanText } from './textScan';

/** Commands below which a writer shows a text: a file, or what was typed into an editor. */
const SHOWS_TEXT =
  /^(?:sudo\s+)?(?:cat|less|more|head|tail|grep|history|crontab|vi|vim|vim?diff|nano|emacs|tee|ed)\b/;

const COMMENT_LINE = /^[^\S\r\n\u2028\u2029]*#.*$/gm;

/**
 * What a text holds behind its prompts; undefined where it has none that count. Lines without a prompt are output.
 */
export function promptedPart(
  text: string,
  lines: readonly Line[],
  hint: 'shell' | 'session' | 'open' | 'other',
): RunnablePart | undefined {
  const prompts = lines.map(line => promptOf(line.text));
  const strong = prompts.filter(prompt => prompt && !prompt.weak);
  const weakCounts =
    strong.length === 0 && onlyWeakPrompts(lines, prompts, hint);
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
  let showsText = false;
  while (index < lines.length) {
    const line = lines[index];
    const prompt = prompts[index];
    const counts =
      prompt && prompt.language === 'shell' && (!prompt.weak || weakCounts);
    if (!counts && !prompt && !showsText && isTyped(line.text)) {
      index = keepCommand(lines, index, 0, kept);
      continue;
    }
    if (!counts) {
      const isComment =
        /^\s*#(\s|!)/.test(line.text) && !(prompt?.weak && weakCounts);
      if (isComment && !(showsText && !prompts[index + 1])) {
        kept.keep(line.start, line.end);
      } else if (line.text.trim() !== '') outputFrom ??= line;
      index += 1;
      continue;
    }
    showsText = SHOWS_TEXT.test(line.text.slice(prompt.length));
    index = keepCommand(lines, index, prompt.length, kept);
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
  if (!/[^\s#]/.test(runnable.replace(COMMENT_LINE, '')))
    return { shell: false, otherwise: 'output' };
  return { shell: true, runnable, problems };
}

/** A command whose prompt was forgotten: what it would do must not be overlooked. */
function isTyped(text: string): boolean {
  return /^[a-z./]/.test(text) && callsKnownTool(text);
}

/**
 * In `# kubectl get pods` the `#` is a prompt only where nothing else looks like a command and no other comment
 * stands beside it, but for the text of a file that such a command shows.
 */
function onlyWeakPrompts(
  lines: readonly Line[],
  prompts: ReadonlyArray<Prompt | undefined>,
  hint: 'shell' | 'session' | 'open' | 'other',
): boolean {
  const first = lines.findIndex(line => line.text.trim() !== '');
  if (first < 0 || !prompts[first]?.weak) return false;
  const mark = lines[first].text.trim()[0];
  let showsText = false;
  return lines.every(({ text }, index) => {
    const prompt = prompts[index];
    if (prompt) {
      const command = text.slice(prompt.length);
      showsText = SHOWS_TEXT.test(command);
      return (
        text.trim()[0] === mark &&
        (isCertainly(command) ||
          (hint !== 'shell' && !isMaterial(lines[index + 1]?.text)))
      );
    }
    if (lines[index - 1]?.text.endsWith('\\')) return true;
    if (showsText) return /^\s/.test(text) || !callsKnownTool(text);
    if (mark === '#' && text.trim().startsWith('#')) return false;
    return kindOfLine(text) !== 'command';
  });
}

/** `kubectl get pods` and `cat x.yaml`; `docker images` may be a title. */
function isCertainly(command: string): boolean {
  return (
    SHOWS_TEXT.test(command) ||
    /\s-{1,2}[A-Za-z]|\s[\w.~]*\/|\s[\w-]+\.[a-z]/.test(command) ||
    (callsKnownTool(command) && command.trim().split(/\s+/).length >= 3)
  );
}

/** What stands below a title and not below a command that was typed: settings, YAML, code. */
function isMaterial(text: string | undefined): boolean {
  return /^(?:yaml|json|configuration|code|hcl|xml|sql)$/.test(
    kindOfLine(text ?? ''),
  );
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
