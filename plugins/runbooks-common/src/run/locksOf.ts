import type { AllowedWrites } from '../plan/model';
import { writesLetThrough } from '../plan/writesLetThrough';
import type { Scope } from '../scope/model';
import type { Run } from './model';

/**
 * What a step may change while nobody else does. `*` is everything: as object, everything in the namespace; as
 * namespace, everything on the cluster.
 *
 * @public
 */
export interface ChangeLock {
  cluster: string;
  /** '' for kinds without a namespace. */
  namespace: string;
  /** `group/resource/name`. */
  object: string;
}

/** @public */
export const EVERYTHING = '*';

/**
 * The locks that a run holds: those of its step that is queued, running, or interrupted and not settled. One changing
 * step at a time per object that it writes; per namespace where the objects are not known. None after the run's end.
 *
 * @public
 */
export function locksOf(run: Run): Array<ChangeLock & { stepId: string }> {
  const { cluster } = run.plan;
  if (cluster === undefined || run.status.kind === 'finished') return [];
  return run.plan.steps.flatMap(({ id }) => {
    const state = run.steps[id];
    return state.status === 'queued' ||
      state.status === 'running' ||
      state.status === 'interrupted'
      ? locksOfWrites(
          state.binding.verdict.writes,
          cluster,
          run.plan.scope,
        ).map(lock => ({ ...lock, stepId: id }))
      : [];
  });
}

/** The locks for all that the gateway lets through of these writes: as few as cover it. @public */
export function locksOfWrites(
  writes: AllowedWrites,
  cluster: string,
  scope: Pick<Scope, 'grants'>,
): ChangeLock[] {
  return withoutCovered(
    writesLetThrough(writes, scope).map(({ namespace, object }) => ({
      cluster,
      namespace,
      object: object
        ? `${object.group}/${object.resource}/${object.name}`
        : EVERYTHING,
    })),
  );
}

/** Whether two steps that hold these locks could change the same thing. @public */
export function locksConflict(one: ChangeLock, other: ChangeLock): boolean {
  const sameNamespace =
    one.namespace === other.namespace ||
    one.namespace === EVERYTHING ||
    other.namespace === EVERYTHING;
  const sameObject =
    one.object === other.object ||
    one.object === EVERYTHING ||
    other.object === EVERYTHING;
  return one.cluster === other.cluster && sameNamespace && sameObject;
}

/** The lock in words: "deployments.apps web in shop on prod". @public */
export function lockText({ cluster, namespace, object }: ChangeLock): string {
  const where =
    namespace === EVERYTHING
      ? ` on ${cluster}`
      : `${namespace === '' ? '' : ` in ${namespace}`} on ${cluster}`;
  if (object === EVERYTHING) return `everything${where}`;
  const [group, resource, name] = object.split('/');
  return `${resource}${group ? `.${group}` : ''} ${name}${where}`;
}

function withoutCovered(locks: readonly ChangeLock[]): ChangeLock[] {
  return locks.filter(
    (lock, index) =>
      !locks.some(
        (other, at) =>
          at !== index &&
          covers(other, lock) &&
          (at < index || !covers(lock, other)),
      ),
  );
}

function covers(wide: ChangeLock, narrow: ChangeLock): boolean {
  return (
    [EVERYTHING, narrow.namespace].includes(wide.namespace) &&
    [EVERYTHING, narrow.object].includes(wide.object)
  );
}
