import { lossProblem, operationLoss } from '../../../gateway/lossProblem';
import type { JsonPatchOperation } from '../../../gateway/requestBody';
import type { KubectlCall } from './call';
import { partOfObject } from './manifest';
import type { Argument } from '../../words';
import { resourceNamed } from './resources';
import type { KubectlTargets } from './targets';

/** Kinds for which a patch of objects that are not known is judged. */
const LIKELY_KINDS = [
  '/configmaps',
  'apps/deployments',
  'batch/jobs',
  'batch/cronjobs',
  '/pods',
];

/** What a patch of `kubectl patch` takes away that nobody can bring back, in words; undefined where it is none. */
export function lossOfPatch(
  { options, scene }: KubectlCall,
  targets: KubectlTargets,
): string | undefined {
  const kinds = kindsOf(targets);
  const files = options.all('patch-file').map(({ value }) => {
    const found = value ? scene.filesAt?.(value, scene) ?? [] : [];
    return found.length > 0 ? found.map(({ text }) => text) : undefined;
  });
  const given = options
    .all('patch', 'p')
    .flatMap(({ value }) => (value?.certainty === 'exact' ? value.value : []));
  const parts = [...files.flatMap(texts => texts ?? []), ...given].map(
    partOfObject,
  );
  const isUnread =
    files.includes(undefined) ||
    (files.length > 0 && parts.includes(undefined)) ||
    options
      .all('patch', 'p')
      .some(({ value }) => value?.certainty !== 'exact' && !isWaiting(value));
  if (isUnread) return 'its patch cannot be read';
  return kinds
    .flatMap(kind => parts.map(part => part && lossOfPart(kind, part)))
    .find(Boolean);
}

/** A parameter whose value is put in when the step is bound. */
function isWaiting(text: Argument | undefined): boolean {
  return text !== undefined && /[\ue000-\uf8ff]|\$\{?\w/.test(text.value);
}

/** Of a word that is no known kind it can only be told that its content is not known. */
function kindsOf({ objects, types }: KubectlTargets): string[] {
  if (objects)
    return objects.map(
      ({ resource: { group, resource } }) => `${group}/${resource}`,
    );
  const unknown = types.filter(type => resourceNamed(type) === undefined);
  return [...LIKELY_KINDS, ...unknown];
}

function lossOfPart(
  kind: string,
  part: Readonly<Record<string, unknown>>,
): string | undefined {
  if (!Array.isArray(part)) return lossProblem(kind, part, 'part');
  return (part as unknown[])
    .filter(isOperation)
    .map(one => operationLoss(kind, one))
    .find(Boolean);
}

function isOperation(value: unknown): value is JsonPatchOperation {
  const { op, path } = (value ?? {}) as Record<string, unknown>;
  return typeof op === 'string' && typeof path === 'string';
}
