import { type Line, linesOf, type RunnablePart } from './blockText';
import { commandShape } from './commandShape';
import { isNeverShell, languageHint } from './language';
import { callsKnownTool, kindOfLine } from './lineKinds';
import { plainPart } from './plainPart';
import { promptedPart } from './promptedPart';
import { sameInEveryShell } from './sameInEveryShell';

/**
 * Finds what of a text is shell. Prompts, output and statements of other languages are blanked, so that offsets
 * stay those of the source.
 *
 * A label proves nothing: blocks labelled `bash` hold output and SQL, unlabelled ones hold commands. So the lines
 * decide, and the label only says in which direction to doubt.
 */
export function runnablePart(
  text: string,
  language: string | undefined,
): RunnablePart {
  const lines = linesOf(text);
  if (lines.every(line => line.text.trim() === ''))
    return { shell: false, otherwise: 'empty' };
  const hint = languageHint(language);
  if (hint.kind === 'other' && isNeverShell(hint.name)) {
    const isForWindows = /^(?:powershell|batch)$/.test(hint.name);
    return isForWindows && sameInEveryShell(lines)
      ? plainPart(text, lines, 'open')
      : { shell: false, otherwise: hint.name };
  }
  const interpreter =
    /^#!\s*(?:\S*[^\s\w.])?(?:env\s+(?:-S\s+)?)?([\w.]+)(?:\s|$)/.exec(
      text,
    )?.[1];
  const shebang = /^#!(.*)/.exec(text)?.[1] ?? '';
  if (
    interpreter &&
    /\b(python|perl|ruby|node|php|awk|expect|lua|groovy|Rscript)/.test(shebang)
  ) {
    return {
      shell: false,
      otherwise:
        /\b(python|perl|ruby|node|php|awk|expect|lua|groovy|Rscript)/.exec(
          shebang,
        )?.[1] ?? 'code',
    };
  }
  const prompted = promptedPart(text, lines, hint.kind);
  if (prompted)
    return hint.kind === 'other' &&
      prompted.shell &&
      !everyLineRuns(prompted.runnable)
      ? { shell: false, otherwise: hint.name }
      : prompted;
  if (hint.kind === 'other') {
    return onlyCommands(text, lines) ?? { shell: false, otherwise: hint.name };
  }
  return plainPart(text, lines, hint.kind);
}

function everyLineRuns(runnable: string): boolean {
  return runnable.split('\n').some(line => kindOfLine(line) === 'command');
}

/** The whole text, where a fence with the name of another language holds nothing but commands. */
function onlyCommands(
  text: string,
  lines: readonly Line[],
): RunnablePart | undefined {
  const isCalled = lines.some(
    ({ text: line }) => callsKnownTool(line) || commandShape(line) === 'strong',
  );
  if (!isCalled) return undefined;
  const part = plainPart(text, lines, 'open');
  return part.shell && part.problems.length === 0 ? part : undefined;
}
