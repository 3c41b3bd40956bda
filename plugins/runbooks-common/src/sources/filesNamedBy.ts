import type { Procedure } from '../document/model';
import { folderOf, type FileSelection } from './fileSelection';
import { NamedPaths, type NamedFiles } from './NamedPaths';
import { isName, pathWords } from './pathWords';
import { resolvePath } from './plainPath';

const MAX_BASES = 20;

const CHANGES_FOLDER = new Set(['cd', 'pushd']);

/**
 * The files that the commands of a procedure name: `./scripts/x.sh`, `kubectl apply -f manifests/`, `-k overlays/prod`,
 * `helm upgrade x ./chart`, `cat config/x.yaml`. Paths are taken from the root of the workspace and from every folder
 * that a step changes into. Rather too much than too little: a word that names no file costs nothing. What stands in
 * for a part of a path (a variable, a placeholder, a pattern) takes the folder before it whole. Names with spaces are
 * not found.
 *
 * @param values - What the person chose for its parameters: they can be names of files.
 * @public
 */
export function filesNamedBy(
  procedure: Procedure,
  values: string[] = [],
): NamedFiles {
  const texts = procedure.phases
    .flatMap(phase => phase.steps)
    .filter(step => step.type === 'command')
    .map(step => step.text);
  return filesNamedByText([...texts, ...values].join('\n'), ['']);
}

/**
 * The same for a script or manifest, whose paths may start from any of `bases`: the folder it lies in
 * (`$(dirname "$0")/lib.sh`) and the root.
 *
 * @public
 */
export function filesNamedByText(text: string, bases: string[]): NamedFiles {
  const statements = pathWords(text);
  const from = new Set(bases);
  for (const [program, target] of statements) {
    if (!target || !CHANGES_FOLDER.has(program.text)) continue;
    for (const base of bases) {
      const folder = resolvePath(base, target.text.split('/').filter(isName));
      if (folder !== undefined && from.size < MAX_BASES) from.add(folder);
    }
  }
  const named = new NamedPaths();
  for (const words of statements) {
    if (words[0] && CHANGES_FOLDER.has(words[0].text)) continue;
    named.addStatement(words, [...from]);
  }
  return named.result();
}

/**
 * What is taken where files cannot be known: the folder of the document or script with all below it, but for the
 * root, of which only the files are.
 *
 * @public
 */
export function surroundingsOf(path: string): FileSelection {
  const folder = folderOf(path);
  return folder === ''
    ? { files: [], trees: [], folders: [''] }
    : { files: [], trees: [folder], folders: [] };
}
