import type { EntityRef } from '../time';

/**
 * Who decided where runs of an entity may go.
 *
 * - `configuration`: a rule of `runbooks.scopes.rules`. `claimed` where the rule speaks of what the entity says of
 *   itself (system, domain, kind, tags), which anybody may write into a card, and names neither entities nor owners.
 * - `namespace-annotation`: the cluster itself, by an annotation of its namespaces.
 * - `catalog`: the entity's own annotations, which anybody may write: an explicit decision of the operator.
 * - `nobody`: no rule speaks of the entity; its runs may read and not write.
 *
 * @public
 */
export type ScopeSource =
  | { kind: 'configuration'; rule: string; claimed?: true }
  | { kind: 'namespace-annotation'; owners: EntityRef[] }
  | { kind: 'catalog' }
  | { kind: 'nobody'; because: string };

/**
 * Something outside a scope's namespaces, or of a kind that no scope holds by itself (rights, credentials,
 * cluster-scoped kinds), that a rule names.
 *
 * @public
 */
export interface ScopeGrant {
  /** RBAC verbs, `connect` for exec and its like; never `*`. */
  verbs: string[];
  /** '' for the core group. */
  group: string;
  /** In the plural, as in RBAC. */
  resource: string;
  /** '' for kinds without a namespace. */
  namespace: string;
  /** Exact names; `*` for any. */
  names: string[];
}

/**
 * Where the runs of an entity may go: decided at planning, stored in the plan, shown, and enforced by the gateway
 * for reads and writes.
 *
 * @public
 */
export interface Scope {
  source: ScopeSource;
  /** Writes and reads of Secret data go into these and no others. */
  namespaces: string[];
  /** How far ordinary reads go. */
  reads: 'cluster' | 'namespaces';
  grants: ScopeGrant[];
}

/** A scope in which nothing may be written and no Secret read. @public */
export function closedScope(because: string): Scope {
  return {
    source: { kind: 'nobody', because },
    namespaces: [],
    reads: 'cluster',
    grants: [],
  };
}
