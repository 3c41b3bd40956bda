import { awkCall } from '../../shell/effects/text/awkCall';
import { sedCall } from '../../shell/effects/text/sedCall';
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
  const read = sedCall(args);
  if (!read?.does || read.keepsCopies) return undefined;
  const { does, programs, files } = read;
  if (does.reads.length + does.writes.length > 0) return undefined;
  return allPlain(programs, text => OF_SED.test(text)) ? files : undefined;
}

function ofAwk(args: readonly Argument[]): readonly Argument[] | undefined {
  const read = awkCall(args);
  if (!read?.does || read.does.opensMore || read.does.writes.length > 0)
    return undefined;
  const isPlain = allPlain(
    read.program ? [read.program] : [],
    text =>
      OF_AWK.test(text.replaceAll('||', '&&')) && !OPENS_MORE_IN_AWK.test(text),
  );
  return isPlain ? read.files : undefined;
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
