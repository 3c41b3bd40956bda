import type { Argument } from '../../words';
import { joinPaths } from '../../joinPaths';
import type { Scene } from '../scene';
import { kubectlDocuments } from './kubectlDocuments';

type FileText = ReturnType<NonNullable<Scene['filesAt']>>[number];

const NAMES = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];
/** What puts manifests side by side, and changes none. */
const FIELDS = new Set(['apiVersion', 'kind', 'resources']);
const VERSION = 'kustomize.config.k8s.io/v1beta1';
/** A folder and nothing that may be the address of a repository, for which kustomize looks first. */
const FOLDER = /^(?:\.|(?:\.\/|\/workspace\/)?[\w-]+(?:\/[\w-]+)*)\/?$/;
const MANIFEST = /^(?:\.\/)?[\w-]+(?:[./][\w-]+)*\.ya?ml$/;
/** By such annotations kustomize renames and leaves out, and of rights it completes the names. */
const TELLS_KUSTOMIZE = /config\.k(?:ubernetes|8s)\.io|rbac\./;

/**
 * The manifests that a folder with a kustomization in it is made of, where that only puts files of the same folder
 * together; undefined where it may make anything else of them, or one of them is not known.
 */
export function kustomizedFiles(
  folder: Argument,
  scene: Scene,
): FileText[] | undefined {
  const { value, certainty } = folder;
  if (certainty !== 'exact' || !FOLDER.test(value) || /_git/.test(value))
    return undefined;
  const found = NAMES.flatMap(name =>
    filesAt({ ...folder, value: `${value}/${name}` }, scene),
  );
  const [kustomization] = found;
  if (found.length !== 1) return undefined;
  const base = kustomization.path.slice(
    0,
    Math.max(kustomization.path.lastIndexOf('/'), 0),
  );
  const files = resourcesOf(kustomization.text)?.map(name => {
    const fromRoot = joinPaths(base, name);
    return fromRoot === undefined
      ? []
      : filesAt({ ...folder, fromRoot }, scene);
  });
  const isKnown = files?.every(
    texts => texts.length === 1 && !TELLS_KUSTOMIZE.test(texts[0].text),
  );
  return isKnown ? files?.flat() : undefined;
}

function filesAt(path: Argument, scene: Scene): FileText[] {
  return scene.filesAt?.(path, scene) ?? [];
}

/** The files that a kustomization names; undefined where it says anything else. */
function resourcesOf(text: string): string[] | undefined {
  const documents = kubectlDocuments(text);
  if (documents.kind === 'unread' || documents.values.length !== 1)
    return undefined;
  const [value] = documents.values;
  if (typeof value !== 'object' || value === null) return undefined;
  const { apiVersion, kind, resources } = value as Record<string, unknown>;
  const isPlain =
    Object.keys(value).every(key => FIELDS.has(key)) &&
    (apiVersion ?? VERSION) === VERSION &&
    (kind ?? 'Kustomization') === 'Kustomization';
  const areFiles =
    Array.isArray(resources) &&
    resources.every(one => typeof one === 'string' && MANIFEST.test(one));
  return isPlain && areFiles ? resources : undefined;
}
