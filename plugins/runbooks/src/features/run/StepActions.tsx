import type {
  RunCommandRequest,
  StepActionKind,
} from '@backstage-runbooks/plugin-runbooks-common';
import { ResponseError } from '@backstage/errors';
import { makeStyles } from '@material-ui/core/styles';
import { useState } from 'react';
import { ActionButton } from '../../components/ActionButton';
import { LoadFailure } from '../../components/LoadFailure';
import { Notice } from '../../components/Notice';
import { WordsForm } from '../../components/WordsForm';
import { errorWords } from '../../words/errorWords';
import { actionButtons, refusalLines } from './actionViews';
import type { RunStepView } from './runPageView';
import type { RunCommander } from './useRunCommand';
import { NamedText } from '../../components/NamedText';

const useStyles = makeStyles(
  theme => ({
    root: { display: 'grid', gap: theme.spacing(1), minWidth: 0 },
    buttons: { display: 'flex', flexWrap: 'wrap', gap: theme.spacing(1) },
    approving: {
      margin: 0,
      fontSize: 13,
      lineHeight: 1.5,
      overflowWrap: 'anywhere',
    },
    reasons: {
      listStyle: 'none',
      margin: 0,
      padding: 0,
      fontSize: 13,
      lineHeight: 1.5,
      color: theme.palette.text.secondary,
      overflowWrap: 'anywhere',
    },
  }),
  { name: 'RunbooksStepActions' },
);

/** What the person looking can do with a step; what they may not is disabled with the reason below. */
export function StepActions(props: {
  step: RunStepView;
  commander: RunCommander;
  /** What somebody must know who approves now. */
  caution?: string;
}) {
  const { step, commander, caution } = props;
  const classes = useStyles();
  const [asking, setAsking] = useState<StepActionKind>();
  const buttons = actionButtons(step.actions, step.state);
  if (buttons.length === 0) return null;
  const isSending = commander.state.status === 'sending';
  const failed =
    commander.state.status === 'failed' &&
    isAbout(commander.state.command, step.step.id)
      ? commander.state.error
      : undefined;
  const reasons = refusalLines(
    buttons.filter(button => !failed || !tells(failed, button.because)),
  );
  const mayApprove = buttons.some(
    button => button.kind === 'approve' && button.because === undefined,
  );

  const send = async (command: RunCommandRequest) => {
    if (await commander.send(command)) setAsking(undefined);
  };
  const press = (kind: StepActionKind) => {
    const command = commandWithoutWords(kind, step);
    if (command) send(command);
    else setAsking(kind);
  };
  return (
    <div className={classes.root}>
      {asking === undefined ? (
        <div className={classes.buttons}>
          {buttons.map(button => (
            <ActionButton
              key={button.kind}
              size="small"
              variant={button.emphasis === 'primary' ? 'contained' : 'outlined'}
              color={button.emphasis === 'primary' ? 'primary' : 'default'}
              disabled={Boolean(button.because) || isSending}
              onClick={() => press(button.kind)}
            >
              {button.label}
            </ActionButton>
          ))}
        </div>
      ) : (
        <ActionForm
          kind={asking}
          step={step}
          asksTyped={isAskedToType(commander, step.step.id)}
          isSending={isSending}
          onSend={send}
          onCancel={() => {
            commander.forget();
            setAsking(undefined);
          }}
        />
      )}
      {mayApprove && caution && asking === undefined && (
        <Notice tone="caution">{caution}</Notice>
      )}
      {mayApprove && step.approving && asking === undefined && (
        <p className={classes.approving}>
          <NamedText text={step.approving} />
        </p>
      )}
      {reasons.length > 0 && asking === undefined && (
        <ul
          className={classes.reasons}
          aria-label="Why some actions are not available"
        >
          {reasons.map(reason => (
            <li key={reason}>
              <NamedText text={reason} />
            </li>
          ))}
        </ul>
      )}
      {failed && <LoadFailure error={failed} what="do that" />}
    </div>
  );
}

/** Judging and settling tell their refusals themselves. */
function isAbout(command: RunCommandRequest, stepId: string): boolean {
  return (
    'stepId' in command &&
    command.stepId === stepId &&
    command.kind !== 'judge' &&
    command.kind !== 'settle-interruption'
  );
}

/** The reason of a button that was refused comes with the next news of the run too. */
function tells(error: Error, because: string | undefined): boolean {
  return (
    because !== undefined &&
    errorWords(error, 'do that').detail.includes(because)
  );
}

/**
 * What a step does may be known to the server only when it is asked for: then it may want a text typed that the page
 * did not know of, and its refusal says which.
 */
function isAskedToType({ state }: RunCommander, stepId: string): boolean {
  if (state.status === 'idle' || state.command.kind !== 'request-approval') {
    return false;
  }
  const { command } = state;
  if (command.stepId !== stepId) return false;
  return state.status === 'sending'
    ? command.confirmation !== undefined
    : state.error instanceof ResponseError && state.error.statusCode === 400;
}

/** Commands that need nothing more from the person; undefined for those that ask for words first. */
function commandWithoutWords(
  kind: StepActionKind,
  step: RunStepView,
): RunCommandRequest | undefined {
  const stepId = step.step.id;
  if (kind === 'run') return { kind: 'run-step', stepId };
  if (kind === 'approve' && step.state.status === 'waiting-approval') {
    return { kind: 'approve', stepId, digest: step.state.request.digest };
  }
  return undefined;
}

function ActionForm(props: {
  kind: StepActionKind;
  step: RunStepView;
  asksTyped: boolean;
  isSending: boolean;
  onSend: (command: RunCommandRequest) => void;
  onCancel: () => void;
}) {
  const { kind, step, asksTyped, isSending, onSend, onCancel } = props;
  const stepId = step.step.id;
  const common = { isSending, onCancel };
  switch (kind) {
    case 'request-approval': {
      const requires = step.planned.requires;
      const typed =
        requires.kind === 'approval-and-confirmation'
          ? requires.typed
          : undefined;
      return (
        <WordsForm
          {...common}
          lead={
            typed ? `This is destructive: ${step.step.because}.` : undefined
          }
          typed={typed}
          asksTyped={asksTyped}
          label="Reason for the approver"
          submit="Request approval"
          onSubmit={(words, confirmation) =>
            onSend({
              kind: 'request-approval',
              stepId,
              ...(words ? { reason: words } : {}),
              ...(confirmation ? { confirmation } : {}),
            })
          }
        />
      );
    }
    case 'deny':
      return (
        <WordsForm
          {...common}
          label="Why not"
          submit="Deny"
          onSubmit={reason =>
            onSend({ kind: 'deny', stepId, ...(reason ? { reason } : {}) })
          }
        />
      );
    case 'confirm':
      return (
        <WordsForm
          {...common}
          label="Note (optional)"
          submit="Mark as done"
          onSubmit={note =>
            onSend({ kind: 'confirm', stepId, ...(note ? { note } : {}) })
          }
        />
      );
    case 'skip':
      return (
        <WordsForm
          {...common}
          required
          label="Why it is skipped"
          submit="Skip"
          onSubmit={reason => onSend({ kind: 'skip', stepId, reason })}
        />
      );
    default:
      return null;
  }
}
