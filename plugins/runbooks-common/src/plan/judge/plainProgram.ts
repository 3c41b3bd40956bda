import type { Argument } from '../../shell/words';

/** `s/a/b/g` and `5,9p`, `/re/d`: no command that starts, reads or writes something else. */
const OF_SED =
  /^(?:s([/|#,])(?:\\[^\n]|(?!\1)[^\\\n])*\1(?:\\[^\n]|(?!\1)[^\\\n])*\1[gpI\d]*|(?:(?:\d+|\$|\/[^/\\\n]*\/)(?:,(?:\d+|\$|\/[^/\\\n]*\/))?)?[pdq])$/;

/** `NR>1 {print $1, $3}`: one rule that prints, or a condition alone. */
const OF_AWK =
  /^[^{}|@<]*(?:\{\s*print(?:f\b|\b)[^{}|@<>]*\}\s*|\{\s*\w+\s*(?:\+\+|\+=\s*\$\w+)\s*\}\s*END\s*\{\s*print[^{}|@<>]*\}\s*)?$/;
const OPENS_MORE_IN_AWK = /getline|system|\bARG[CV]\b|\bclose\b|BEGIN/;

const OPENS_MORE_IN_JQ =
  /\b(?:import|include|input_filename|modulemeta|get_search_list|env|halt_error)\b|\$__/;

/**
 * The words of awk, sed and jq that may name files; undefined for options and programs that may open others, among
 * them programs that stand in files.
 */
export function plainProgram(
  program: string,
  args: readonly Argument[],
): readonly Argument[] | undefined {
  if (args.some(one => one.certainty === 'words')) return undefined;
  if (program === 'sed') return ofSed(args);
  return program === 'jq' ? ofJq(args) : ofAwk(args);
}

function ofSed(args: readonly Argument[]): readonly Argument[] | undefined {
  const programs: Argument[] = [];
  const files: Argument[] = [];
  let isNext = false;
  for (const one of args) {
    if (isNext) programs.push(one);
    else if (one.value.startsWith('-')) {
      if (!/^-(?:[nErsui]+|[nEr]*e)$/.test(one.value)) return undefined;
    } else files.push(one);
    isNext = !isNext && /^-[nEr]*e$/.test(one.value);
  }
  if (programs.length === 0) programs.push(...files.splice(0, 1));
  return allPlain(programs, text => OF_SED.test(text)) ? files : undefined;
}

function ofAwk(args: readonly Argument[]): readonly Argument[] | undefined {
  let at = 0;
  for (; args[at]?.value.startsWith('-'); at += 1) {
    const { value } = args[at];
    if (!/^-[Fv]/.test(value)) return undefined;
    if (value.length === 2) at += 1;
  }
  const isPlain = allPlain(
    args.slice(at, at + 1),
    text =>
      OF_AWK.test(text.replaceAll('||', '&&')) && !OPENS_MORE_IN_AWK.test(text),
  );
  return isPlain ? args.slice(at + 1) : undefined;
}

function ofJq(args: readonly Argument[]): readonly Argument[] | undefined {
  const words: Argument[] = [];
  for (let at = 0; at < args.length; at += 1) {
    const { value } = args[at];
    if (/^--arg(?:json)?$/.test(value)) at += 2;
    else if (!value.startsWith('-')) words.push(args[at]);
    else if (
      !/^-(?:[rcneSsjaMC]+|-raw-output|-compact-output|-null-input|-exit-status|-sort-keys|-slurp)$/.test(
        value,
      )
    )
      return undefined;
  }
  const isPlain = allPlain(
    words.slice(0, 1),
    text => !OPENS_MORE_IN_JQ.test(text),
  );
  return isPlain ? words.slice(1) : undefined;
}

function allPlain(
  programs: readonly Argument[],
  isPlain: (text: string) => boolean,
): boolean {
  return (
    programs.length > 0 &&
    programs.every(one => one.certainty === 'exact' && isPlain(one.value))
  );
}
