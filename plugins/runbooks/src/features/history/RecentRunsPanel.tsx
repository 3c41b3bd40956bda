import type { EntityRef } from '@backstage-runbooks/plugin-runbooks-common';
import { Link } from '@backstage/core-components';
import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { makeStyles } from '@material-ui/core/styles';
import { runbooksApiRef } from '../../api/RunbooksApi';
import { useLoaded } from '../../async/useLoaded';
import { CannotSee } from '../../components/CannotSee';
import { Panel } from '../../components/Panel';
import { Waiting } from '../../components/Waiting';
import { useRunbooksPaths } from '../../paths';
import { runbooksTranslationRef } from '../../translation';
import { RunLines } from './RunLines';

const RECENT = 5;

const useStyles = makeStyles(
  theme => ({
    more: { fontSize: 13, whiteSpace: 'nowrap' },
    none: { margin: 0, fontSize: 14, color: theme.palette.text.secondary },
  }),
  { name: 'RunbooksRecentRuns' },
);

/** The newest runs of a service, with the way to all of them. */
export function RecentRunsPanel({ entityRef }: { entityRef: EntityRef }) {
  const classes = useStyles();
  const { t } = useTranslationRef(runbooksTranslationRef);
  const paths = useRunbooksPaths();
  const api = useApi(runbooksApiRef);
  const runs = useLoaded(
    () => api.listRuns({ entityRef, limit: RECENT }),
    entityRef,
  );
  return (
    <Panel
      title={t('tab.recentRuns')}
      actions={
        // Nobody is led to more of what they may not see.
        runs.status !== 'failed' && (
          <Link className={classes.more} to={paths.history({ entityRef })}>
            {t('tab.allRuns')}
          </Link>
        )
      }
    >
      {runs.status === 'loading' && <Waiting what="recent runs" lines={4} />}
      {runs.status === 'failed' && (
        <CannotSee
          error={runs.error}
          what="recent runs"
          onRetry={runs.reload}
        />
      )}
      {runs.status === 'ready' &&
        (runs.value.runs.length > 0 ? (
          <RunLines runs={runs.value.runs} />
        ) : (
          <p className={classes.none}>
            Nothing has been run on this service yet.
          </p>
        ))}
    </Panel>
  );
}
