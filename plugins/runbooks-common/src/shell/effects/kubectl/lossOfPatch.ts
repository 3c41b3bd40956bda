import {
  lossProblem,
  operationLoss,
  takenOut,
  type LossForm,
} from '../../../gateway/lossProblem';
import type { JsonPatchOperation } from '../../../gateway/requestBody';
import type { KubectlCall } from './call';
import { partOfObject, unreadPart } from './manifest';
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

const PLACEHOLDER = /[\ue000-\uf8ff]/g;
const WAITING = /[\ue000-\uf8ff]|\$\{?\w/;
/** Directives of a patch look like variables. */
const VARIABLE =
  /\$\{\w+\}|\$(?!patch\b|retainKeys\b|setElementOrder\b|deleteFromPrimitiveList\b)\w+/g;

/** What a patch of `kubectl patch` takes away that nobody can bring back, in words; undefined where it is none. */
export function lossOfPatch(
  { options, scene }: KubectlCall,
  targets: KubectlTargets,
): string | undefined {
  const kinds = kindsOf(targets);
  const form = formOf(options);
  const given = options.all('patch', 'p').map(({ value }) => value);
  const files = options
    .all('patch-file')
    .map(({ value }) => (value ? scene.filesAt?.(value, scene) ?? [] : []));
  const texts = [
    ...files.flatMap(found => found.map(({ text }) => text)),
    ...given.flatMap(word => (word && isWritten(word) ? word.value : [])),
  ];
  const parts = texts.map(partOfObject);
  const isUnread =
    files.some(found => found.length === 0) ||
    parts.includes(undefined) ||
    given.some(word => !word || !(isWritten(word) || isWaiting(word)));
  if (isUnread) {
    const because = texts.map(unreadPart).find(Boolean);
    return `its patch cannot be read${because ? ` (${because})` : ''}`;
  }
  const waiting = given
    .filter(word => word !== undefined && !isWritten(word))
    .map(word => partOfObject(withSomeValues(word?.value ?? '')));
  return kinds
    .flatMap(kind => [
      ...parts.map(part => part && lossOfPart(kind, part, form)),
      ...waiting.map(part => part && takenOutBy(kind, part, form)),
    ])
    .find(Boolean);
}

/** A parameter or variable whose value is put in when the step is bound or runs. */
export function isWaiting(word: Argument): boolean {
  return !isWritten(word) && WAITING.test(word.value);
}

function isWritten({ value, certainty }: Argument): boolean {
  return certainty === 'exact' && value.search(PLACEHOLDER) < 0;
}

/** A text with a letter in place of each that stands for a parameter. */
export function withoutPlaceholders(text: string): string {
  return text.replace(PLACEHOLDER, 'x');
}

/** What such a patch takes out stands in its other words, whatever the values are. */
function withSomeValues(text: string): string {
  return withoutPlaceholders(text).replace(VARIABLE, 'x');
}

/** Without `--type` it is strategic; where the type is not known, every list counts as replaced. */
function formOf(options: KubectlCall['options']): LossForm {
  const [type, ...more] = options.all('type').map(({ value }) => value);
  const isStrategic =
    !options.unclear &&
    more.length === 0 &&
    (type === undefined ||
      (type.certainty === 'exact' && type.value === 'strategic'));
  return isStrategic ? 'strategic' : 'part';
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
  form: LossForm,
): string | undefined {
  return Array.isArray(part)
    ? lossOfOperations(kind, part)
    : lossProblem(kind, part, form);
}

function takenOutBy(
  kind: string,
  part: Readonly<Record<string, unknown>>,
  form: LossForm,
): string | undefined {
  return Array.isArray(part)
    ? lossOfOperations(
        kind,
        part.filter(one => isOperation(one) && !setsValue(one)),
      )
    : takenOut(kind, part, form);
}

function lossOfOperations(
  kind: string,
  operations: readonly unknown[],
): string | undefined {
  return operations
    .filter(isOperation)
    .map(one => operationLoss(kind, one))
    .find(Boolean);
}

function setsValue({ op }: JsonPatchOperation): boolean {
  return op === 'add' || op === 'replace';
}

function isOperation(value: unknown): value is JsonPatchOperation {
  const { op, path } = (value ?? {}) as Record<string, unknown>;
  return typeof op === 'string' && typeof path === 'string';
}
