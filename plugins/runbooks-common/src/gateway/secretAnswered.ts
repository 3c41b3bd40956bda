import type { SecretName } from '../plan/model';
import { bareStatus } from './bareStatus';
import type { JsonObject } from './requestBody';
import type { SecretView } from './secretView';

class Withheld extends Error {}

const SHOWN_METADATA = [
  'name',
  'namespace',
  'generateName',
  'uid',
  'resourceVersion',
  'generation',
  'creationTimestamp',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
  'labels',
  'ownerReferences',
  'finalizers',
];

/** What becomes of an answer about Secrets. @public */
export type SecretAnswered =
  | { kind: 'pass'; answer: unknown }
  | { kind: 'withhold'; because: string };

/**
 * Checks an answer of the API server about Secrets against what the step may see, and takes out what it may not.
 *
 * Whatever was asked, only what is understood passes: a table whose rows hold metadata, metadata, a failure, and
 * whole Secrets where their data may be seen. A failure is built anew whatever may be seen: its words quote the object,
 * in a form in which no value is found to hide it in the output. Annotations are taken from what has no data, because `kubectl apply`
 * keeps a copy of the data there.
 *
 * @param answer - One JSON document: an answer, or one event of a watch.
 * @param isWrite - The answer to a write holds what was written: its data is taken out instead of withholding it.
 *
 * @public
 */
export function secretAnswered(
  answer: unknown,
  view: SecretView,
  isWrite: boolean,
): SecretAnswered {
  if (view.kind === 'data')
    return { kind: 'pass', answer: withoutWords(answer) };
  try {
    return { kind: 'pass', answer: shown(answer, view, isWrite) };
  } catch (error) {
    if (error instanceof Withheld) {
      return { kind: 'withhold', because: error.message };
    }
    throw error;
  }
}

/** The answer itself where it is no failure. */
function withoutWords(answer: unknown): unknown {
  if (!isObject(answer)) return answer;
  if (answer.kind === 'Status') return bareStatus(answer);
  if (answer.type !== 'ERROR') return answer;
  return {
    type: answer.type,
    object: bareStatus(isObject(answer.object) ? answer.object : {}),
  };
}

function shown(answer: unknown, view: SecretView, isWrite: boolean): unknown {
  if (!isObject(answer)) throw new Withheld('its answer cannot be read');
  if ('type' in answer && 'object' in answer && !('kind' in answer)) {
    return {
      type: answer.type,
      object: shown(answer.object, view, isWrite),
    };
  }
  switch (answer.kind) {
    case 'Status':
      return bareStatus(answer);
    case 'Table':
      return bareTable(answer);
    case 'PartialObjectMetadata':
      return bareMetadata(answer);
    case 'PartialObjectMetadataList':
      return { ...answer, items: itemsOf(answer).map(bareMetadata) };
    case 'Secret':
      return secret(answer, view, isWrite);
    case 'SecretList':
      return {
        ...answer,
        items: itemsOf(answer).map(item => secret(item, view, isWrite)),
      };
    default:
      throw new Withheld('its answer is not understood');
  }
}

function bareTable(table: JsonObject): JsonObject {
  const rows = Array.isArray(table.rows) ? table.rows : [];
  return {
    kind: table.kind,
    apiVersion: table.apiVersion,
    metadata: table.metadata,
    columnDefinitions: table.columnDefinitions,
    rows: rows.map(bareRow),
  };
}

function bareRow(row: unknown): JsonObject {
  const cells = isObject(row) && Array.isArray(row.cells) ? row.cells : [];
  if (!isObject(row) || cells.some(cell => typeof cell === 'object' && cell)) {
    throw new Withheld('a row of its answer is not understood');
  }
  const { object } = row;
  return {
    cells,
    ...(isObject(object) ? { object: bareMetadata(object) } : {}),
  };
}

function bareMetadata(object: unknown): JsonObject {
  if (!isObject(object) || object.kind !== 'PartialObjectMetadata') {
    throw new Withheld('its answer holds more than metadata');
  }
  return {
    kind: object.kind,
    apiVersion: object.apiVersion,
    metadata: shownMetadata(object.metadata),
  };
}

function shownMetadata(metadata: unknown): JsonObject {
  if (!isObject(metadata)) throw new Withheld('its metadata cannot be read');
  return Object.fromEntries(
    SHOWN_METADATA.filter(key => key in metadata).map(key => [
      key,
      metadata[key],
    ]),
  );
}

/** In a list the API server leaves out the kind of the items. */
function secret(item: unknown, view: SecretView, isWrite: boolean): JsonObject {
  if (!isObject(item)) throw new Withheld('a Secret in it cannot be read');
  const type = typeof item.type === 'string' ? item.type : 'Opaque';
  if (view.kind === 'of-types' && view.types.includes(type)) return item;
  if (view.kind === 'named' && isNamed(item, view)) return item;
  if (isWrite) {
    return {
      kind: item.kind,
      apiVersion: item.apiVersion,
      metadata: shownMetadata(item.metadata),
      type,
    };
  }
  throw new Withheld(
    view.kind === 'of-types'
      ? `it would show a Secret of type '${type}'; the step may read those of type ${view.types.join(
          ', ',
        )} only`
      : 'it would show Secret data',
  );
}

function isNamed(
  { metadata }: JsonObject,
  { namespace, name }: SecretName,
): boolean {
  return (
    isObject(metadata) &&
    metadata.namespace === namespace &&
    metadata.name === name
  );
}

function itemsOf(list: JsonObject): unknown[] {
  if (Array.isArray(list.items)) return list.items;
  if (list.items === null || list.items === undefined) return [];
  throw new Withheld('its items cannot be read');
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
