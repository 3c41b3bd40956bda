import { parseAllDocuments } from 'yaml';
import { type KubernetesResource, resourceOfKind } from './resources';

/** One object of a manifest, as far as its text tells. */
export interface ManifestObject {
  kind: string;
  name?: string;
  namespace?: string;
  resource?: KubernetesResource;
  /** It wants no pods at all. */
  stops?: boolean;
}

/** More text than this is not read for its kinds. */
const MAX_MANIFEST = 64 * 1024;

/** The objects in YAML or JSON; undefined where the text cannot be read as manifests. Never throws. */
export function manifestObjects(text: string): ManifestObject[] | undefined {
  if (text.length > MAX_MANIFEST || text.trim() === '') return undefined;
  try {
    const objects: ManifestObject[] = [];
    for (const document of parseAllDocuments(text, {
      uniqueKeys: false,
      logLevel: 'silent',
    })) {
      if ('errors' in document && document.errors.length > 0) return undefined;
      const value: unknown = document.toJS({ maxAliasCount: 20 });
      if (value === null || value === undefined) continue;
      if (!collect(value, objects)) return undefined;
    }
    return objects.length > 0 ? objects : undefined;
  } catch {
    return undefined;
  }
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
  objects.push({
    kind,
    name: typeof name === 'string' ? name : undefined,
    namespace: typeof namespace === 'string' ? namespace : undefined,
    resource:
      typeof apiVersion === 'string'
        ? resourceOfKind(kind, apiVersion)
        : undefined,
    ...((spec as { replicas?: unknown } | null | undefined)?.replicas === 0
      ? { stops: true }
      : {}),
  });
  return true;
}
