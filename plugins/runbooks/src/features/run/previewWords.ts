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
    const count = preview.objects.filter(one => one.change === change).length;
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

/** What would become of one object: "Deletes the Pod web-1 in shop". */
export function objectWords({ change, object }: ObjectPreview): string {
  const place = object.namespace ? `in ${object.namespace}` : 'in no namespace';
  return `${VERBS[change]} the ${object.kind} ${object.name} ${place}`;
}

/** A preview in one line, for histories: "Would change Deployment web: 2 → 4 replicas". */
export function previewLine(preview: Preview): string {
  switch (preview.outcome) {
    case 'creates':
    case 'changes': {
      const [first, ...others] = preview.objects;
      const more = others.length + (preview.more ?? 0);
      if (!first) return `Would change ${countWords(more, 'object')}`;
      const { kind, name } = first.object;
      const headline = first.headline ? `: ${first.headline}` : '';
      return `Would ${first.change} ${kind} ${name}${headline}${
        more > 0 ? `, and ${countWords(more, 'more object')}` : ''
      }`;
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
