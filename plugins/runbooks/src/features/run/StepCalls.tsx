import { callDone } from '@backstage-runbooks/plugin-runbooks-common';
import { ActionButton } from '../../components/ActionButton';
import { LoadFailure } from '../../components/LoadFailure';
import { Waiting } from '../../components/Waiting';
import { CallList } from './CallList';
import { useCalls } from './useCalls';

/** The recorded Kubernetes calls of one attempt, read when they are asked for, a page at a time. */
export function StepCalls(props: {
  runId: string;
  stepId: string;
  attempt: number;
  eventCount: number;
  /** Only those that changed something, or may have. */
  onlyChanges?: boolean;
}) {
  const { onlyChanges } = props;
  const calls = useCalls(props);
  if (calls.status === 'loading') return <Waiting what="Kubernetes calls" />;
  if (calls.status === 'failed') {
    return (
      <LoadFailure
        error={calls.error}
        what="load the recorded calls"
        onRetry={calls.reload}
      />
    );
  }
  return (
    <>
      <CallList
        calls={calls.value.calls.filter(
          call => !onlyChanges || callDone(call) !== 'nothing',
        )}
      />
      {calls.value.next !== undefined && (
        <div>
          <ActionButton size="small" onClick={calls.more}>
            Show more calls
          </ActionButton>
        </div>
      )}
    </>
  );
}
