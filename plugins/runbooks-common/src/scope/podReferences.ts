import { isTree } from '../gateway/trees';
import { listAt, references, valueAt } from './values';

/**
 * By the key under which something stands in a pod: the kind, and where its name is. All fields of the pods of the core
 * API that name an object of their namespace, those of volumes that are no longer in use included.
 */
const REFERENCES: Record<string, [resource: string, name: string]> = {
  configMap: ['configmaps', 'name'],
  configMapRef: ['configmaps', 'name'],
  configMapKeyRef: ['configmaps', 'name'],
  secret: ['secrets', 'secretName'],
  // Of cephfs, cinder, flexVolume, iscsi, rbd, scaleIO and storageos as well.
  secretRef: ['secrets', 'name'],
  secretKeyRef: ['secrets', 'name'],
  nodePublishSecretRef: ['secrets', 'name'],
  azureFile: ['secrets', 'secretName'],
  persistentVolumeClaim: ['persistentvolumeclaims', 'claimName'],
};

/** The second is an old spelling: the API server takes it for the first. */
const ACCOUNTS = ['serviceAccountName', 'serviceAccount'];

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
    if (!isTree(value)) continue;
    if (Object.hasOwn(REFERENCES, key)) {
      const [resource, name] = REFERENCES[key];
      // A projected secret has `name` where a mounted one has `secretName`.
      found.push(
        ...references(resource, value[name]),
        ...references(resource, value.name),
      );
    }
    for (const [below, each] of Object.entries(value)) {
      open.push({ key: below, value: each });
    }
  }
  const accounts = ACCOUNTS.flatMap(key =>
    references('serviceaccounts', valueAt(pod, key)),
  );
  return [...new Set([...found, ...accounts])];
}

/** With what its images are fetched: the node reads it, the pod does not. */
export function pullSecretsIn(pod: unknown): string[] {
  return listAt(pod, 'imagePullSecrets').flatMap(one =>
    references('secrets', valueAt(one, 'name')),
  );
}
