import { lossProblem } from '../../../gateway/lossProblem';
import { nodeLoss } from '../../../gateway/nodeProblem';
import { mountsSecrets, podRisk } from '../../../gateway/podRisk';
import { kubectlDocuments } from './kubectlDocuments';
import { type KubernetesResource, resourceOfKind } from './resources';

/** One object of a manifest, as far as its text tells. */
export interface ManifestObject {
  kind: string;
  name?: string;
  namespace?: string;
  resource?: KubernetesResource;
  /** It wants no pods at all. */
  stops?: boolean;
  /** What it takes away from an object that is there already, in words. */
  loss?: string;
  /** The same where it is applied on the server, which does not tell what is new. */
  lossOnServer?: string;
  /** What its pods are more than ordinary ones, in words. */
  risk?: string;
  /** As a node it may end the pods on it, in words. */
  ends?: string;
  /** Its pods are given Secrets or tokens. */
  givesSecrets?: boolean;
}

/** More text than this is not read for its kinds. */
const MAX_MANIFEST = 64 * 1024;

/** The objects in YAML or JSON; undefined where the text cannot be read as manifests. Never throws. */
export function manifestObjects(text: string): ManifestObject[] | undefined {
  if (text.length > MAX_MANIFEST || text.trim() === '') return undefined;
  const objects: ManifestObject[] = [];
  for (const value of kubectlDocuments(text) ?? []) {
    if (value === null || value === undefined) continue;
    if (!collect(value, objects)) return undefined;
  }
  return objects.length > 0 ? objects : undefined;
}

function collect(value: unknown, objects: ManifestObject[]): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const { kind, apiVersion, metadata, items, spec } = value as Record<
    string,
    unknown
  >;
  if (typeof kind !== 'string') return false;
  if (kind.endsWith('List') && Array.isArray(items)) {
    return items.every(item => collect(item, objects));
  }
  const { name, namespace } = (metadata ?? {}) as Record<string, unknown>;
  const resource =
    typeof apiVersion === 'string'
      ? resourceOfKind(kind, apiVersion)
      : undefined;
  const type = resource ? `${resource.group}/${resource.resource}` : '';
  const risk = podRisk(type, value as Record<string, unknown>);
  const [loss, lossOnServer] = (['manifest', 'applied'] as const).map(form =>
    lossProblem(type, value as Record<string, unknown>, form),
  );
  const ends =
    type === '/nodes' ? nodeLoss(value as Record<string, unknown>) : undefined;
  objects.push({
    kind,
    name: typeof name === 'string' ? name : undefined,
    namespace: typeof namespace === 'string' ? namespace : undefined,
    resource,
    ...(risk === undefined ? {} : { risk }),
    ...(ends === undefined ? {} : { ends }),
    ...(loss === undefined ? {} : { loss }),
    ...(lossOnServer === undefined ? {} : { lossOnServer }),
    ...(mountsSecrets(type, value as Record<string, unknown>)
      ? { givesSecrets: true }
      : {}),
    ...((spec as { replicas?: unknown } | null | undefined)?.replicas === 0
      ? { stops: true }
      : {}),
  });
  return true;
}

/** A part of an object, in JSON or YAML; undefined where the text is none. Never throws. */
export function partOfObject(
  text: string,
): Readonly<Record<string, unknown>> | undefined {
  if (text.length > MAX_MANIFEST) return undefined;
  const [value, ...more] = kubectlDocuments(text) ?? [];
  return typeof value === 'object' && value !== null && more.length === 0
    ? (value as Record<string, unknown>)
    : undefined;
}
