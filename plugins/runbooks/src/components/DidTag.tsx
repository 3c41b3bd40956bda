import type { Effect } from '@backstage-runbooks/plugin-runbooks-common';
import { didWords, type Did } from '../words/didWords';
import { EffectTag } from './EffectTag';
import { Tag } from './Tag';

/** What something that has ended did to the cluster; what it does, where it could only look. */
export function DidTag(props: {
  did: Did;
  planned: Effect;
  /** It was let read values of Secrets. */
  readsSecrets?: boolean;
}) {
  const { did, planned, readsSecrets } = props;
  const words = didWords(did, { effect: planned, readsSecrets });
  return words ? (
    <Tag tone={words.tone} title={words.explains}>
      {words.label}
    </Tag>
  ) : (
    <EffectTag effect={planned} />
  );
}
