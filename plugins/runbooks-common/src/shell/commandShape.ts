/**
 * How much a line looks like a call of a tool that nobody told us about.
 *
 * - `strong`: it has what only a command has: options, a placeholder or a variable among its words, a pipe.
 * - `weak`: words such as a tool takes, and nothing more: `fenctl nodes list`, but also `primary standby`.
 */
export type CommandShape = 'strong' | 'weak';

/** Words that sentences need and arguments do not. */
const SENTENCE_WORDS = new Set(
  (
    'the a an is are was were be been has have had will would should can could must may might does did not if when ' +
    'then you your we our it its this that these those there which who of and or but with without because before ' +
    'after into by as than while until please see note only also'
  ).split(' '),
);

/** A name such as a program has: `fenctl`, `relay-dump`, `kafka-topics.sh`. */
const PROGRAM = /^[a-z][a-z0-9]*(?:[._+-][a-z0-9]+)*$/;
const SUBCOMMAND = /^[a-z][a-z0-9]*(?:[-:_][a-z0-9]+)*$/;
/** States, amounts and settings, which fill tables and log lines. */
const VALUE =
  /^(?:[A-Z][a-z]+|\d+\/\d+|\d+(?:[.,]\d+)?[%smhdKMGTi]*|-+|[\w.-]+=\S*)$/;

/**
 * Tells by its form alone whether a line could be a command. Expects a line without a prompt, and undefined means
 * that its form speaks against it: a sentence, a setting, a row of a table, a log line.
 */
export function commandShape(line: string): CommandShape | undefined {
  const words = line
    .trim()
    .replace(/^(?:[A-Z_][A-Z0-9_]*=\S*\s+)+/, '')
    .split(/\s+/);
  const [program, ...args] = words;
  if (!PROGRAM.test(program) || program.length < 2) return undefined;
  if (args.length === 0) return undefined;
  const bare = line.replace(/"[^"\n]*"|'[^'\n]*'/g, '""');
  const plain = bare.trim().split(/\s+/);
  if (plain.some(word => SENTENCE_WORDS.has(word.replace(/[,.;:]$/, '')))) {
    return undefined;
  }
  if (/^[:=]/.test(args[0]) || /[;{,]$/.test(bare.trim())) return undefined;
  if (/\S(?: {3,}|\t)\S/.test(line.trim())) return undefined;
  if (hasOption(plain) || pipesOn(bare)) return 'strong';
  if (plain.slice(1).some(word => VALUE.test(word))) return undefined;
  if (/\s\\$/.test(bare)) return 'strong';
  const asks =
    /\s["']?(?:[\w.:/@=-]*<[A-Za-z][\w -]*>|\$\{?[A-Za-z_]\w*)/.test(line) &&
    words.length <= 8;
  if (asks && SUBCOMMAND.test(args[0])) return 'strong';
  const relates = plain.some(word => /^(?:for|from|in|on|at|to)$/.test(word));
  return args.length <= 6 && SUBCOMMAND.test(args[0]) && !relates
    ? 'weak'
    : undefined;
}

/** `--wide`, `-n 3`: an option behind the name or the subcommands, not a dash in a sentence. */
function hasOption(words: readonly string[]): boolean {
  const at = words.findIndex(word =>
    /^(?:-[A-Za-z]|--[a-z][\w-]+(?:=\S*)?)$/.test(word),
  );
  return (
    at > 0 &&
    words
      .slice(1, at)
      .every(
        word =>
          /^[\w./:@%+<>${}"-]+$/.test(word) && !/^[A-Z][a-z]+$/.test(word),
      )
  );
}

/** `relay-top | relay-fmt`: what stands behind the bar is a program, and it is no row of a table. */
function pipesOn(bare: string): boolean {
  const parts = bare.split(/\s\|\s/);
  return (
    parts.length > 1 &&
    parts.every(part => {
      const [program, ...args] = part.trim().split(/\s+/);
      return (
        PROGRAM.test(program) &&
        (/[-.]/.test(program) || args.some(arg => arg.startsWith('-')))
      );
    })
  );
}

/**
 * Whether lines that each might be a call of an unknown tool are calls when seen together: one tool again and
 * again, or a single line with a name to act on.
 */
export function looksLikeCalls(lines: readonly string[]): boolean {
  if (lines.length === 0 || !lines.every(line => commandShape(line))) {
    return false;
  }
  const programs = new Set(lines.map(programOf));
  if (lines.length > 1) return programs.size === 1;
  const args = lines[0].trim().split(/\s+/).slice(1);
  return args.length >= 2 && args.some(arg => /[a-z][-./:_]\w/i.test(arg));
}

function programOf(line: string): string {
  return line
    .trim()
    .replace(/^(?:[A-Z_][A-Z0-9_]*=\S*\s+)+/, '')
    .split(/\s/)[0];
}
