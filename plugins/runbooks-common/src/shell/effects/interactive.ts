import type { Interactive, TextEdit } from '../model';
import type { Argument } from '../words';

/** How long a command that never ends by itself may go on. */
const BOUNDED_SECONDS = 30;

/** Never ends by itself, but is as useful when it is stopped after a while. */
export function endless(because: string, edits: TextEdit[] = []): Interactive {
  return {
    kind: 'endless',
    because,
    remedy: {
      edits,
      boundedSeconds: BOUNDED_SECONDS,
      says: `is stopped after ${BOUNDED_SECONDS} s`,
    },
  };
}

/** Never ends by itself, and only serves the person who started it. */
export function servesForever(because: string): Interactive {
  return { kind: 'endless', because };
}

/** Wants a person at a terminal. */
export function needsTerminal(because: string): Interactive {
  return { kind: 'terminal', because };
}

/** Wants an editor. */
export function needsEditor(because: string): Interactive {
  return { kind: 'editor', because };
}

/** Asks something before it goes on. */
export function asks(because: string): Interactive {
  return { kind: 'prompt', because };
}

/** Wants a terminal that it does not need: the options that ask for it can go. */
export function terminalNotNeeded(
  because: string,
  edits: TextEdit[],
  says: string,
): Interactive {
  return { kind: 'terminal', because, remedy: { edits, says } };
}

/**
 * The edits that take the letters of a cluster such as `-it` away; undefined where the argument has no place in
 * the text.
 */
function withoutLetters(
  argument: Argument,
  letters: string,
): TextEdit[] | undefined {
  if (argument.start < 0) return undefined;
  const kept = argument.value
    .slice(1)
    .split('')
    .filter(letter => !letters.includes(letter))
    .join('');
  return [
    {
      start: argument.start,
      end: argument.end,
      text: kept === '' ? '' : `-${kept}`,
    },
  ];
}

/** The edit that takes a whole argument away. */
function withoutArgument(argument: Argument): TextEdit[] | undefined {
  return argument.start < 0
    ? undefined
    : [{ start: argument.start, end: argument.end, text: '' }];
}

/** Edits that take terminal options (`-it`, `--stdin`, `--tty`) away; undefined where one has no place. */
export function withoutTerminal(
  options: ReadonlyArray<{ name: string; argument: Argument }>,
  short: string,
  long: readonly string[],
): TextEdit[] | undefined {
  const edits = new Map<number, TextEdit>();
  for (const { name, argument } of options) {
    const isLetter = short.includes(name) && !argument.value.startsWith('--');
    const letters = isLetter ? withoutLetters(argument, short) : [];
    const found = long.includes(name) ? withoutArgument(argument) : letters;
    if (!found) return undefined;
    for (const edit of found) edits.set(edit.start, edit);
  }
  return [...edits.values()];
}
