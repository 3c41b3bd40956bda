import type { Config } from '@backstage/config';
import type {
  EntityFilter,
  ScopeGrant,
  ScopeRule,
  ScopeSettings,
} from '@backstage-runbooks/plugin-runbooks-common';

const KEY = 'runbooks.scopes';
const NAME = /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/;
const FILTERS = ['refs', 'kinds', 'systems', 'domains', 'owners', 'tags'];
const VERBS = [
  'get',
  'list',
  'watch',
  'create',
  'update',
  'patch',
  'delete',
  'deletecollection',
  'connect',
];

/**
 * Reads `runbooks.scopes`: where runs may go. Without it nobody's runs may write.
 *
 * @throws with key, value and expectation for anything that is not as it has to be, a key that is not known included:
 *   a rule that is read otherwise than it was meant opens what it should not.
 */
export function readScopeSettings(config: Config): ScopeSettings {
  const scopes = config.getOptional(KEY) ?? {};
  const {
    rules = [],
    confirmedBy,
    trustCatalog = false,
  } = objectAt(KEY, scopes, ['rules', 'confirmedBy', 'trustCatalog']);
  if (confirmedBy !== undefined && confirmedBy !== 'namespace-annotation') {
    throw wrong(
      `${KEY}.confirmedBy`,
      confirmedBy,
      "'namespace-annotation' or nothing",
    );
  }
  if (typeof trustCatalog !== 'boolean') {
    throw wrong(`${KEY}.trustCatalog`, trustCatalog, 'true or false');
  }
  return {
    rules: listAt(`${KEY}.rules`, rules).map((rule, index) =>
      readRule(`${KEY}.rules[${index}]`, rule),
    ),
    confirmedByNamespaces: confirmedBy !== undefined,
    trustCatalog,
  };
}

function readRule(key: string, value: unknown): ScopeRule {
  const rule = objectAt(key, value, [
    'name',
    'entities',
    'clusters',
    'namespaces',
    'reads',
    'grants',
  ]);
  const reads = rule.reads ?? 'cluster';
  if (reads !== 'cluster' && reads !== 'namespaces') {
    throw wrong(`${key}.reads`, reads, "'cluster' or 'namespaces'");
  }
  return {
    name: textAt(`${key}.name`, rule.name),
    entities: readFilter(`${key}.entities`, rule.entities),
    ...(rule.clusters === undefined
      ? {}
      : { clusters: textsAt(`${key}.clusters`, rule.clusters) }),
    namespaces: textsAt(`${key}.namespaces`, rule.namespaces ?? []).map(name =>
      namespaceAt(`${key}.namespaces`, name),
    ),
    reads,
    grants: listAt(`${key}.grants`, rule.grants ?? []).map((grant, index) =>
      readGrant(`${key}.grants[${index}]`, grant),
    ),
  };
}

function readFilter(key: string, value: unknown): EntityFilter {
  const filter = objectAt(key, value, FILTERS);
  if (Object.keys(filter).length === 0) {
    throw wrong(key, value, `at least one of ${FILTERS.join(', ')}`);
  }
  return Object.fromEntries(
    Object.entries(filter).map(([name, texts]) => [
      name,
      textsAt(`${key}.${name}`, texts).map(text =>
        completeRef(`${key}.${name}`, name, text.toLowerCase()),
      ),
    ]),
  );
}

const KIND_OF: Record<string, string> = {
  systems: 'system',
  domains: 'domain',
  owners: 'group',
};

/** `fintech` as a system is `system:default/fintech`. */
function completeRef(key: string, name: string, text: string): string {
  if (name === 'kinds' || name === 'tags') return text;
  const match = /^(?:([a-z]+):)?(?:([\w.-]+)\/)?([\w.-]+)$/.exec(text);
  const kind = match?.[1] ?? KIND_OF[name];
  if (!match || kind === undefined) {
    throw wrong(
      key,
      text,
      'references of entities, such as component:default/web',
    );
  }
  return `${kind}:${match[2] ?? 'default'}/${match[3]}`;
}

function readGrant(key: string, value: unknown): ScopeGrant {
  const grant = objectAt(key, value, [
    'verbs',
    'group',
    'resource',
    'namespace',
    'names',
  ]);
  const verbs = textsAt(`${key}.verbs`, grant.verbs);
  const odd = verbs.find(verb => !VERBS.includes(verb));
  if (odd !== undefined || verbs.length === 0) {
    throw wrong(
      `${key}.verbs`,
      grant.verbs,
      `one or more of ${VERBS.join(', ')}`,
    );
  }
  const namespace = grant.namespace ?? '';
  return {
    verbs,
    group: textAt(`${key}.group`, grant.group ?? '', true),
    resource: resourceAt(`${key}.resource`, grant.resource),
    namespace:
      namespace === '' ? '' : namespaceAt(`${key}.namespace`, namespace),
    names: textsAt(`${key}.names`, grant.names),
  };
}

function resourceAt(key: string, value: unknown): string {
  const text = textAt(key, value);
  if (/^[a-z0-9-]+(\/[a-z0-9-]+)?$/.test(text)) return text;
  throw wrong(
    key,
    value,
    "a resource in the plural, such as 'deployments' or 'deployments/scale'",
  );
}

function namespaceAt(key: string, value: unknown): string {
  if (typeof value === 'string' && NAME.test(value)) return value;
  throw wrong(key, value, "names of namespaces; '*' is none");
}

function objectAt(
  key: string,
  value: unknown,
  known: readonly string[],
): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw wrong(key, value, `an object with ${known.join(', ')}`);
  }
  const odd = Object.keys(value).find(name => !known.includes(name));
  if (odd !== undefined) {
    throw wrong(
      `${key}.${odd}`,
      (value as Record<string, unknown>)[odd],
      `nothing: of ${key} only ${known.join(', ')} are known`,
    );
  }
  return value as Record<string, unknown>;
}

function listAt(key: string, value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  throw wrong(key, value, 'a list');
}

function textsAt(key: string, value: unknown): string[] {
  return listAt(key, value).map(one => textAt(key, one));
}

function textAt(key: string, value: unknown, mayBeEmpty = false): string {
  if (typeof value === 'string' && (mayBeEmpty || value !== '')) return value;
  throw wrong(key, value, 'a text');
}

function wrong(key: string, value: unknown, expected: string): Error {
  return new Error(
    `The configuration has ${JSON.stringify(
      value,
    )} as '${key}'; expected ${expected}`,
  );
}
