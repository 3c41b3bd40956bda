import type { KubernetesWrite } from '../../model';
import type { Argument } from '../../words';
import type { KubectlCall } from './call';
import { kustomizedFiles } from './kustomizedFiles';
import { type ManifestObject, manifestObjects } from './manifest';
import { namespaceOf } from './targets';

/** Manifests that a call is given. */
export interface ManifestsRead {
  kind: 'read';
  objects: ManifestObject[];
  /** There are no others. */
  isWhole: boolean;
}

/** The objects that a call is given: in its input, or in files of the workspace. Undefined where these are not known. */
export function manifestsOf(
  kubectl: KubectlCall,
): ManifestsRead | { kind: 'unread'; because: string } | undefined {
  const { options, call } = kubectl;
  const objects: ManifestObject[] = [];
  const texts = textsOf(kubectl);
  for (const { text, path } of texts ?? []) {
    const told = manifestObjects(text);
    if (told.kind === 'unread')
      return path === undefined
        ? told
        : { kind: 'unread', because: `${path}, ${told.because}` };
    objects.push(...told.objects);
  }
  if (objects.length === 0) return undefined;
  const files = options.all('filename', 'f');
  const isInput = files[files.length - 1]?.value?.value === '-';
  const isWhole =
    !isInput ||
    (call.input?.kind === 'text' && call.input.exact && files.length === 1);
  return { kind: 'read', objects, isWhole };
}

/** Undefined where one of them is not known. */
function textsOf({
  options,
  scene,
  call,
}: KubectlCall): Array<{ text: string; path?: string }> | undefined {
  const files = options.all('filename', 'f');
  if (options.unclear) return undefined;
  const folders = options.all('kustomize', 'k');
  if (folders.length > 0) {
    const [{ value }] = folders;
    return folders.length + files.length === 1 && value
      ? kustomizedFiles(value, scene)
      : undefined;
  }
  const last = files[files.length - 1]?.value;
  if (last?.value === '-') {
    const input = call.input?.kind === 'text' ? call.input : undefined;
    return input && [{ text: scene.show(input.text) }];
  }
  const texts: Array<{ text: string; path?: string }> = [];
  const words = files.map(({ value }) => value && filesInWord(value));
  for (const word of words.flat()) {
    const found = word ? scene.filesAt?.(word, scene) ?? [] : [];
    if (found.length === 0) return undefined;
    texts.push(...found);
  }
  return texts;
}

/**
 * The files that a word names, as kubectl takes it apart: a line of comma-separated values. Undefined where one is its
 * input or an address, or may be.
 */
function filesInWord(word: Argument): Argument[] | undefined {
  const { value, certainty, alternatives, defaults, fromRoot } = word;
  const texts = [value, ...(alternatives ?? []), ...(defaults ?? [])];
  const isSeveral = (text: string) => /[,"\r\n]/.test(text);
  const isOne =
    !texts.some(text => isSeveral(text) || !isFile(text)) &&
    !isSeveral(fromRoot ?? '');
  if (isOne) return [word];
  const parts = value.split(',');
  const isList =
    certainty === 'exact' &&
    !alternatives &&
    fromRoot === undefined &&
    parts.every(part => isFile(part) && !isSeveral(part));
  return isList ? parts.map(part => ({ ...word, value: part })) : undefined;
}

function isFile(text: string): boolean {
  return !/^(?:-?$|https?:\/\/)/.test(text);
}

/** For people. */
export function describeObject({ kind, name }: ManifestObject): string {
  return `${kind} ${name ?? '(without a name)'}`;
}

/** What verbs write of objects; undefined where it cannot be told which one that is. */
export function writesOfObjects(
  objects: readonly ManifestObject[],
  verbs: readonly string[],
  { options, scene }: KubectlCall,
): KubernetesWrite[] | undefined {
  const writes: KubernetesWrite[] = [];
  for (const { resource, name, namespace, acts } of objects) {
    if (
      !resource ||
      !name ||
      !/^(?:[A-Za-z0-9._:-]|\$\{[A-Z_][A-Z0-9_]*\})+$/.test(name)
    )
      return undefined;
    for (const verb of verbs) {
      writes.push({
        verb,
        group: resource.group,
        resource: resource.resource,
        subresource: '',
        namespace: resource.namespaced
          ? namespace ?? namespaceOf(options, scene)
          : '',
        name,
        ...(verb === 'delete' ? {} : { actsOn: acts }),
      });
    }
  }
  return writes;
}
