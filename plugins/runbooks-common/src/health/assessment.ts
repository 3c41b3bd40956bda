import type { Instant } from '../time';
import type { ClusterObject, Condition } from './kubernetesObjects';
import type { HealthSignal, HealthState, HealthVerdict } from './model';

/** What one object says about itself: the verdict, and what people may want to act on. @public */
export interface Assessment extends HealthVerdict {
  signals: HealthSignal[];
  ready?: { ready: number; desired: number };
  restarts?: number;
  image?: string;
  isLeaving?: true;
}

/** A verdict with what else is known. */
export function assessed(
  state: HealthState,
  message: string,
  rest: Partial<Omit<Assessment, 'state' | 'message'>> = {},
): Assessment {
  return { state, message, signals: [], ...rest };
}

/** A signal about an object, by the field's standard name for the trouble. */
export function signalOf(
  object: ClusterObject,
  code: string,
  message: string,
): HealthSignal {
  return { code, message, object: nameOf(object) };
}

/** Kind, namespace and name; empty texts where the object does not say. */
export function nameOf(object: ClusterObject): HealthSignal['object'] {
  return {
    kind: object.kind ?? '',
    namespace: object.metadata?.namespace ?? '',
    name: object.metadata?.name ?? '',
  };
}

/** The condition of that type, where the object has one. */
export function conditionOf(
  conditions: Condition[] | undefined,
  type: string,
): Condition | undefined {
  return conditions?.find(condition => condition.type === type);
}

/** The controller has not yet looked at the newest version of the object. */
export function isUnobserved(
  object: ClusterObject & { status?: { observedGeneration?: number } },
): boolean {
  return (
    (object.metadata?.generation ?? 0) >
    (object.status?.observedGeneration ?? 0)
  );
}

/** Milliseconds since an instant that an object names; undefined where it names none. */
export function ageMs(
  since: Instant | undefined,
  at: Instant,
): number | undefined {
  const then = since === undefined ? NaN : Date.parse(since);
  return Number.isNaN(then) ? undefined : Date.parse(at) - then;
}

/** `1 pod`, `3 pods`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** How long something has lasted, in words: `45 s`, `12 min`, `3 h`, `2 days`. */
export function lasting(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  if (seconds < 120) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 120) return `${minutes} min`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `${hours} h` : `${Math.round(hours / 24)} days`;
}
