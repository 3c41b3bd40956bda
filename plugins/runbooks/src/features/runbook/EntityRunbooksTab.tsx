import type { EntityRef } from '@backstage-runbooks/plugin-runbooks-common';
import { makeStyles } from '@material-ui/core/styles';
import { LoadFailure } from '../../components/LoadFailure';
import { Panel } from '../../components/Panel';
import { Waiting } from '../../components/Waiting';
import { procedurePath } from '../../paths';
import { HealthPanel } from '../health/HealthPanel';
import { useHealth } from '../health/useHealth';
import { WhatFits } from '../health/WhatFits';
import { RecentRunsPanel } from '../history/RecentRunsPanel';
import { OnCallPanel } from '../oncall/OnCallPanel';
import { writtenContacts } from '../oncall/onCallView';
import { FittingPanel } from './FittingPanel';
import { HowToAnnotate } from './HowToAnnotate';
import { ProcedureListPanel } from './ProcedureListPanel';
import { SourceProblems } from './SourceProblems';
import { fittingProcedures } from './fittingProcedures';
import { useEntityRunbooks } from './useEntityRunbooks';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'grid',
      gap: theme.spacing(2),
      alignItems: 'start',
      gridTemplateColumns: 'minmax(0, 1fr) minmax(300px, 360px)',
      gridTemplateRows: 'auto auto 1fr',
      gridTemplateAreas: `"main health" "main oncall" "main runs"`,
      [theme.breakpoints.down('md')]: {
        gridTemplateColumns: 'minmax(0, 1fr)',
        gridTemplateRows: 'none',
        gridTemplateAreas: `"health" "oncall" "main" "runs"`,
      },
    },
    health: { gridArea: 'health', minWidth: 0 },
    onCall: { gridArea: 'oncall', minWidth: 0 },
    runs: { gridArea: 'runs', minWidth: 0 },
    main: {
      gridArea: 'main',
      minWidth: 0,
      display: 'grid',
      gap: theme.spacing(2),
    },
  }),
  { name: 'RunbooksEntityTab' },
);

/** The tab of a service: is it healthy, who is on call, what can be done, what was done. */
export function EntityRunbooksTab(props: {
  entityRef: EntityRef;
  basePath: string;
}) {
  const { entityRef, basePath } = props;
  const classes = useStyles();
  const health = useHealth(entityRef);
  const runbooks = useEntityRunbooks(entityRef);
  const toProcedure = (runbookId: string, procedureId: string) =>
    `${basePath}/${procedurePath(runbookId, procedureId)}`;
  const written =
    runbooks.status === 'ready'
      ? writtenContacts(runbooks.value.runbooks)
      : undefined;
  const fitting =
    runbooks.status === 'ready'
      ? fittingProcedures(
          health.status === 'shown' ? health.signals : [],
          runbooks.value.runbooks,
        )
      : [];
  const [best] = fitting;
  return (
    <div className={classes.root}>
      <div className={classes.health}>
        <HealthPanel
          health={health}
          whatToDo={
            runbooks.status === 'ready' && (
              <WhatFits
                entityRef={entityRef}
                best={
                  best
                    ? {
                        title: best.title,
                        to: toProcedure(best.runbookId, best.procedureId),
                      }
                    : null
                }
              />
            )
          }
        />
      </div>
      <div className={classes.onCall}>
        <OnCallPanel entityRef={entityRef} written={written} />
      </div>
      <div className={classes.main}>
        {runbooks.status === 'loading' && (
          <Panel title="Procedures">
            <Waiting what="runbooks" lines={8} lineHeight={40} />
          </Panel>
        )}
        {runbooks.status === 'failed' && (
          <LoadFailure
            error={runbooks.error}
            what="load the runbooks"
            onRetry={runbooks.reload}
          />
        )}
        {runbooks.status === 'ready' && (
          <>
            <SourceProblems problems={runbooks.value.problems} />
            <FittingPanel procedures={fitting} toProcedure={toProcedure} />
            {runbooks.value.annotated ? (
              <ProcedureListPanel
                runbooks={runbooks.value}
                toProcedure={toProcedure}
              />
            ) : (
              <HowToAnnotate entityRef={entityRef} />
            )}
          </>
        )}
      </div>
      <div className={classes.runs}>
        <RecentRunsPanel entityRef={entityRef} />
      </div>
    </div>
  );
}
