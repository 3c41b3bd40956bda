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
