import { trimmedEnd } from '../../text/trimmed';

const OPENING = /^ {0,3}(`{3,}|~{3,})/;
const LEAST_MARKS = 3;

/** The marks with which a line ends. */
interface Ending {
  mark: string;
  count: number;
}

/**
 * Divides the text of an expectation into what stands in fenced blocks and what people read beside them.
 *
 * More forgiving than the parser: a block may end behind its last line, and with fewer marks than it began with where
 * no line has as many.
 */
export function takeFences(text: string): { prose: string; fences: string[] } {
  const lines = text.split('\n');
  const endings = lines.map(endingOf);
  const most = { '`': mostFrom(endings, '`'), '~': mostFrom(endings, '~') };
  const prose: string[] = [];
  const fences: string[] = [];
  let at = 0;
  while (at < lines.length) {
    const marks = OPENING.exec(lines[at])?.[1];
    const mark = marks?.startsWith('`') ? '`' : '~';
    const count = marks ? Math.min(marks.length, most[mark][at + 1]) : 0;
    if (count < LEAST_MARKS) {
      prose.push(lines[at]);
      at += 1;
    } else {
      const end = endOf(endings, at + 1, { mark, count });
      fences.push(bodyOf(lines, at + 1, end, count));
      prose.push('');
      at = end + 1;
    }
  }
  return { prose: prose.join('\n').trim(), fences };
}

function endingOf(line: string): Ending {
  const bare = trimmedEnd(line, /[ \t]/);
  const mark = bare.slice(-1);
  let count = 0;
  while (count < bare.length && bare[bare.length - 1 - count] === mark) {
    count += 1;
  }
  return { mark, count };
}

/** For each line the most marks with which it or a later one ends; so no block looks in vain for its end. */
function mostFrom(endings: readonly Ending[], mark: string): number[] {
  const most = new Array<number>(endings.length + 1).fill(0);
  for (let at = endings.length - 1; at >= 0; at -= 1) {
    const here = endings[at].mark === mark ? endings[at].count : 0;
    most[at] = Math.max(most[at + 1], here);
  }
  return most;
}

function endOf(
  endings: readonly Ending[],
  from: number,
  { mark, count }: Ending,
): number {
  let end = from;
  while (endings[end].mark !== mark || endings[end].count < count) end += 1;
  return end;
}

function bodyOf(
  lines: readonly string[],
  from: number,
  end: number,
  count: number,
): string {
  const beforeMarks = trimmedEnd(lines[end], /[ \t]/)
    .slice(0, -count)
    .replace(/ {1,3}$/, '');
  const whole = lines.slice(from, end);
  return [...whole, ...(beforeMarks === '' ? [] : [beforeMarks])].join('\n');
}
