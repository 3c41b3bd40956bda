import type { Instant } from '@backstage-runbooks/plugin-runbooks-common';
import { useNow } from '../async/useNow';
import { agoWords, inWords, momentWords } from '../words/timeWords';

/** How long ago something was, kept up to date; the exact moment on hover and for machines. */
export function Ago({ at }: { at: Instant }) {
  const now = useNow();
  return (
    <time dateTime={at} title={momentWords(at)}>
      {agoWords(at, now)}
    </time>
  );
}

/** How long until something, kept up to date. */
export function Until({ at }: { at: Instant }) {
  const now = useNow();
  return (
    <time dateTime={at} title={momentWords(at)}>
      {inWords(at, now)}
    </time>
  );
}
