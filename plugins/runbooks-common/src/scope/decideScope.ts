import type { EntityRef } from '../time';
import type { Scope, ScopeGrant } from './model';

/** Entities that a rule speaks of: every key that is given must fit, and of each list one value. @public */
export interface EntityFilter {
  refs?: readonly string[];
  kinds?: readonly string[];
  systems?: readonly string[];
  domains?: readonly string[];
  owners?: readonly string[];
  tags?: readonly string[];
}

/** One rule of `runbooks.scopes.rules`. @public */
export interface ScopeRule {
  name: string;
  entities: EntityFilter;
  /** Names of clusters; missing: any. */
  clusters?: readonly string[];
  namespaces: readonly string[];
  reads: Scope['reads'];
  grants: readonly ScopeGrant[];
}

/** What an operator decided about scopes: `runbooks.scopes`. @public */
export interface ScopeSettings {
  rules: readonly ScopeRule[];
  /** A namespace whose annotation names an owner of the entity is in its scope. */
  confirmedByNamespaces: boolean;
  /** What anybody wrote into the catalog is believed. */
  trustCatalog: boolean;
}

/** What the catalog says of an entity; references are complete and in lower case. @public */
export interface ScopeEntity {
  ref: EntityRef;
  kind: string;
  system?: EntityRef;
  domain?: EntityRef;
  owners: readonly EntityRef[];
  tags: readonly string[];
}

/** Everything that a scope is decided from. @public */
export interface DecideScopeInput {
  entity: ScopeEntity;
  /** The cluster of the run; undefined where it has none. */
  cluster?: string;
  /** The namespaces that the entity claims there: its annotation's, and those of the workloads that it selects. */
  claimed: readonly string[];
  /** Owners by namespace, as the cluster itself says in the annotation `backstage-runbooks.io/owner`. */
  confirmed: Readonly<Record<string, EntityRef>>;
  settings: ScopeSettings;
}

/**
 * Where the runs of an entity may go. The first source that has an answer decides: the first rule of the configuration
 * that speaks of the entity and the cluster, then what the cluster itself confirms, then the catalog where the operator
 * trusts it. Otherwise the scope is empty and says why.
 *
 * @public
 */
export function decideScope(input: DecideScopeInput): Scope {
  return byRule(input) ?? byCluster(input) ?? byCatalog(input) ?? nobody(input);
}

/** The lines of configuration that give an entity the namespaces that it claims. @public */
export function scopeSnippet({
  entity,
  cluster,
  claimed,
}: Pick<DecideScopeInput, 'entity' | 'cluster' | 'claimed'>): string {
  const name = entity.ref.replace(/^.*\//, '');
  const namespaces = claimed.length > 0 ? claimed : [name];
  return [
    'runbooks:',
    '  scopes:',
    '    rules:',
    `      - name: ${name}`,
    `        entities: { refs: ['${entity.ref}'] }`,
    ...(cluster === undefined ? [] : [`        clusters: [${cluster}]`]),
    `        namespaces: [${namespaces.join(', ')}]`,
  ].join('\n');
}

function byRule(input: DecideScopeInput): Scope | undefined {
  const { entity, cluster, settings } = input;
  const rule = settings.rules.find(
    one =>
      fits(one.entities, entity) &&
      (one.clusters === undefined ||
        (cluster !== undefined && one.clusters.includes(cluster))),
  );
  return (
    rule && {
      source: {
        kind: 'configuration',
        rule: rule.name,
        ...(rule.entities.refs || rule.entities.owners
          ? {}
          : { claimed: true as const }),
      },
      namespaces: unique(rule.namespaces),
      reads: rule.reads,
      grants: [...rule.grants],
    }
  );
}

function byCluster({
  entity,
  claimed,
  confirmed,
  settings,
}: DecideScopeInput): Scope | undefined {
  if (!settings.confirmedByNamespaces) return undefined;
  const namespaces = claimed.filter(
    name =>
      Object.hasOwn(confirmed, name) && entity.owners.includes(confirmed[name]),
  );
  if (namespaces.length === 0) return undefined;
  return {
    source: {
      kind: 'namespace-annotation',
      owners: unique(namespaces.map(name => confirmed[name])),
    },
    namespaces: unique(namespaces),
    reads: 'cluster',
    grants: [],
  };
}

function byCatalog({ claimed, settings }: DecideScopeInput): Scope | undefined {
  if (!settings.trustCatalog || claimed.length === 0) return undefined;
  return {
    source: { kind: 'catalog' },
    namespaces: unique(claimed),
    reads: 'cluster',
    grants: [],
  };
}

function nobody({
  entity,
  cluster,
  claimed,
  settings,
}: DecideScopeInput): Scope {
  const where = cluster === undefined ? '' : ` on cluster ${cluster}`;
  const reasons = [
    `no rule of runbooks.scopes speaks of ${entity.ref}${where}`,
    ...(settings.confirmedByNamespaces
      ? [
          `no namespace that it claims (${
            claimed.join(', ') || 'none'
          }) names an owner of it`,
        ]
      : []),
    ...(settings.trustCatalog
      ? ['it claims no namespace in the catalog']
      : ['what it claims in the catalog is not trusted']),
  ];
  return {
    source: { kind: 'nobody', because: reasons.join(', ') },
    namespaces: [],
    reads: 'cluster',
    grants: [],
  };
}

function fits(filter: EntityFilter, entity: ScopeEntity): boolean {
  const { refs, kinds, systems, domains, owners, tags } = filter;
  return (
    has(refs, [entity.ref]) &&
    has(kinds, [entity.kind.toLowerCase()]) &&
    has(systems, entity.system === undefined ? [] : [entity.system]) &&
    has(domains, entity.domain === undefined ? [] : [entity.domain]) &&
    has(owners, entity.owners) &&
    has(tags, entity.tags)
  );
}

function has(
  wanted: readonly string[] | undefined,
  actual: readonly string[],
): boolean {
  return (
    wanted === undefined ||
    wanted.some(one => actual.includes(one.toLowerCase()))
  );
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)].sort();
}
