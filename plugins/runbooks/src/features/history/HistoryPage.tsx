import type { EntityRef } from '@backstage-runbooks/plugin-runbooks-common';
import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { makeStyles } from '@material-ui/core/styles';
import { useSearchParams } from 'react-router-dom';
import { runbooksApiRef } from '../../api/RunbooksApi';
import { useLoaded } from '../../async/useLoaded';
import { ActionButton } from '../../components/ActionButton';
import { LoadFailure } from '../../components/LoadFailure';
import { Panel } from '../../components/Panel';
import { Waiting } from '../../components/Waiting';
import { runbooksTranslationRef } from '../../translation';
import { HoldsPanel } from '../hold/HoldsPanel';
import { HistoryFilters } from './HistoryFilters';
import { RunTable } from './RunTable';
import { historyQuery, withFilter } from './historyQuery';
import { useEntityOptions } from './useEntityOptions';
import { useHistoryExport } from './useHistoryExport';
import { useRunHistory, type RunHistory } from './useRunHistory';

const SERVICE_KINDS = [
  'component',
  'system',
  'domain',
  'resource',
  'api',
  'group',
];
const PERSON_KINDS = ['user'];

const useStyles = makeStyles(
  theme => ({
    page: { display: 'grid', gap: theme.spacing(1.5) },
    message: { padding: theme.spacing(0, 2, 2) },
    none: {
      padding: theme.spacing(5, 2),
      textAlign: 'center',
      fontSize: 14,
      color: theme.palette.text.secondary,
    },
    more: {
      display: 'grid',
      justifyItems: 'center',
      gap: theme.spacing(1),
      padding: theme.spacing(2),
    },
  }),
  { name: 'RunbooksHistoryPage' },
);

/** What was run on all services that the person may see. */
export function HistoryPage() {
  const { t } = useTranslationRef(runbooksTranslationRef);
  const classes = useStyles();
  const [parameters, setParameters] = useSearchParams();
  const query = historyQuery(parameters);
  const { history, loadMore, reload } = useRunHistory(query);
  const { state: exporting, exportRuns } = useHistoryExport(query);
  const services = useEntityOptions(SERVICE_KINDS);
  const people = useEntityOptions(PERSON_KINDS);
  const procedures = useProcedureOptions(query.entityRef);
  return (
    <div className={classes.page}>
      <HoldsPanel />
      <Panel
        title={t('page.runs')}
        flush
        actions={
          <ActionButton
            size="small"
            variant="outlined"
            disabled={exporting.status === 'exporting'}
            onClick={exportRuns}
          >
            {t('page.exportCsv')}
          </ActionButton>
        }
      >
        {exporting.status === 'failed' && (
          <LoadFailure error={exporting.error} what="export the runs" />
        )}
        <HistoryFilters
          query={query}
          services={services}
          people={people}
          procedures={procedures}
          onChange={(name, value) =>
            setParameters(withFilter(parameters, name, value), {
              replace: true,
            })
          }
          onClear={() => setParameters({}, { replace: true })}
        />
        <Runs
          history={history}
          isFiltered={Object.keys(query).length > 0}
          onMore={loadMore}
          onRetry={reload}
        />
      </Panel>
    </div>
  );
}

function Runs(props: {
  history: RunHistory;
  isFiltered: boolean;
  onMore: () => void;
  onRetry: () => void;
}) {
  const { history, isFiltered, onMore, onRetry } = props;
  const classes = useStyles();
  switch (history.status) {
    case 'loading':
      return (
        <div className={classes.message}>
          <Waiting what="runs" lines={8} lineHeight={44} />
        </div>
      );
    case 'failed':
      return (
        <div className={classes.message}>
          <LoadFailure
            error={history.error}
            what="load the runs"
            onRetry={onRetry}
          />
        </div>
      );
    default:
      return history.runs.length === 0 && !history.nextCursor ? (
        <div className={classes.none}>
          {isFiltered ? 'No run matches.' : 'Nothing has been run yet.'}
        </div>
      ) : (
        <>
          {history.runs.length > 0 ? (
            <RunTable runs={history.runs} />
          ) : (
            // Runs that one may not see take their place in the pages.
            <div className={classes.none}>None so far; older ones may.</div>
          )}
          {history.nextCursor && (
            <div className={classes.more}>
              <ActionButton
                size="small"
                variant="outlined"
                disabled={history.more === 'loading'}
                onClick={onMore}
              >
                {history.more === 'loading' ? 'Loading' : 'Show older runs'}
              </ActionButton>
              {history.more instanceof Error && (
                <LoadFailure error={history.more} what="load older runs" />
              )}
            </div>
          )}
        </>
      );
  }
}

/** Procedures of the chosen service; none until one is chosen. */
function useProcedureOptions(entityRef: EntityRef | undefined) {
  const api = useApi(runbooksApiRef);
  const loaded = useLoaded(async () => {
    if (!entityRef) return [];
    const { runbooks } = await api.getEntityRunbooks(entityRef);
    return runbooks.flatMap(runbook =>
      runbook.procedures.map(({ id, title }) => ({ id, title })),
    );
  }, entityRef ?? '');
  return loaded.status === 'ready' ? loaded.value : [];
}
