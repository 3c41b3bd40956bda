import { isPlainList } from '../../attempt/plainList';
import type { BoundReading } from '../../shell/judgeBoundText';
import type { SeenCall } from '../../shell/judgeCall';
import type { Argument } from '../../shell/words';
import type { FileReach } from '../model';
import { fileWordsOf } from './fileWordsOf';
import { filesOfHelm } from './filesOfHelm';
import { filesOfKubectl } from './filesOfKubectl';
import { kubectlWordsOf, programOf } from './kubectlWords';
import { pathsOfName, pathsOfWord } from './pathsOf';
import { reaches } from './reaches';
import { scriptFileOf, startsOthers } from './startsOthers';

/** What is known of the files that a step finds. */
export interface FilesThere {
  /** Whether a file or folder is at a path from the root of the workspace; missing where that is not known. */
  isThere?(path: string): boolean;
  /** Files that earlier steps may still make. */
  made: FileReach;
}

/**
 * Why a step cannot run for a script or manifest that it names: it is not in the workspace, and neither an earlier step
 * nor the step itself makes it. Undefined where all are there, and wherever that cannot be told: only a text whose
 * failure at that command would surely be its end is looked at.
 */
export function missingFile(
  reading: BoundReading,
  text: string,
  { isThere, made }: FilesThere,
): string | undefined {
  if (!isThere || !reading.isRead || !isPlainList(text)) return undefined;
  const isMissing: IsMissing = (word, folders) => {
    const paths = pathsOfWord(word, folders, []) ?? [];
    return (
      paths.length > 0 &&
      !paths.some(
        path => path.startsWith('/') || isThere(path) || reaches(made, path),
      )
    );
  };
  const missing = reading.calls
    .filter(call => call.where === 'here' && call.inScripts.length === 0)
    .flatMap(call =>
      namedFiles(call)
        .filter(word => isMissing(word, call.folders))
        .map(word => ({ word, folders: call.folders })),
    );
  if (missing.length === 0) return undefined;
  const own = filesMade(reading, isMissing);
  const isMadeHere = missing.some(({ word, folders }) =>
    pathsOfWord(word, folders, [])?.some(path => reaches(own, path)),
  );
  return isMadeHere
    ? undefined
    : `'${missing[0].word.value}' is not among the files of the run, and no step before makes it`;
}

type IsMissing = (
  word: Argument,
  folders: readonly string[] | undefined,
) => boolean;

/**
 * The files that a text may make: what it names in any other way than to run or apply it, and whatever output is
 * redirected to. Commands that only look make none; one that is not understood may make any.
 */
export function filesMade(
  reading: BoundReading,
  isMissing: IsMissing = () => false,
): FileReach {
  if (!reading.isRead) return { kind: 'unknown' };
  const paths = new Set<string>();
  const places = [
    ...reading.calls.flatMap(call => {
      const words = call.where === 'there' ? [] : wordsMade(call, isMissing);
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
    if (!found) return { kind: 'unknown' };
    found.forEach(path => paths.add(path));
  }
  return { kind: 'known', paths: [...paths].sort() };
}

function wordsMade(
  call: SeenCall,
  isMissing: IsMissing,
): readonly Argument[] | undefined {
  const { effect, changesFiles } = call.verdict;
  if ((effect === 'read' && !changesFiles) || startsOthers(call)) return [];
  const script = scriptFileOf(call);
  if (script && isMissing(script, call.folders)) return [];
  const makesNone =
    /^(?:cd|pushd|popd)$/.test(programOf(call)) ||
    (effect !== 'unknown' && appliesFiles(call));
  if (makesNone) return [];
  const named = new Set(namedFiles(call));
  return fileWordsOf(call)?.filter(word => !named.has(word));
}

/** The words that name what is run or applied: it must be there. */
function namedFiles(call: SeenCall): readonly Argument[] {
  const script = scriptFileOf(call);
  if (script) return [script];
  const kubectl = kubectlWordsOf(call);
  if (kubectl) {
    const overlays = kubectl.options
      .all('kustomize', 'k')
      .flatMap(({ value }) => value ?? []);
    return appliesFiles(call)
      ? [...overlays, ...(filesOfKubectl(call) ?? [])]
      : [];
  }
  if (programOf(call) !== 'helm') return [];
  return (filesOfHelm(call.args.slice(1)) ?? []).filter(({ value }) =>
    /^\.{1,2}\/|\.ya?ml$/.test(value),
  );
}

/** A call of kubectl that makes no files. */
function appliesFiles(call: SeenCall): boolean {
  const kubectl = kubectlWordsOf(call);
  return (
    kubectl !== undefined &&
    !kubectl.unclear &&
    !/^(?:cp|cluster-info|kustomize)$/.test(kubectl.verb.value)
  );
}
