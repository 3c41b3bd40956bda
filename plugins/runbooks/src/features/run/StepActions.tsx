import type {
  RunCommandRequest,
  StepActionKind,
} from '@backstage-runbooks/plugin-runbooks-common';
import { ResponseError } from '@backstage/errors';
import { makeStyles } from '@material-ui/core/styles';
import { Fragment, useState } from 'react';
import { ActionButton } from '../../components/ActionButton';
import { LoadFailure } from '../../components/LoadFailure';
import { Notice } from '../../components/Notice';
import { errorWords } from '../../words/errorWords';
import { ActionForm } from './ActionForm';
import {
  actionButtons,
  previewButton,
  refusalLines,
  type ActionButton as StepButton,
  type PreviewButtonView,
} from './actionViews';
import type { RunStepView } from './runPageView';
import { StepPreview } from './StepPreview';
import type { RunCommander } from './useRunCommand';
import { useStepPreview, type StepPreviewer } from './useStepPreview';
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
  runId: string;
  step: RunStepView;
  commander: RunCommander;
  /** What somebody must know who approves now. */
  cautions?: string[];
  /** Told when a command was accepted. */
  onSent?: (kind: RunCommandRequest['kind']) => void;
}) {
  const { runId, step, commander, cautions = [], onSent } = props;
  const classes = useStyles();
  const [asking, setAsking] = useState<StepActionKind>();
  const previewer = useStepPreview(
    runId,
    step.step.id,
    `${runId} ${step.step.id} ${JSON.stringify(step.state)}`,
  );
  const buttons = actionButtons(
    step.actions,
    step.state,
    step.approving?.isLast ?? false,
  );
  const preview = previewButton(step.actions, step.step.effect);
  if (buttons.length === 0) return null;
  const isSending = commander.state.status === 'sending';
  const failed =
    commander.state.status === 'failed' &&
    isAbout(commander.state.command, step.step.id)
      ? commander.state.error
      : undefined;
  const reasons = refusalLines(
    [...buttons, ...(preview ? [preview] : [])].filter(
      button => !failed || !tells(failed, button.because),
    ),
  );
  const mayApprove = buttons.some(
    button => button.kind === 'approve' && button.because === undefined,
  );

  const send = async (command: RunCommandRequest) => {
    if (!(await commander.send(command))) return;
    setAsking(undefined);
    onSent?.(command.kind);
  };
  const press = (kind: StepActionKind) => {
    const command = commandWithoutWords(kind, step);
    if (command) send(command);
    else setAsking(kind);
  };
  return (
    <div className={classes.root}>
      {asking === undefined ? (
        <Buttons
          buttons={buttons}
          preview={preview}
          previewer={previewer}
          isSending={isSending}
          onPress={press}
        />
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
      {mayApprove &&
        asking === undefined &&
        cautions.map(caution => (
          <Notice key={caution} tone="caution">
            {caution}
          </Notice>
        ))}
      {mayApprove && step.approving && asking === undefined && (
        <p className={classes.approving}>
          <NamedText text={step.approving.words} />
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
      {preview && isAskingFor(commander.state, step.step.id) && (
        <p className={classes.approving} role="status">
          What it would change is looked at first, which can take some seconds.
        </p>
      )}
      {failed && <LoadFailure error={failed} what="do that" />}
      {preview && <StepPreview previewer={previewer} />}
    </div>
  );
}

const VARIANTS = {
  primary: 'contained',
  plain: 'outlined',
  quiet: 'text',
} as const;

function Buttons(props: {
  buttons: StepButton[];
  preview?: PreviewButtonView;
  previewer: StepPreviewer;
  isSending: boolean;
  onPress: (kind: StepActionKind) => void;
}) {
  const { buttons, preview, previewer, isSending, onPress } = props;
  const classes = useStyles();
  return (
    <div className={classes.buttons}>
      {buttons.map(button => (
        <Fragment key={button.kind}>
          <ActionButton
            size="small"
            variant={VARIANTS[button.emphasis]}
            color={button.emphasis === 'primary' ? 'primary' : 'default'}
            disabled={Boolean(button.because) || isSending}
            onClick={() => onPress(button.kind)}
          >
            {button.label}
          </ActionButton>
          {preview && button.kind === 'request-approval' && (
            <PreviewButton button={preview} previewer={previewer} />
          )}
        </Fragment>
      ))}
    </div>
  );
}

function PreviewButton(props: {
  button: PreviewButtonView;
  previewer: StepPreviewer;
}) {
  const { button, previewer } = props;
  return (
    <ActionButton
      size="small"
      disabled={Boolean(button.because) || previewer.state.status === 'making'}
      onClick={previewer.make}
    >
      {button.label}
    </ActionButton>
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

/** An approval of the step is being asked for. */
function isAskingFor(state: RunCommander['state'], stepId: string): boolean {
  return (
    state.status === 'sending' &&
    state.command.kind === 'request-approval' &&
    state.command.stepId === stepId
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
