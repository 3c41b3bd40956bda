/** What later steps get of the variables that a step leaves behind. @public */
export const CARRIED_LIMITS = {
  /** UTF-8 bytes of one value; the kernel takes at most 128 KiB per environment string. */
  maxValueBytes: 64 * 1024,
  /** UTF-8 bytes of all names and values. */
  maxTotalBytes: 512 * 1024,
} as const;

const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** They decide what runs or where it connects to, or belong to one shell process. */
const NEVER_CARRIED =
  /^(PATH|LD_.*|BASH.*|ENV|IFS|KUBE.*|.*_PROXY|PWD|OLDPWD|SHLVL|RUNBOOKS_.*|__runbooks.*|_|SHELL|SHELLOPTS|HOME|TMPDIR|TERM|LANG|LC_.*|PS[0-4]|PROMPT_COMMAND|CDPATH|GLOBIGNORE|EXECIGNORE|POSIXLY_CORRECT|INPUTRC|HIST.*|TMOUT|MAIL.*|OPT(IND|ARG|ERR)|REPLY|RANDOM|SRANDOM|SECONDS|EPOCH.*|LINENO|COLUMNS|LINES|HOST(NAME|TYPE)|MACHTYPE|OSTYPE|UID|EUID|GROUPS|PPID|FUNC(NAME|NEST)|DIRSTACK|PIPESTATUS|COMP_.*|READLINE_.*|COPROC|MAPFILE|NODE_OPTIONS|PYTHON.*|PERL5.*|RUBY(OPT|LIB)|JAVA_TOOL_OPTIONS|RUN_ID|STEP_ID|ATTEMPT)$/i;

/** True for names of variables that one step may hand to the next. @public */
export function isCarriedVariable(name: string): boolean {
  return NAME.test(name) && !NEVER_CARRIED.test(name);
}

/** True for names that a step's environment may hold. @public */
export function isVariableName(name: string): boolean {
  return NAME.test(name);
}

/**
 * The variables that are handed on: those that may be, in the order given, as long as they fit.
 *
 * @param byteLength - UTF-8 length of a text.
 *
 * @public
 */
export function carriedVariables(
  variables: Readonly<Record<string, string>>,
  byteLength: (text: string) => number,
): Record<string, string> {
  const carried: Record<string, string> = {};
  let total = 0;
  for (const [name, value] of Object.entries(variables)) {
    const bytes = byteLength(value);
    const isFitting =
      bytes <= CARRIED_LIMITS.maxValueBytes &&
      total + name.length + bytes <= CARRIED_LIMITS.maxTotalBytes;
    if (isFitting && isCarriedVariable(name)) {
      carried[name] = value;
      total += name.length + bytes;
    }
  }
  return carried;
}
