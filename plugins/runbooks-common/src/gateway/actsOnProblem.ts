import type { AllowedWrite } from '../plan/model';
import { isOwnedKind } from '../scope/ownedKinds';
import { actsOn, EVERYBODY } from './actsOn';
import type { ActsOn } from './actsOnModel';
import { changedTree, segmentsOf } from './changedTree';
import type { JsonPatchOperation, RequestBody } from './requestBody';
import type { ResourceRequest } from './RequestInfo';
import { isTree } from './trees';

/**
 * Why the body of a write acts upon what nobody was asked for, by the writes that were approved and fit the call;
 * undefined where all of it was declared. A rollback puts back what was there.
 */
export function actsOnProblem(
  info: ResourceRequest,
  body: RequestBody,
  approved: readonly AllowedWrite[],
): string | undefined {
  // Of a kind that is not read everybody there was asked.
  if (info.namespace === '' || info.subresource !== '' || !isOwnedKind(info))
    return undefined;
  if (approved.some(one => one.rollsBack)) return undefined;
  const declared = approved.flatMap(one => one.actsOn ?? []);
  const odd = actsOfBody(info, body).find(
    one => !declared.some(other => covers(other, one)),
  );
  return odd === undefined
    ? undefined
    : `it acts upon ${inWords(odd)}, for which nobody was asked`;
}

function actsOfBody(info: ResourceRequest, body: RequestBody): ActsOn[] {
  const kind = `${info.group}/${info.resource}`;
  const { name } = info;
  switch (body.kind) {
    case 'object':
      // What typed clients send of kinds that are not read in full is what the words say.
      return body.content ? actsOn(kind, body.content, { name }) : [];
    case 'change':
      return actsOn(kind, body.content, {
        name,
        isPart: body.form !== 'whole',
      });
    case 'json-patch':
      return body.operations.flatMap(one => actsOfOperation(kind, one, name));
    case 'opaque':
      return [EVERYBODY];
    default:
      return [];
  }
}

/** What an operation of a JSON patch acts upon. What is taken out of a selector lets it find more. */
export function actsOfOperation(
  kind: string,
  operation: JsonPatchOperation,
  name: string,
): ActsOn[] {
  const { op, path, from } = operation;
  if (op === 'test') return [];
  const taken = op === 'remove' ? path : (op === 'move' && from) || '';
  if (segmentsOf(taken).some(one => /selector/i.test(one))) return [EVERYBODY];
  if (op === 'remove' || isNote(path)) return [];
  const tree = op === 'add' || op === 'replace' ? changedTree(operation) : null;
  return isTree(tree)
    ? actsOn(kind, tree, { name, isPart: true })
    : [EVERYBODY];
}

/** Annotations act upon nobody, whatever they hold. */
function isNote(path: string): boolean {
  const [first, second, key] = segmentsOf(path);
  return first === 'metadata' && second === 'annotations' && key !== undefined;
}

function covers(declared: ActsOn, acted: ActsOn): boolean {
  if (declared.kind === 'everybody') return true;
  if (declared.kind === 'pods-of') return acted.kind !== 'everybody';
  switch (acted.kind) {
    case 'pods':
    case 'selected':
      return (
        declared.kind === acted.kind &&
        Object.entries(acted.labels).every(
          ([key, value]) => declared.labels[key] === value,
        )
      );
    case 'host':
      return declared.kind === 'host' && declared.name === acted.name;
    case 'claims':
      return declared.kind === 'claims' && coversClaims(declared, acted);
    case 'object':
    case 'pods-of':
      return (
        declared.kind === 'object' &&
        declared.group === acted.group &&
        declared.resource === acted.resource &&
        declared.name === acted.name
      );
    default:
      return false;
  }
}

type Claims = Extract<ActsOn, { kind: 'claims' }>;

/** A part of a set says no templates: they are those that the set has, which cannot be changed. */
function coversClaims(declared: Claims, acted: Claims): boolean {
  return (
    declared.set === acted.set &&
    (acted.templates?.every(one => declared.templates?.includes(one)) ?? true)
  );
}

function inWords(acted: ActsOn): string {
  switch (acted.kind) {
    case 'object':
    case 'pods-of':
      return `${acted.resource} ${acted.name}`;
    case 'pods':
    case 'selected':
      return `what has or finds the labels ${Object.entries(acted.labels)
        .map(([key, value]) => `${key}=${value}`)
        .join(',')}`;
    case 'host':
      return `the traffic of ${acted.name}`;
    case 'claims':
      return `the claims of statefulset ${acted.set}`;
    default:
      return 'objects of anybody in its namespace';
  }
}
