import { Link } from '@backstage/core-components';
import { useRunbooksPaths } from '../paths';
import { ActionButton } from './ActionButton';
import { errorWords } from '../words/errorWords';
import { Notice } from './Notice';
import { NamedText } from './NamedText';

/** Says that something could not be loaded or done, why, and offers to try again. */
export function LoadFailure(props: {
  error: Error;
  /** Completes "Could not ...". */
  what: string;
  onRetry?: () => void;
}) {
  const words = errorWords(props.error, props.what);
  return (
    <Notice
      live
      tone="danger"
      title={words.title}
      action={
        props.onRetry && words.canRetry ? (
          <ActionButton size="small" variant="outlined" onClick={props.onRetry}>
            Try again
          </ActionButton>
        ) : undefined
      }
    >
      <NamedText text={words.detail} />
      {words.runId && <RunInTheWay runId={words.runId} />}
    </Notice>
  );
}

function RunInTheWay({ runId }: { runId: string }) {
  const paths = useRunbooksPaths();
  return (
    <>
      {' '}
      <Link to={paths.run(runId)}>Open that run</Link>
    </>
  );
}
