import path from 'node:path';
import { kubectl } from './portal';

/** The example's workloads as its manifests have them, whatever an earlier test or person did to them. */
export function beginAfresh(example: string): void {
  kubectl(
    'apply',
    '-f',
    path.resolve(__dirname, '../examples', example, 'manifests'),
  );
}

/** Waits until all pods of a Deployment are of its newest revision: until then, a pod's name is gone in a moment. */
export function rolledOut(deployment: string, namespace: string): void {
  kubectl(
    'rollout',
    'status',
    `deployment/${deployment}`,
    '-n',
    namespace,
    '--timeout=60s',
  );
}
