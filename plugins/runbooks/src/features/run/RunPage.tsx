import type { RunView } from '@backstage-runbooks/plugin-runbooks-common';
import { Link } from '@backstage/core-components';
import { useSearchParams } from 'react-router-dom';
import type { StreamConnection } from '../../api/followStream';
import { CannotSee } from '../../components/CannotSee';
import { Notice } from '../../components/Notice';
import { NarrowFrame, PageFrame } from '../../components/PageFrame';
import { Panel } from '../../components/Panel';
import { Unseen } from '../../components/Unseen';
import { Waiting } from '../../components/Waiting';
import { STEP_PARAMETER, useRunbooksPaths } from '../../paths';
import { HoldNotices } from '../hold/HoldNotices';
import { FollowedHealthPanel } from '../runbook/FollowedHealthPanel';
import { LedgerPanel } from './LedgerPanel';
import { RetryNote } from './RetryNote';
import { RunDecisions } from './RunDecisions';
import { RunHead } from './RunHead';
import { RunPhase } from './RunPhase';
import { RunProgress } from './RunProgress';
import { StepItem } from './StepItem';
import { runPageView, type RunPageView } from './runPageView';
import { useReadNotices } from './useReadNotices';
import { useRun, type FollowedRun } from './useRun';
import { useRunCommand } from './useRunCommand';
import { ForeignText } from '../../components/ForeignText';

/** One run, live: its steps, what they print, who decides what, and the health of the service meanwhile. */
export function RunPage({ runId }: { runId: string }) {
  const followed = useRun(runId);
  if (followed.view) {
    return <LoadedRun followed={followed} view={followed.view} />;
  }
  return (
    <NarrowFrame>
      <NoRun connection={followed.connection} />
    </NarrowFrame>
  );
}

function NoRun({ connection }: { connection: StreamConnection }) {
  const paths = useRunbooksPaths();
  switch (connection.kind) {
    case 'lost':
    case 'denied':
      return (
        <>
          <Link to={paths.history()}>All runs</Link>
          <CannotSee error={connection.error} what="this run" />
        </>
      );
    default:
      return <Waiting what="the run" lines={10} lineHeight={36} />;
  }
}

function LoadedRun(props: { followed: FollowedRun; view: RunView }) {
  const { followed, view } = props;
  const { run } = view;
  const commander = useRunCommand(run.id, followed.apply);
  useReadNotices(run.id, run.eventCount);
  const page = runPageView(view);
  const [parameters] = useSearchParams();
  const linkedStepId = parameters.get(STEP_PARAMETER) ?? undefined;
  const isDeadLink =
    linkedStepId !== undefined &&
    !run.plan.steps.some(step => step.id === linkedStepId);
  return (
    <PageFrame
      head={
        <>
          <RunHead view={view} page={page} commander={commander} />
          <RunProgress view={view} page={page} commander={commander} />
          {view.holds && <HoldNotices holds={view.holds} />}
          {followed.connection.kind === 'lost' && (
            <Notice tone="caution" live title="No news from the server">
              What is shown may be old. It is tried again by itself.
            </Notice>
          )}
          {view.entityIsGone && (
            <Notice tone="info" title="Its service is gone">
              <ForeignText text={run.plan.entityRef} /> is not in the catalog
              any more. What the run did stays here.
            </Notice>
          )}
          {view.retry && <RetryNote retry={view.retry} />}
          {isDeadLink && (
            <Notice
              tone="caution"
              live
              title="The step of this link is not here"
            >
              This run has no step <ForeignText text={linkedStepId} />; no step
              was opened instead.
            </Notice>
          )}
          <Unseen role="status">{announcement(page)}</Unseen>
        </>
      }
      side={
        view.entityIsGone ? undefined : (
          <FollowedHealthPanel entityRef={run.plan.entityRef} />
        )
      }
      main={
        <>
          {page.phases.map(phase => (
            <RunPhase
              key={phase.key}
              phase={phase}
              renderStep={step => (
                <StepItem
                  key={`${step.step.id}|${linkedStepId ?? ''}`}
                  runId={run.id}
                  plan={run.plan}
                  step={step}
                  eventCount={run.eventCount}
                  feed={followed.feed}
                  commander={commander}
                  isCurrent={step.step.id === page.currentStepId}
                  linkedStepId={linkedStepId}
                />
              )}
            />
          ))}
          {isAtItsEnd(view, page) && (
            <Panel title="End of the run">
              <RunDecisions view={view} commander={commander} />
            </Panel>
          )}
        </>
      }
      end={
        <LedgerPanel
          runId={run.id}
          plan={run.plan}
          eventCount={run.eventCount}
        />
      }
    />
  );
}

/** Whoever may finish it finds the buttons also where the steps end, once something is done. */
function isAtItsEnd({ run, viewer }: RunView, { done }: RunPageView): boolean {
  return run.status.kind === 'open' && done > 0 && viewer.finish.allowed;
}

/** Said to screen readers whenever it changes. */
function announcement(page: RunPageView) {
  const current = page.phases
    .flatMap(phase => phase.steps)
    .find(one => one.step.id === page.currentStepId);
  return current
    ? `Step ${current.step.number}, ${current.step.title}: ${current.words.label}`
    : `Run ${page.state.label}`;
}
