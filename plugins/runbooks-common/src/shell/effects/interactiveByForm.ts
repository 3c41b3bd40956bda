import type { Interactive } from '../model';
import type { Argument } from '../words';
import { asks, endless, needsTerminal } from './interactive';

const GIVES_SECRET = /^(?:-p|--\S*(?:password|token|key)\S*)$/;
const TELLS_COMMAND =
  /^(?:--|-c|-C|-e|--(?:command|exec|execute|eval)(?:=.*)?)$/;

/**
 * Why a command waits for a person or never ends, told from how its arguments are called: `fenctl logs --follow`
 * of any tool, and of one that no table knows also `fenctl exec -it web`, `hive ssh web`, `hive login`.
 */
export function interactiveByForm(
  args: readonly Argument[],
  isUnknownTool: boolean,
): Interactive | undefined {
  const words = args.map(({ value }) => value);
  const verbs = words.filter(word => /^[a-z]/.test(word)).slice(0, 2);
  if (follows(words, verbs, isUnknownTool ? /^(?:logs?|tail)$/ : /^logs$/)) {
    return endless('follows what comes until it is stopped');
  }
  if (words.slice(0, 3).includes('watch')) {
    return endless('watches until it is stopped');
  }
  return isUnknownTool ? session(words, verbs) : undefined;
}

/** True where a file or a pipe gives what a person would type: `docker exec -i db psql < dump.sql`. */
export function isFed(
  { kind, remedy }: Interactive,
  args: readonly Argument[],
  input: unknown,
): boolean {
  return (
    input !== undefined &&
    kind === 'terminal' &&
    (remedy === undefined || remedy.edits.length === 0) &&
    !args.some(({ value }) => /^(?:-[a-su-z]*t[a-z]*|--tty)$/.test(value))
  );
}

function session(
  words: readonly string[],
  verbs: readonly string[],
): Interactive | undefined {
  if (words.some(word => /^-(?:it|ti)$/.test(word))) {
    return needsTerminal('`-it` asks for a terminal');
  }
  if (verbs[0] === 'login' && !words.some(word => GIVES_SECRET.test(word))) {
    return asks('asks for what it needs to log in');
  }
  if (words.some(word => TELLS_COMMAND.test(word))) return undefined;
  if (verbs.some(verb => /^(?:ssh|console|shell|attach)$/.test(verb))) {
    return needsTerminal('opens a session for a person');
  }
  return /^(?:pg|postgres|mysql|redis|mongo|db) connect$/.test(verbs.join(' '))
    ? needsTerminal('opens a session with a database')
    : undefined;
}

function follows(
  words: readonly string[],
  verbs: readonly string[],
  named: RegExp,
): boolean {
  return (
    verbs.some(verb => named.test(verb)) &&
    words.some(word => /^(?:-f|--follow|--watch)$/.test(word))
  );
}
