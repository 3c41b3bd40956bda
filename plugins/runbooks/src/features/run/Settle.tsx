import type { StepAction } from '@backstage-runbooks/plugin-runbooks-common';
import { makeStyles } from '@material-ui/core/styles';
import { useState } from 'react';
import { ActionButton } from '../../components/ActionButton';
import { LoadFailure } from '../../components/LoadFailure';
import { Notice } from '../../components/Notice';
import { WordsForm } from '../../components/WordsForm';
import { StepCalls } from './StepCalls';
import { actionOf } from './actionViews';
import type { RunCommander } from './useRunCommand';
import { ForeignText } from '../../components/ForeignText';
import { NamedText } from '../../components/NamedText';

const useStyles = makeStyles(
  theme => ({
    root: { display: 'grid', gap: theme.spacing(1.25), minWidth: 0 },
    buttons: { display: 'flex', flexWrap: 'wrap', gap: theme.spacing(1) },
    title: { margin: 0, fontSize: 14, fontWeight: 600 },
    because: { margin: 0, fontSize: 13, color: theme.palette.text.secondary },
  }),
  { name: 'RunbooksSettle' },
);

/** A step whose end nobody saw: what was recorded, and the person's decision. */
export function Settle(props: {
  runId: string;
  stepId: string;
  attempt: number;
  because: string;
  eventCount: number;
  actions: StepAction[];
  commander: RunCommander;
}) {
  const { runId, stepId, attempt, because, eventCount, commander } = props;
  const classes = useStyles();
  const [as, setAs] = useState<'done' | 'again'>();
  const action = actionOf(props.actions, 'settle-interruption');
  const isSending = commander.state.status === 'sending';
  return (
    <div className={classes.root}>
      <Notice tone="danger" title="Its end was not seen">
        <ForeignText text={because} /> It is not run again by itself: look at
        what reached the cluster, then decide.
      </Notice>
      <h5 className={classes.title}>Kubernetes calls that were recorded</h5>
      <StepCalls
        runId={runId}
        stepId={stepId}
        attempt={attempt}
        eventCount={eventCount}
      />
      {action && as === undefined && (
        <div className={classes.buttons}>
          <ActionButton
            size="small"
            variant="outlined"
            disabled={!action.permitted.allowed || isSending}
            onClick={() => setAs('done')}
          >
            It was done
          </ActionButton>
          <ActionButton
            size="small"
            variant="outlined"
            disabled={!action.permitted.allowed || isSending}
            onClick={() => setAs('again')}
          >
            Run it again
          </ActionButton>
        </div>
      )}
      {action && !action.permitted.allowed && (
        <p className={classes.because}>
          <NamedText text={action.permitted.because} />
        </p>
      )}
      {as !== undefined && (
        <WordsForm
          required
          isSending={isSending}
          label="How do you know"
          submit={as === 'done' ? 'Mark as done' : 'Run step again'}
          onCancel={() => setAs(undefined)}
          onSubmit={reason =>
            commander.send({ kind: 'settle-interruption', stepId, as, reason })
          }
        />
      )}
      {commander.state.status === 'failed' &&
        commander.state.command.kind === 'settle-interruption' && (
          <LoadFailure error={commander.state.error} what="settle it" />
        )}
    </div>
  );
}
