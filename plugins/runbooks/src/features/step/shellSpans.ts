/** A piece of a shell line, by how it is shown. */
export interface ShellSpan {
  text: string;
  kind: 'plain' | 'comment' | 'blank';
  /** Its place in the whole text, half open. */
  start: number;
  end: number;
}

/** One line of a shell text with the offset at which it starts. */
export interface ShellLine {
  number: number;
  start: number;
  text: string;
}

/** Divides a text into lines; offsets are those of the text. */
export function shellLines(text: string): ShellLine[] {
  let start = 0;
  return text
    .replace(/\n$/, '')
    .split('\n')
    .map((line, index) => {
      const shellLine = { number: index + 1, start, text: line };
      start += line.length + 1;
      return shellLine;
    });
}

/** Divides one line into blanks to be filled, a comment at its end, and the rest. */
export function shellSpans(
  line: ShellLine,
  blanks: Array<{ start: number; end: number }>,
): ShellSpan[] {
  const commentAt = commentStart(line.text);
  const spans: ShellSpan[] = [];
  let at = 0;
  for (const blank of blanksOf(line, blanks)) {
    if (blank.start < at) continue;
    pushCode(spans, line, at, blank.start, commentAt);
    spans.push(spanOf(line, 'blank', blank.start, blank.end));
    at = blank.end;
  }
  pushCode(spans, line, at, line.text.length, commentAt);
  return spans;
}

function pushCode(
  spans: ShellSpan[],
  line: ShellLine,
  from: number,
  to: number,
  commentAt: number,
) {
  const codeEnd = Math.min(to, Math.max(from, commentAt));
  if (codeEnd > from) {
    spans.push(spanOf(line, 'plain', from, codeEnd));
  }
  if (to > codeEnd) {
    spans.push(spanOf(line, 'comment', codeEnd, to));
  }
}

function spanOf(
  line: ShellLine,
  kind: ShellSpan['kind'],
  from: number,
  to: number,
): ShellSpan {
  const text = line.text.slice(from, to);
  return { text, kind, start: line.start + from, end: line.start + to };
}

function blanksOf(
  line: ShellLine,
  blanks: Array<{ start: number; end: number }>,
) {
  const end = line.start + line.text.length;
  return blanks
    .filter(blank => blank.start >= line.start && blank.end <= end)
    .map(blank => ({
      start: blank.start - line.start,
      end: blank.end - line.start,
    }))
    .sort((a, b) => a.start - b.start);
}

/** A `#` begins a comment at the start of a word and outside quotes on its line. */
function commentStart(text: string): number {
  let quote = '';
  for (let at = 0; at < text.length; at++) {
    const letter = text[at];
    if (quote) {
      if (letter === quote) quote = '';
    } else if (letter === "'" || letter === '"') {
      quote = letter;
    } else if (letter === '#' && (at === 0 || /\s/.test(text[at - 1]))) {
      return at;
    }
  }
  return text.length;
}
