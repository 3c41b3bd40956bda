import type { RunRetry } from '@backstage-runbooks/plugin-runbooks-common';
import { Until } from '../../components/Moment';
import { Notice } from '../../components/Notice';

/** That nobody works on the run just now, why, and when it is tried again. */
export function RetryNote({ retry }: { retry: RunRetry }) {
  const { because, failures, at } = retry;
  return (
    <Notice tone="caution" live title="This run could not be worked on">
      {failures > 1 &&
        `It failed ${failures} times in a row, the last time because `}
      {failures <= 1 && 'It failed because '}
      {because}. It is tried again by itself, the next time <Until at={at} />.
    </Notice>
  );
}
