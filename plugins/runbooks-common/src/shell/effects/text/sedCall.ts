import type { Argument } from '../../words';
import { readSedProgram, type SedProgram } from './sedProgram';

/** A call of sed whose programs stand in its words. */
export interface SedCall {
  programs: readonly Argument[];
  /** Undefined where a program may start others or is not understood. */
  does: SedProgram | undefined;
  files: readonly Argument[];
  /** Whether the files are changed themselves. */
  inPlace: boolean;
  /** Whether a copy of each is kept under another name. */
  keepsCopies: boolean;
}

const PLAIN_LONG =
  /^--(?:quiet|silent|regexp-extended|separate|unbuffered|null-data|posix|debug|sandbox|follow-symlinks|version|help)$/;

/**
 * Sorts the words of a call as sed does; undefined for options that are not known, among them programs in files, and
 * for words that may be several.
 */
export function sedCall(args: readonly Argument[]): SedCall | undefined {
  const programs: Argument[] = [];
  const files: Argument[] = [];
  let inPlace = false;
  let keepsCopies = false;
  let isEnded = false;
  for (let at = 0; at < args.length; at += 1) {
    const word = args[at];
    const { value } = word;
    if (isEnded || !/^-./.test(value)) {
      files.push(word);
      continue;
    }
    if (word.certainty === 'words') return undefined;
    if (value === '--') {
      isEnded = true;
      continue;
    }
    const option = optionOf(word);
    if (!option) return undefined;
    inPlace ||= option.inPlace === true;
    keepsCopies ||= option.keepsCopies === true;
    if (option.program) programs.push(option.program);
    if (option.takesNext) {
      at += 1;
      if (!args[at]) return undefined;
      programs.push(args[at]);
    }
  }
  if (programs.length === 0) programs.push(...files.splice(0, 1));
  return {
    programs,
    does: programs.every(({ certainty }) => certainty === 'exact')
      ? readSedProgram(programs.map(({ value }) => value).join('\n'))
      : undefined,
    files,
    inPlace,
    keepsCopies,
  };
}

interface SedOption {
  program?: Argument;
  takesNext?: boolean;
  inPlace?: boolean;
  keepsCopies?: boolean;
}

function optionOf(word: Argument): SedOption | undefined {
  const { value } = word;
  const long = /^--(expression|in-place)(?:=|$)/.exec(value);
  if (long?.[1] === 'expression')
    return value.includes('=')
      ? { program: endOf(word, value.indexOf('=') + 1) }
      : { takesNext: true };
  if (long) return { inPlace: true, keepsCopies: value.includes('=') };
  if (value.startsWith('--')) return PLAIN_LONG.test(value) ? {} : undefined;
  // What stands behind `i` is the end of the name of a copy, and behind `e` a program.
  const letters = /^-([nErsuzb]*)(?:(i)(.*)|(e)([\s\S]*))?$/.exec(value);
  if (!letters) return undefined;
  const [, , i, suffix, e, program] = letters;
  if (i) return { inPlace: true, keepsCopies: suffix !== '' };
  if (!e) return {};
  return program === ''
    ? { takesNext: true }
    : { program: endOf(word, value.length - program.length) };
}

function endOf(word: Argument, from: number): Argument {
  return { ...word, value: word.value.slice(from) };
}
