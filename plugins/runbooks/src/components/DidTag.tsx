import type { Effect } from '@backstage-runbooks/plugin-runbooks-common';
import { didWords } from '../words/didWords';
import { EffectTag } from './EffectTag';
import { Tag } from './Tag';

/** What something that has ended did to the cluster; what it does, where it could only look. */
export function DidTag(props: { writes: number; planned: Effect }) {
  const { writes, planned } = props;
  const words = didWords(writes, planned);
  return words ? (
    <Tag tone={words.tone} title={words.explains}>
      {words.label}
    </Tag>
  ) : (
    <EffectTag effect={planned} />
  );
}
