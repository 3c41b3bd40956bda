import type { EntityRef } from '../time';
import { isNamespaceName } from './isNamespaceName';
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
  /**
   * The namespaces that the entity claims there: its annotation's, and those of the workloads that it selects. What is
   * no name of a namespace claims nothing.
   */
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
export function decideScope(given: DecideScopeInput): Scope {
  const input = {
    ...given,
    claimed: given.claimed.filter(name => isNamespaceName(name)),
  };
  return byRule(input) ?? byCluster(input) ?? byCatalog(input) ?? nobody(input);
}

/**
 * Who says that an entity belongs into a namespace: a rule that names the entity, a rule that speaks of what its card
 * says, or the namespace's own annotation.
 *
 * @public
 */
export type Voucher = 'rule-by-name' | 'rule' | 'namespace';

/**
 * Who, besides the entity's own card, says that it belongs into a namespace; undefined where nobody does. Where some entities of a namespace are vouched for, nobody else is asked for what is
 * done there: a card of one's own would else stand in everybody's way.
 *
 * @public
 */
export function voucherOf(
  input: Pick<DecideScopeInput, 'entity' | 'cluster' | 'settings'> & {
    namespace: string;
    /** The owner that the namespace's annotation names. */
    confirmedOwner?: EntityRef;
  },
): Voucher | undefined {
  const { entity, namespace, settings, confirmedOwner } = input;
  const rule = ruleFor(input);
  if (rule?.namespaces.includes(namespace))
    return rule.entities.refs === undefined ? 'rule' : 'rule-by-name';
  return settings.confirmedByNamespaces &&
    confirmedOwner !== undefined &&
    entity.owners.includes(confirmedOwner)
    ? 'namespace'
    : undefined;
}

/** Whether a filter speaks of an entity. @public */
export function fitsEntity(filter: EntityFilter, entity: ScopeEntity): boolean {
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

/** The lines of configuration that give an entity the namespaces that it claims. @public */
export function scopeSnippet({
  entity,
  cluster,
  claimed,
}: Pick<DecideScopeInput, 'entity' | 'cluster' | 'claimed'>): string {
  const name = entity.ref.replace(/^.*\//, '');
  const named = claimed.filter(one => isNamespaceName(one));
  const namespaces = named.length > 0 ? named : [name];
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
  const rule = ruleFor(input);
  if (!rule) return undefined;
  // Whoever writes a card can write any owner, system or tag into it, but no name that is another's.
  const isClaimed = rule.entities.refs === undefined;
  return {
    source: {
      kind: 'configuration',
      rule: rule.name,
      ...(isClaimed ? { claimed: true as const } : {}),
    },
    namespaces: unique(rule.namespaces),
    reads: rule.reads,
    grants: isClaimed ? [] : [...rule.grants],
  };
}

function ruleFor({
  entity,
  cluster,
  settings,
}: Pick<DecideScopeInput, 'entity' | 'cluster' | 'settings'>):
  | ScopeRule
  | undefined {
  return settings.rules.find(
    one => fitsEntity(one.entities, entity) && holdsOn(one, cluster),
  );
}

function holdsOn(rule: ScopeRule, cluster: string | undefined): boolean {
  return (
    rule.clusters === undefined ||
    (cluster !== undefined && rule.clusters.includes(cluster))
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

/** What the cluster itself runs in, and what a rule gives to others, nobody gets by writing it into a card. */
function byCatalog(input: DecideScopeInput): Scope | undefined {
  const { settings } = input;
  const namespaces = settings.trustCatalog ? ofNobodyElse(input) : [];
  if (namespaces.length === 0) return undefined;
  return {
    source: { kind: 'catalog' },
    namespaces: unique(namespaces),
    reads: 'cluster',
    grants: [],
  };
}

function ofNobodyElse({
  claimed,
  cluster,
  settings,
}: Pick<DecideScopeInput, 'claimed' | 'cluster' | 'settings'>): string[] {
  const ruled = new Set(
    settings.rules
      .filter(rule => cluster === undefined || holdsOn(rule, cluster))
      .flatMap(rule => rule.namespaces),
  );
  return claimed.filter(
    name => !ruled.has(name) && name !== 'default' && !name.startsWith('kube-'),
  );
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
      ? [
          claimed.length === 0
            ? 'it claims no namespace in the catalog'
            : `what it claims in the catalog (${claimed.join(
                ', ',
              )}) is the cluster's own or given to others by a rule`,
        ]
      : ['what it claims in the catalog is not trusted']),
  ];
  return {
    source: { kind: 'nobody', because: reasons.join(', ') },
    namespaces: [],
    reads: 'cluster',
    grants: [],
  };
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
