import { callDone } from '@backstage-runbooks/plugin-runbooks-common';
import { LoadFailure } from '../../components/LoadFailure';
import { Waiting } from '../../components/Waiting';
import { CallList } from './CallList';
import { useLedger } from './useLedger';

/** The recorded Kubernetes calls of one attempt, read from the ledger when they are asked for. */
export function StepCalls(props: {
  runId: string;
  stepId: string;
  attempt: number;
  eventCount: number;
  /** Only those that changed something, or may have. */
  onlyChanges?: boolean;
}) {
  const { runId, stepId, attempt, eventCount, onlyChanges } = props;
  const ledger = useLedger(runId, eventCount);
  if (ledger.status === 'loading') return <Waiting what="Kubernetes calls" />;
  if (ledger.status === 'failed') {
    return (
      <LoadFailure
        error={ledger.error}
        what="load the recorded calls"
        onRetry={ledger.reload}
      />
    );
  }
  return (
    <CallList
      calls={ledger.value.calls.filter(
        call =>
          call.stepId === stepId &&
          call.attempt === attempt &&
          (!onlyChanges || callDone(call) !== 'nothing'),
      )}
    />
  );
}
