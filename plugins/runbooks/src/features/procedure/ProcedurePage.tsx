import type {
  EntityRef,
  ProcedureView,
} from '@backstage-runbooks/plugin-runbooks-common';
import { Link } from '@backstage/core-components';
import { makeStyles } from '@material-ui/core/styles';
import { useReducer } from 'react';
import { useLocation } from 'react-router-dom';
import { LoadFailure } from '../../components/LoadFailure';
import { NarrowFrame, PageFrame } from '../../components/PageFrame';
import { Waiting } from '../../components/Waiting';
import { procedurePath } from '../../paths';
import { EntityHolds } from '../hold/EntityHolds';
import { FollowedHealthPanel } from '../runbook/FollowedHealthPanel';
import { Background } from './Background';
import { PhaseSection } from './PhaseSection';
import { ProcedureHead } from './ProcedureHead';
import { StartPanel } from './StartPanel';
import {
  changePlanForm,
  initialPlanForm,
  planRequest,
  whyNotStart,
} from './planForm';
import { procedurePageView } from './procedurePageView';
import { usePlan } from './usePlan';
import { useProcedure } from './useProcedure';
import { useStart } from './useStart';
import { carriedValues } from './valuesOfRun';

const useStyles = makeStyles(
  { undo: { margin: 0, fontSize: 14 } },
  { name: 'RunbooksProcedurePage' },
);

/** One procedure: read it, fill it in, see the exact commands, start it. */
export function ProcedurePage(props: {
  entityRef: EntityRef;
  runbookId: string;
  procedureId: string;
  basePath: string;
}) {
  const { entityRef, runbookId, procedureId, basePath } = props;
  const procedure = useProcedure({ entityRef, runbookId, procedureId });
  switch (procedure.status) {
    case 'loading':
      return (
        <NarrowFrame>
          <Waiting what="the procedure" lines={10} lineHeight={36} />
        </NarrowFrame>
      );
    case 'failed':
      return (
        <NarrowFrame>
          <Link to={basePath}>All procedures</Link>
          <LoadFailure
            error={procedure.error}
            what="load this procedure"
            onRetry={procedure.reload}
          />
        </NarrowFrame>
      );
    default:
      return (
        <LoadedProcedure
          key={`${runbookId}|${procedureId}`}
          view={procedure.value}
          basePath={basePath}
        />
      );
  }
}

function LoadedProcedure(props: { view: ProcedureView; basePath: string }) {
  const { view, basePath } = props;
  const classes = useStyles();
  const { state: carried } = useLocation();
  const [form, change] = useReducer(changePlanForm, view, () =>
    initialPlanForm(view, carriedValues(carried)),
  );
  const request = planRequest(view, form);
  const { state: plan, planAgain } = usePlan(request, view.mayPlan);
  const { state: start, start: startRun } = useStart(planAgain);
  const page = procedurePageView(
    view,
    plan.status === 'refused' ? undefined : plan.plan,
  );
  return (
    <PageFrame
      head={
        <>
          <ProcedureHead
            page={page}
            runbook={view.runbook}
            line={view.procedure.line}
            backTo={basePath}
          />
          <EntityHolds entityRef={view.entityRef} />
        </>
      }
      side={
        <>
          <StartPanel
            view={view}
            form={form}
            onChange={change}
            plan={plan}
            onPlanAgain={planAgain}
            start={start}
            whyNot={whyNotStart(view, form, plan)}
            onStart={() => {
              if (plan.status !== 'planned') return;
              startRun({ ...request, planDigest: plan.plan.digest });
            }}
          />
          <FollowedHealthPanel entityRef={view.entityRef} />
        </>
      }
      main={
        <>
          <Background page={page} />
          {page.phases.map(phase => (
            <PhaseSection key={phase.key} phase={phase} />
          ))}
          {view.procedure.rollbackProcedureId && (
            <p className={classes.undo}>
              To undo this, follow{' '}
              <Link
                to={`${basePath}/${procedurePath(
                  view.runbook.id,
                  view.procedure.rollbackProcedureId,
                )}`}
              >
                its rollback procedure
              </Link>
              .
            </p>
          )}
        </>
      }
    />
  );
}
