/** Bash evaluates what is assigned to them, or gives them another value than that. */
const DYNAMIC =
  /^(?:RANDOM|SRANDOM|OPTIND|HISTCMD|SECONDS|LINENO|BASHPID|PPID|UID|EUID|GROUPS|FUNCNAME|DIRSTACK|EPOCHSECONDS|EPOCHREALTIME|COMP_\w+|BASH\w*)$/;

/** Whether a variable of bash evaluates what it is given, or holds something else than that. */
export function isDynamic(name: string): boolean {
  return DYNAMIC.test(name);
}
