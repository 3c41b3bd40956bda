import { digestOf } from '../ledger/digest';
import type { Scope } from './model';

/**
 * What a run may reach by the scope that it was planned with and would not get if it were planned now, in words;
 * undefined where it still would. Cards, rules and annotations change while a run is open.
 *
 * @param now - Undefined where the entity of the run is gone.
 *
 * @public
 */
export function outsideNow(
  planned: Scope,
  now: Scope | undefined,
): string | undefined {
  if (!now) return 'its entity is not in the catalog any more';
  const gone = planned.namespaces.filter(
    name => !now.namespaces.includes(name),
  );
  if (gone.length > 0) {
    return `runs of this entity may not go into ${gone.join(', ')} any more`;
  }
  if (planned.reads === 'cluster' && now.reads === 'namespaces') {
    return 'runs of this entity may not read the whole cluster any more';
  }
  const left = new Set(now.grants.map(grant => digestOf(grant)));
  const grant = planned.grants.find(one => !left.has(digestOf(one)));
  return grant
    ? `runs of this entity may not ${grant.verbs.join(', ')} ${
        grant.resource
      } ${grant.names.join(', ')} any more`
    : undefined;
}
