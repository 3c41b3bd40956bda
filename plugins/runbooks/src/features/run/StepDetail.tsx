import type {
  Plan,
  RunCommandRequest,
  StepState,
} from '@backstage-runbooks/plugin-runbooks-common';
import { makeStyles } from '@material-ui/core/styles';
import { useState } from 'react';
import { EntityName } from '../../components/EntityName';
import { Ago } from '../../components/Moment';
import { Notice } from '../../components/Notice';
import { ScopeText } from '../scope/ScopeText';
import { upperFirst } from '../../words/upperFirst';
import { RequirementLine } from '../step/RequirementLine';
import { StepBody } from '../step/StepBody';
import type { StepView } from '../step/stepView';
import { ApprovalBox } from './ApprovalBox';
import { approvalCautions, type FilesStatus } from './approvalCautions';
import { Approvers } from './Approvers';
import { AttemptView } from './AttemptView';
import { Judge } from './Judge';
import type { OutputFeed } from './OutputFeed';
import { Settle } from './Settle';
import { GivenApprovals } from './GivenApprovals';
import { SeenPreview } from './SeenPreview';
import { approvedWords } from './approvedWords';
import { approvalView } from './approvalView';
import { hasEnded } from './hasEnded';
import { StepActions } from './StepActions';
import { WayBackNotice } from './WayBackNotice';
import { WhatItDid } from './WhatItDid';
import type { RunStepView } from './runPageView';
import type { RunCommander } from './useRunCommand';
import { ForeignText } from '../../components/ForeignText';

const useStyles = makeStyles(
  theme => ({
    root: { display: 'grid', gap: theme.spacing(1.5), minWidth: 0 },
    quiet: {
      margin: 0,
      fontSize: 13,
      lineHeight: 1.5,
      color: theme.palette.text.secondary,
      overflowWrap: 'anywhere',
    },
  }),
  { name: 'RunbooksStepDetail' },
);

/** What a step needs to show itself. */
export interface StepDetailProps {
  runId: string;
  plan: Plan;
  step: RunStepView;
  eventCount: number;
  feed: OutputFeed;
  commander: RunCommander;
  /** The person looking has approved it here, just now. */
  isApprovedHere?: boolean;
  /** Told when something that the person wanted to do with it was accepted. */
  onSent?: (kind: RunCommandRequest['kind']) => void;
}

/** Everything about one step of a run, in the order of use: text, state, output, expectation, decisions. */
export function StepDetail(props: StepDetailProps) {
  const { plan, step, commander } = props;
  const classes = useStyles();
  const { state } = step;
  const [files, setFiles] = useState<FilesStatus>('loading');
  const judgement = hasEnded(state) ? state.judgement : undefined;
  const approved = props.isApprovedHere
    ? approvedWords(state, step.approvals)
    : undefined;
  return (
    <div className={classes.root}>
      {approved && <Notice live tone={approved.tone} title={approved.title} />}
      <StepBody
        step={shownStep(step)}
        isOver={hasEnded(state)}
        // What stands in the box of the approval is not said twice
        said={
          state.status === 'waiting-approval'
            ? upperFirst(step.step.because)
            : undefined
        }
        checkResults={isJudged(state) ? <></> : undefined}
      >
        <StateDetail {...props} state={state} />
      </StepBody>
      {step.wayBack && (
        <WayBackNotice runId={props.runId} plan={plan} stepId={step.wayBack} />
      )}
      <Judge
        stepId={step.step.id}
        judgement={judgement}
        actions={step.actions}
        commander={commander}
      />
      {state.status === 'waiting-approval' && (
        <ApprovalBox
          runId={props.runId}
          stepId={step.planned.id}
          request={state.request}
          view={approvalView(state.request, step.planned, plan)}
          isOver={step.isOver}
          onFiles={setFiles}
        />
      )}
      {state.status === 'pending' && !step.isOver && step.step.requirement && (
        <RequirementLine requirement={step.step.requirement} withoutNames />
      )}
      {step.scope && state.status !== 'waiting-approval' && (
        <ScopeText scope={step.scope} />
      )}
      {needsApprover(step) && (
        <Approvers
          parts={step.approvals}
          isAsked={state.status === 'waiting-approval'}
          whyThese={step.step.requirement?.whyThese}
        />
      )}
      <StepActions
        runId={props.runId}
        step={step}
        commander={commander}
        onSent={props.onSent}
        cautions={
          state.status === 'waiting-approval'
            ? approvalCautions(
                files,
                state.request.preview,
                step.planned.display,
              )
            : undefined
        }
      />
    </div>
  );
}

