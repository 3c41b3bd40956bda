import { isRecord, listAt, references, valueAt } from './values';

/** By the key under which something stands in a pod: the kind, and where its name is. */
const REFERENCES: Record<string, [resource: string, name: string]> = {
  configMap: ['configmaps', 'name'],
  configMapRef: ['configmaps', 'name'],
  configMapKeyRef: ['configmaps', 'name'],
  secret: ['secrets', 'secretName'],
  secretRef: ['secrets', 'name'],
  secretKeyRef: ['secrets', 'name'],
  persistentVolumeClaim: ['persistentvolumeclaims', 'claimName'],
};

/** Everything whose data a pod gets by a name, at any depth: `configmaps/settings`. */
export function referencesIn(pod: unknown): string[] {
  const found: string[] = [];
  const open: Array<{ key: string; value: unknown }> = [
    { key: '', value: pod },
  ];
  for (const { key, value } of open) {
    if (Array.isArray(value)) {
      open.push(...value.map(each => ({ key, value: each })));
      continue;
    }
    if (!isRecord(value)) continue;
    if (Object.hasOwn(REFERENCES, key)) {
      const [resource, name] = REFERENCES[key];
      // A projected secret has `name` where a mounted one has `secretName`.
      found.push(...references(resource, value[name] ?? value.name));
    }
    for (const [below, each] of Object.entries(value)) {
      open.push({ key: below, value: each });
    }
  }
  return [
    ...found,
    ...references('serviceaccounts', valueAt(pod, 'serviceAccountName')),
  ];
}

/** With what its images are fetched: the node reads it, the pod does not. */
export function pullSecretsIn(pod: unknown): string[] {
  return listAt(pod, 'imagePullSecrets').flatMap(one =>
    references('secrets', valueAt(one, 'name')),
  );
}
