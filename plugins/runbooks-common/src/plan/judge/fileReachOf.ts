import type { BoundReading } from '../../shell/judgeBoundText';
import type { FileReach } from '../model';
import { fileWordsOf } from './fileWordsOf';
import { pathsOfName, pathsOfWord } from './pathsOf';

const UNKNOWN: FileReach = { kind: 'unknown' };

/** A text that names one of these otherwise than to read it (`$HOME`) may tell programs to look somewhere else. */
const TELLS_WHERE_TO_LOOK =
  /(?<![$\w])(?<!\$\{)(?:PATH|BASH_ENV|ENV|HOME|PWD|OLDPWD|CDPATH|TMPDIR|TEXTDOMAINDIR|LOCPATH|NLSPATH|TZ(?:DIR)?|KUBE\w*|HELM_\w*|XDG_\w*|AWKPATH|AWKLIBPATH|GAWK_\w*|JQ_\w*|LD_\w+)\b(?!:\/)/;

/**
 * The files that a text can read, execute or apply: `known` only where every program in it opens nothing but what its
 * words name, each word is understood, and none is made of the names of files that there are. A folder stands for all below it. Paths are from the root of the workspace,
 * or absolute as written; a path more than needed does no harm.
 *
 * @param texts - The text itself and those of the scripts of the workspace that it runs.
 */
export function fileReachOf(
  reading: BoundReading,
  texts: readonly string[],
): FileReach {
  if (!reading.isRead || reading.asksForNames) return UNKNOWN;
  if (texts.some(text => TELLS_WHERE_TO_LOOK.test(text))) return UNKNOWN;
  const paths = new Set<string>();
  const places = [
    ...reading.calls
      .filter(call => call.where !== 'there')
      .flatMap(call => {
        const words = fileWordsOf(call);
        return (
          words?.map(word => pathsOfWord(word, call.folders, call.args)) ?? [
            undefined,
          ]
        );
      }),
    ...reading.redirects.map(({ target, folders }) =>
      pathsOfName(target, folders),
    ),
  ];
  for (const found of places) {
    if (!found) return UNKNOWN;
    found.forEach(path => paths.add(path));
  }
  return { kind: 'known', paths: [...paths].sort() };
}