/** What the approval covers is told in its box, and not twice; how a step that has ended was judged is no news. */
function shownStep({ step, state }: RunStepView): StepView {
  if (state.status === 'waiting-approval') {
    return { ...step, asWritten: undefined, secrets: { kind: 'none' } };
  }
  return hasEnded(state) ? { ...step, asWritten: undefined } : step;
}

/** Its checks then stand with the output. */
function isJudged(state: StepState) {
  return hasEnded(state) && state.result.expectations !== undefined;
}

/** An approval is still to be given and somebody may ask for it. */
function needsApprover({ state, approvals, isOver, actions }: RunStepView) {
  if (isOver || approvals.length === 0) return false;
  return (
    state.status === 'waiting-approval' ||
    (state.status === 'pending' && actions.length > 0)
  );
}

function StateDetail(props: StepDetailProps & { state: StepState }) {
  const { runId, step, state, eventCount, feed, commander } = props;
  const classes = useStyles();
  const stepId = step.step.id;
  switch (state.status) {
    case 'pending':
      return state.returnedBecause === undefined ? null : (
        <Notice tone="caution" title="It was not started">
          {upperFirst(state.returnedBecause)}
        </Notice>
      );
    case 'queued':
      return (
        <>
          <p className={classes.quiet}>Waiting for a worker to take it.</p>
          <GivenApprovals approval={state.approval} />
        </>
      );
    case 'running':
      return (
        <>
          <AttemptView
            runId={runId}
            stepId={stepId}
            attempt={state.attempt}
            startedAt={state.startedAt}
            feed={feed}
          />
          <GivenApprovals approval={state.approval} />
        </>
      );
    case 'succeeded':
    case 'failed':
      return (
        <>
          <AttemptView
            runId={runId}
            stepId={stepId}
            attempt={state.attempt}
            result={state.result}
            feed={feed}
          />
          <GivenApprovals approval={state.approval} />
          <WhatItDid
            runId={runId}
            stepId={stepId}
            attempt={state.attempt}
            eventCount={eventCount}
            calls={state.result.calls}
          />
        </>
      );
    case 'interrupted':
      return (
        <>
          <AttemptView
            runId={runId}
            stepId={stepId}
            attempt={state.attempt}
            feed={feed}
          />
          <GivenApprovals approval={state.approval} />
          <Settle
            runId={runId}
            stepId={stepId}
            attempt={state.attempt}
            because={state.because}
            eventCount={eventCount}
            actions={step.actions}
            commander={commander}
          />
        </>
      );
    case 'denied':
      return (
        <>
          <Notice tone="danger" title="The approval was denied">
            <EntityName entityRef={state.deniedBy} />,{' '}
            <Ago at={state.deniedAt} />
            {state.reason && <ForeignText text={`: "${state.reason}"`} />}
          </Notice>
          <SeenPreview request={state.request} />
        </>
      );
    case 'confirmed':
      return (
        <p className={classes.quiet}>
          Done, says <EntityName entityRef={state.by} />, <Ago at={state.at} />
          {state.note && <ForeignText text={`: "${state.note}"`} />}
        </p>
      );
    case 'skipped':
      return (
        <p className={classes.quiet}>
          Skipped by <EntityName entityRef={state.by} />, <Ago at={state.at} />:
          &quot;
          <ForeignText text={state.reason} />
          &quot;
        </p>
      );
    default:
      return null;
  }
}
