import { assertNever } from '../assertNever';
import type { SecretName } from '../plan/model';
import type { CallRules } from './decideCall';
import { isGranted } from '../scope/isGranted';
import { isWrite, type ResourceRequest } from './RequestInfo';

/**
 * What a step may see of an answer about Secrets.
 *
 * - `data`: all of it.
 * - `named`: data of this one Secret.
 * - `of-types`: data of Secrets of these types only.
 * - `without-data`: names, types, labels and ages.
 *
 * @public
 */
export type SecretView =
  | { kind: 'data' }
  | ({ kind: 'named' } & SecretName)
  | { kind: 'of-types'; types: string[] }
  | { kind: 'without-data'; because: string };

/**
 * What a call about Secrets may show. Outside the scope's namespaces nothing but what carries no data, whatever was
 * approved; a list over all namespaces is outside.
 *
 * Where single Secrets were approved, a call for exactly one of them shows it: by its path, or as the only one that its
 * `fieldSelector` lets through, which is how kubectl watches one object. Every other call is one for all of them.
 *
 * A write that names one Secret may read that one: `kubectl apply` reads it before it patches, and would take away
 * the wrong keys if it saw another object.
 */
export function secretViewOf(
  info: ResourceRequest,
  rules: CallRules,
): SecretView {
  const { scope, secrets } = rules;
  if (!scope.namespaces.includes(info.namespace) && !isGranted(info, scope)) {
    return {
      kind: 'without-data',
      because: `it would show Secret data outside the namespaces of this run (${
        scope.namespaces.join(', ') || 'none'
      })`,
    };
  }
  if (
    secrets.kind === 'any' ||
    (info.verb === 'get' && readsBeforeWrite(info, rules))
  ) {
    return { kind: 'data' };
  }
  switch (secrets.kind) {
    case 'of-types':
      return { kind: 'of-types', types: secrets.types };
    case 'named': {
      const { namespace, name } = info;
      return secrets.names.some(
        one => one.namespace === namespace && one.name === name,
      )
        ? { kind: 'named', namespace, name }
        : {
            kind: 'without-data',
            because: `it would show Secret data; the step is approved to read ${inWords(
              secrets.names,
            )} only`,
          };
    }
    case 'none':
      return {
        kind: 'without-data',
        because:
          'it would show Secret data; the step is not approved to read Secrets',
      };
    default:
      return assertNever(secrets);
  }
}

function inWords(names: readonly SecretName[]): string {
  return names.map(({ namespace, name }) => `${namespace}/${name}`).join(', ');
}

/** Whether the step was approved to patch this one Secret by its name, and may read it for that. */
export function readsBeforeWrite(
  info: ResourceRequest,
  { allowed }: Pick<CallRules, 'allowed'>,
): boolean {
  return (
    allowed.kind === 'listed' &&
    allowed.writes.some(
      write =>
        isWrite(write) &&
        write.verb === 'patch' &&
        write.group === '' &&
        write.resource === 'secrets' &&
        write.subresource === '' &&
        write.namespace === info.namespace &&
        write.name === info.name,
    )
  );
}
