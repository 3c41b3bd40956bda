import { lossProblem } from '../../../gateway/lossProblem';
import { actsOn } from '../../../gateway/actsOn';
import type { ActsOn } from '../../../gateway/actsOnModel';
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
  /** Upon what it acts besides. */
  acts: ActsOn[];
  /** What it takes away where it is made anew. */
  lossOfNew?: string;
  /** Its pods are given Secrets or tokens. */
  givesSecrets?: boolean;
}

/** The objects of a manifest, or why nobody can say what they are, with the line. */
export type ManifestReading =
  | { kind: 'read'; objects: ManifestObject[] }
  | { kind: 'unread'; because: string };

/** More text than this is not read for its kinds. */
const MAX_MANIFEST = 64 * 1024;
const TOO_LONG = 'it is longer than 64 KiB';

/** The objects in YAML or JSON, as kubectl reads them. Never throws. */
export function manifestObjects(text: string): ManifestReading {
  if (text.length > MAX_MANIFEST) return unread(TOO_LONG);
  const documents = kubectlDocuments(text);
  if (documents.kind === 'unread') return documents;
  const objects: ManifestObject[] = [];
  for (const [index, value] of documents.values.entries()) {
    if (value === null || value === undefined) continue;
    if (!collect(value, objects))
      return unread(`document ${index + 1} is no object of Kubernetes`);
  }
  return objects.length > 0
    ? { kind: 'read', objects }
    : unread('it holds no object');
}

function unread(because: string): ManifestReading {
  return { kind: 'unread', because };
}

function collect(value: unknown, objects: ManifestObject[]): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const { kind, apiVersion, metadata, items, spec } = value as Record<
    string,
    unknown
  >;
  if (typeof kind !== 'string') return false;
  // kubectl takes whatever has items for a list of objects, of whatever kind it says it is.
  if (Object.hasOwn(value, 'items')) {
    return (
      kind.endsWith('List') &&
      Array.isArray(items) &&
      items.every(item => collect(item, objects))
    );
  }
  const { name, namespace } = (metadata ?? {}) as Record<string, unknown>;
  const resource =
    typeof apiVersion === 'string'
      ? resourceOfKind(kind, apiVersion)
      : undefined;
  const type = resource ? `${resource.group}/${resource.resource}` : '';
  const risk = podRisk(type, value as Record<string, unknown>);
  const [loss, lossOnServer, lossOfNew] = (
    ['manifest', 'applied', 'new'] as const
  ).map(form => lossProblem(type, value as Record<string, unknown>, form));
  const ends =
    type === '/nodes' ? nodeLoss(value as Record<string, unknown>) : undefined;
  objects.push({
    kind,
    name: typeof name === 'string' ? name : undefined,
    namespace: typeof namespace === 'string' ? namespace : undefined,
    resource,
    acts: actsOn(type, value as Record<string, unknown>),
    ...(lossOfNew === undefined ? {} : { lossOfNew }),
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
  const read = partRead(text);
  return 'part' in read ? read.part : undefined;
}

/** Why a text is no part of an object, or not one of which kubectl makes the same; undefined where it is one. */
export function unreadPart(text: string): string | undefined {
  const read = partRead(text);
  return 'because' in read ? read.because : undefined;
}

function partRead(
  text: string,
): { part: Readonly<Record<string, unknown>> } | { because: string } {
  if (text.length > MAX_MANIFEST) return { because: TOO_LONG };
  const documents = kubectlDocuments(text);
  if (documents.kind === 'unread') return documents;
  const [value, ...more] = documents.values;
  return typeof value === 'object' && value !== null && more.length === 0
    ? { part: value as Record<string, unknown> }
    : { because: 'it is not one object or list' };
}
