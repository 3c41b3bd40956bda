import { lineOfOffset, lineStartsOf } from '../lineOfOffset';
import { readShell } from '../shell';

const SHELL_NAME = /\.(?:sh|bash)$/;
const SHELL_START = /^#!\s*\/(?:usr\/)?bin\/(?:env\s+)?(?:ba)?sh\b/;

/**
 * The lines of a shell script, from 1 and in order, on which something stands that does more than read, or of which
 * this cannot be told; it is judged for itself, so a word that only its caller knows makes a line one of them. Bodies of
 * functions, loops and substitutions count. Undefined of what is no shell script, or cannot be read as one.
 */
export function linesToMind(path: string, text: string): number[] | undefined {
  if (!SHELL_NAME.test(path) && !SHELL_START.test(text)) return undefined;
  const reading = readShell(text, { language: 'bash' });
  const minded = reading.commands.filter(({ effect }) => !isQuiet(effect));
  // Where the whole is worse than its commands, no line tells why.
  const isTold = isQuiet(reading.effect) || minded.length > 0;
  if (!reading.shell || reading.problems.length > 0 || !isTold)
    return undefined;
  const starts = lineStartsOf(text);
  const lines = minded.flatMap(({ start, end }) => {
    const first = lineOfOffset(starts, start);
    const last = lineOfOffset(starts, Math.max(start, end - 1));
    return Array.from({ length: last - first + 1 }, (_, line) => first + line);
  });
  return [...new Set(lines)].sort((a, b) => a - b);
}

function isQuiet(effect: string): boolean {
  return effect === 'local' || effect === 'read';
}
