/** More lines than this on one side are not compared line by line. */
const MAX_COMPARED_LINES = 1500;
/** Unchanged lines that are shown around a change. */
const CONTEXT_LINES = 3;

type Line = { mark: ' ' | '+' | '-'; text: string };

/** A line of a file, and how it is shown. */
interface FileLine {
  text: string;
  shown: string;
}

/**
 * The difference of two texts for people: lines that begin with `-`, `+` or a blank, a few unchanged ones around each
 * change, and a line that says how many were left out. Bounded: what is longer than `maxLength` is cut at a line, and
 * said.
 *
 * @param before - Undefined for a file that was not there.
 * @param after - Undefined for a file that is not there any more.
 * @param shown - The two texts as they are shown, line for line, where something in them is hidden: lines that differ are
 *   told as different all the same.
 *
 * @public
 */
export function differenceText(
  before: string | undefined,
  after: string | undefined,
  maxLength: number,
  shown: { before?: string; after?: string } = { before, after },
): string {
  const lines = withContext(
    compared(linesOf(before, shown.before), linesOf(after, shown.after)),
  );
  let length = 0;
  const told: string[] = [];
  for (const line of lines) {
    length += line.length + 1;
    if (length > maxLength) {
      told.push(`(${lines.length - told.length} more lines are not shown)`);
      break;
    }
    told.push(line);
  }
  return told.join('\n');
}

function linesOf(text = '', shown = text): FileLine[] {
  const shownLines = endedLines(shown);
  return endedLines(text).map((line, index) => ({
    text: line,
    shown: shownLines[index] ?? line,
  }));
}

function endedLines(text: string): string[] {
  if (text === '') return [];
  const lines = text.split('\n');
  if (lines[lines.length - 1] === '') lines.pop();
  else lines[lines.length - 1] += ' (no line end)';
  return lines;
}

function compared(before: FileLine[], after: FileLine[]): Line[] {
  let begin = 0;
  while (
    begin < Math.min(before.length, after.length) &&
    before[begin].text === after[begin].text
  ) {
    begin += 1;
  }
  let end = 0;
  while (
    end < Math.min(before.length, after.length) - begin &&
    before[before.length - 1 - end].text === after[after.length - 1 - end].text
  ) {
    end += 1;
  }
  return [
    ...before.slice(0, begin).map((line, n) => kept(line, after[n])),
    ...middle(
      before.slice(begin, before.length - end),
      after.slice(begin, after.length - end),
    ),
    ...before
      .slice(before.length - end)
      .map((line, n) => kept(line, after[after.length - end + n])),
  ];
}

/** Hidden where it is hidden on one side. */
function kept(before: FileLine, after: FileLine): Line {
  const { shown } = before.shown === before.text ? after : before;
  return { mark: ' ', text: shown };
}

/** By the longest common sequence of lines; too many lines are all told as gone and come. */
function middle(before: FileLine[], after: FileLine[]): Line[] {
  const gone = ({ shown }: FileLine): Line => ({ mark: '-', text: shown });
  const come = ({ shown }: FileLine): Line => ({ mark: '+', text: shown });
  if (Math.max(before.length, after.length) > MAX_COMPARED_LINES) {
    return [...before.map(gone), ...after.map(come)];
  }
  const width = after.length + 1;
  const common = new Uint16Array((before.length + 1) * width);
  for (let b = before.length - 1; b >= 0; b -= 1) {
    for (let a = after.length - 1; a >= 0; a -= 1) {
      common[b * width + a] =
        before[b].text === after[a].text
          ? common[(b + 1) * width + a + 1] + 1
          : Math.max(common[(b + 1) * width + a], common[b * width + a + 1]);
    }
  }
  const lines: Line[] = [];
  let b = 0;
  let a = 0;
  while (b < before.length && a < after.length) {
    if (before[b].text === after[a].text) {
      lines.push(kept(before[b], after[a]));
      b += 1;
      a += 1;
    } else if (common[(b + 1) * width + a] >= common[b * width + a + 1]) {
      lines.push(gone(before[b]));
      b += 1;
    } else {
      lines.push(come(after[a]));
      a += 1;
    }
  }
  return [...lines, ...before.slice(b).map(gone), ...after.slice(a).map(come)];
}

function withContext(lines: readonly Line[]): string[] {
  const isNear = lines.map(() => false);
  lines.forEach(({ mark }, index) => {
    if (mark === ' ') return;
    const last = Math.min(lines.length - 1, index + CONTEXT_LINES);
    for (let at = Math.max(0, index - CONTEXT_LINES); at <= last; at += 1) {
      isNear[at] = true;
    }
  });
  const shown: string[] = [];
  let left = 0;
  const tellLeft = () => {
    if (left > 0) shown.push(`(${left} unchanged lines)`);
    left = 0;
  };
  lines.forEach(({ mark, text }, index) => {
    if (!isNear[index]) {
      left += 1;
      return;
    }
    tellLeft();
    shown.push(`${mark}${text}`);
  });
  tellLeft();
  return shown;
}
