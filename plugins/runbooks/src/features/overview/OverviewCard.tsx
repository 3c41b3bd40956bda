import { stringifyEntityRef } from '@backstage/catalog-model';
import { Link } from '@backstage/core-components';
import { useApi } from '@backstage/core-plugin-api';
import { useEntity } from '@backstage/plugin-catalog-react';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { makeStyles } from '@material-ui/core/styles';
import { runbooksApiRef } from '../../api/RunbooksApi';
import { useLoaded } from '../../async/useLoaded';
import { useNow } from '../../async/useNow';
import { CannotSee } from '../../components/CannotSee';
import { Panel } from '../../components/Panel';
import { Waiting } from '../../components/Waiting';
import { hairline } from '../../components/toneColors';
import { useRunbooksPaths } from '../../paths';
import { viewerTimeZone } from '../../words/timeWords';
import { HealthSummary } from '../health/HealthSummary';
import { useHealth } from '../health/useHealth';
import { WhatFits } from '../health/WhatFits';
import { RunLines } from '../history/RunLines';
import { OnCallNow } from '../oncall/OnCallNow';
import { onCallCardView } from '../oncall/onCallView';
import { useOnCall } from '../oncall/useOnCall';
import { runbooksTranslationRef } from '../../translation';

const useStyles = makeStyles(
  theme => ({
    part: {
      '& + &': {
        marginTop: theme.spacing(2),
        paddingTop: theme.spacing(2),
        borderTop: `1px solid ${hairline(theme)}`,
      },
    },
    link: { fontSize: 13 },
    none: { margin: 0, fontSize: 14, color: theme.palette.text.secondary },
  }),
  { name: 'RunbooksOverviewCard' },
);

/** On the overview of a service: is it healthy, who is on call, what was run last. */
export function OverviewCard() {
  const { entity } = useEntity();
  const entityRef = stringifyEntityRef(entity);
  const classes = useStyles();
  const paths = useRunbooksPaths();
  const { t } = useTranslationRef(runbooksTranslationRef);
  const health = useHealth(entityRef);
  return (
    <Panel
      title={t('overview.title')}
      actions={
        <Link className={classes.link} to={paths.tab(entityRef)}>
          {t('overview.link')}
        </Link>
      }
    >
      <div className={classes.part}>
        <HealthSummary
          health={health}
          brief
          whatToDo={<WhatFits entityRef={entityRef} />}
        />
      </div>
      <div className={classes.part}>
        <OnCallPart entityRef={entityRef} />
      </div>
      <div className={classes.part}>
        <LastRunPart entityRef={entityRef} />
      </div>
    </Panel>
  );
}

function OnCallPart({ entityRef }: { entityRef: string }) {
  const onCall = useOnCall(entityRef);
  const now = useNow();
  const timeZone = viewerTimeZone();
  switch (onCall.status) {
    case 'loading':
      return <Waiting what="who is on call" lines={2} />;
    case 'failed':
      return (
        <CannotSee
          error={onCall.error}
          what="who is on call"
          onRetry={onCall.reload}
        />
      );
    default:
      return (
        <OnCallNow
          view={onCallCardView(onCall.value, now, timeZone)}
          timeZone={timeZone}
        />
      );
  }
}

function LastRunPart({ entityRef }: { entityRef: string }) {
  const classes = useStyles();
  const api = useApi(runbooksApiRef);
  const runs = useLoaded(
    () => api.listRuns({ entityRef, limit: 1 }),
    entityRef,
  );
  switch (runs.status) {
    case 'loading':
      return <Waiting what="the last run" lines={2} />;
    case 'failed':
      return (
        <CannotSee
          error={runs.error}
          what="the last run"
          onRetry={runs.reload}
        />
      );
    default:
      return runs.value.runs.length > 0 ? (
        <RunLines runs={runs.value.runs} />
      ) : (
        <p className={classes.none}>
          Nothing has been run on this service yet.
        </p>
      );
  }
}
