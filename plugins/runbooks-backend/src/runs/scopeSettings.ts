import type { Config } from '@backstage/config';
import type {
  ScopeGrant,
  ScopeRule,
  ScopeSettings,
} from '@backstage-runbooks/plugin-runbooks-common';
import { entityFilterAt } from '../config/entityFilterAt';
import { listAt, objectAt, textAt, textsAt, wrong } from '../config/values';

const KEY = 'runbooks.scopes';
const NAME = /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/;
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
    entities: entityFilterAt(`${key}.entities`, rule.entities),
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
