import {
  assertNever,
  type ObjectPreview,
  type Preview,
} from '@backstage-runbooks/plugin-runbooks-common';
import { listWords } from '../../words/listWords';
import { countWords } from '../../words/procedureWords';

const VERBS: Record<ObjectPreview['change'], string> = {
  delete: 'Deletes',
  change: 'Changes',
  create: 'Creates',
};

/** By how much they matter. */
const ORDER: ObjectPreview['change'][] = ['delete', 'change', 'create'];

/** What a preview found, counted: "Deletes 1 object, changes 2 and creates 1". */
export function changesWords(
  preview: Extract<Preview, { outcome: 'creates' | 'changes' }>,
): string {
  const parts = ORDER.flatMap(change => {
    const count = countOf(preview.objects.filter(one => one.change === change));
    return count > 0 ? [{ verb: VERBS[change], count }] : [];
  }).map(({ verb, count }, index) =>
    index === 0
      ? `${verb} ${countWords(count, 'object')}`
      : `${verb.toLowerCase()} ${count}`,
  );
  return preview.more
    ? `${parts.join(', ')}, and ${preview.more} more that are not shown`
    : listWords(parts);
}

/** An object that is written several times counts once. Those whose names are not known yet are each another one. */
function countOf(objects: readonly ObjectPreview[]): number {
  const named = objects.filter(({ object }) => !object.name.endsWith('*'));
  const others = objects.length - named.length;
  return new Set(named.map(keyOf)).size + others;
}

function keyOf({ object }: ObjectPreview): string {
  const { kind, group, namespace, name } = object;
  return JSON.stringify([group, kind, namespace, name]);
}

/** Whether the object at a place of a preview is one that it names before: a write of it that comes later. */
export function isWrittenAgain(
  objects: readonly ObjectPreview[],
  index: number,
): boolean {
  const key = keyOf(objects[index]);
  return (
    !objects[index].object.name.endsWith('*') &&
    objects.slice(0, index).some(one => keyOf(one) === key)
  );
}

/** What a write would make of an object: "Deletes the Pod web-1 in shop", or "Then deletes ..." after another one. */
export function objectWords(
  { change, object }: ObjectPreview,
  isAgain = false,
): string {
  const { kind, namespace } = object;
  const verb = isAgain ? `Then ${VERBS[change].toLowerCase()}` : VERBS[change];
  const what = `${verb} ${isNamed(object) ? 'the ' : ''}${nameOf(object)}`;
  if (namespace) return `${what} in ${namespace}`;
  if (kind !== 'Namespace') return `${what} (in no namespace)`;
  return change === 'delete' ? `${what} and all that is in it` : what;
}

/** The one thing that people look for; of a deletion it is the deletion itself. */
export function headlineOf({
  change,
  headline,
}: ObjectPreview): string | undefined {
  return change === 'delete' || !headline ? undefined : headline;
}

/** A preview in one line, for histories: "Would change Deployment web: 2 → 4 replicas". */
export function previewLine(preview: Preview): string {
  switch (preview.outcome) {
    case 'creates':
    case 'changes': {
      const [first, ...others] = preview.objects;
      const more = others.length + (preview.more ?? 0);
      if (!first) return `Would change ${countWords(more, 'object')}`;
      const headline = headlineOf(first);
      return [
        `Would ${first.change} ${nameOf(first.object)}`,
        headline ? `: ${headline}` : '',
        more > 0 ? `, and ${countWords(more, 'more object')}` : '',
      ].join('');
    }
    case 'changes-nothing':
      return 'Would change nothing';
    case 'refused':
      return `The server refused the preview of it: ${preview.because}`;
    case 'not-possible':
      return `No preview, because ${preview.because}`;
    case 'failed':
      return `The preview of it failed: ${preview.because}`;
    default:
      return assertNever(preview);
  }
}

function nameOf(object: ObjectPreview['object']): string {
  return isNamed(object)
    ? `${object.kind} ${object.name}`
    : `objects of kind ${object.kind}`;
}

/** The API server does not tell the names of all that it would delete, nor those that it would give. */
function isNamed({ name }: ObjectPreview['object']): boolean {
  return name !== '*';
}
