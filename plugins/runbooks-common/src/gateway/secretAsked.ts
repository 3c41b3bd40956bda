import {
  queryValues,
  type QueryPairs,
  type ResourceRequest,
} from './RequestInfo';
import type { SecretView } from './secretView';

const BARE_FORMS = new Map(
  ['Table', 'PartialObjectMetadata', 'PartialObjectMetadataList'].map(form => [
    form.toLowerCase(),
    form,
  ]),
);

/**
 * How a read of Secrets is sent on, so that the API server answers with no more than the step may see.
 *
 * - `send`: with these Accept and query; the answer must then keep to `view`.
 * - `refuse`: the client takes nothing but whole Secrets.
 *
 * @public
 */
export type SecretAsked =
  | { kind: 'send'; accept: string; query: QueryPairs; view: SecretView }
  | { kind: 'refuse'; because: string };

/**
 * Decides how a read of Secrets is sent on.
 *
 * A client that takes tables or metadata (`kubectl get`, not `-o yaml`, `-o name` or `describe`, which take the whole
 * object) gets these, built by the API server and without the objects in their rows. Of whole objects a list for one
 * type is narrowed to it.
 *
 * @param accept - Lines of the Accept header.
 *
 * @public
 */
export function secretAsked(
  info: ResourceRequest,
  accept: readonly string[] | undefined,
  view: SecretView,
): SecretAsked {
  const types = (accept ?? [])
    .flatMap(line => line.split(','))
    .map(mediaTypeOf);
  const bare = types.find(isBare);
  if (view.kind === 'data') {
    const kept = types.filter(type => type.name === 'application/json');
    return {
      kind: 'send',
      accept: kept.map(type => type.text).join(',') || 'application/json',
      query: info.query,
      view,
    };
  }
  if (bare && (view.kind === 'without-data' || types[0] === bare)) {
    return {
      kind: 'send',
      accept: `application/json;as=${bare.as};v=${bare.version};g=meta.k8s.io`,
      query: withRowsBare(info.query),
      view: { kind: 'without-data', because: 'it was asked without data' },
    };
  }
  if (view.kind === 'without-data') {
    return { kind: 'refuse', because: view.because };
  }
  return {
    kind: 'send',
    accept: 'application/json',
    query: view.kind === 'named' ? info.query : narrowed(info, view.types),
    view,
  };
}

interface MediaType {
  text: string;
  name: string;
  as: string;
  version: string;
  group: string;
}

function mediaTypeOf(text: string): MediaType {
  const [name, ...parameters] = text
    .trim()
    .toLowerCase()
    .split(';')
    .map(part => part.trim());
  const of = (key: string) =>
    parameters
      .find(parameter => parameter.startsWith(`${key}=`))
      ?.slice(key.length + 1) ?? '';
  return {
    text: text.trim(),
    name,
    as: BARE_FORMS.get(of('as')) ?? '',
    version: of('v'),
    group: of('g'),
  };
}

function isBare(type: MediaType): boolean {
  return (
    type.name === 'application/json' &&
    type.as !== '' &&
    type.group === 'meta.k8s.io' &&
    ['v1', 'v1beta1'].includes(type.version)
  );
}

/** Rows hold the metadata of their objects, which `-A` and labels need, and no more. */
function withRowsBare(query: QueryPairs): QueryPairs {
  const isNone = queryValues(query, 'includeObject').join() === 'None';
  return [
    ...query.filter(([key]) => key !== 'includeObject'),
    ['includeObject', isNone ? 'None' : 'Metadata'],
  ];
}

/** A selector for fields knows no "or": several types are left to the check of the answer. */
function narrowed(info: ResourceRequest, types: readonly string[]): QueryPairs {
  if (info.verb === 'get' || types.length !== 1) return info.query;
  const selectors = queryValues(info.query, 'fieldSelector').filter(Boolean);
  return [
    ...info.query.filter(([key]) => key !== 'fieldSelector'),
    ['fieldSelector', [...selectors, `type=${types[0]}`].join(',')],
  ];
}
