import type { EntityRunbooks } from '@backstage-runbooks/plugin-runbooks-common';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { makeStyles } from '@material-ui/core/styles';
import { useState } from 'react';
import { ActionButton } from '../../components/ActionButton';
import { Panel } from '../../components/Panel';
import { countWords } from '../../words/procedureWords';
import { runbooksTranslationRef } from '../../translation';
import { DocumentSection } from './DocumentSection';
import { ProcedureColumns } from './ProcedureColumns';
import { ProcedureFilters } from './ProcedureFilters';
import { procedureList, type ProcedureFilter } from './procedureList';

const NO_FILTER: ProcedureFilter = { text: '' };

const useStyles = makeStyles(
  theme => ({
    none: {
      display: 'grid',
      justifyItems: 'center',
      gap: theme.spacing(1.5),
      padding: theme.spacing(4, 2),
      fontSize: 14,
      color: theme.palette.text.secondary,
      textAlign: 'center',
    },
    count: {
      fontSize: 13,
      color: theme.palette.text.secondary,
      whiteSpace: 'nowrap',
    },
  }),
  { name: 'RunbooksProcedureListPanel' },
);

/** All procedures of a service, searchable, grouped by document. */
export function ProcedureListPanel(props: {
  runbooks: EntityRunbooks;
  toProcedure: (runbookId: string, procedureId: string) => string;
}) {
  const classes = useStyles();
  const { t } = useTranslationRef(runbooksTranslationRef);
  const [filter, setFilter] = useState(NO_FILTER);
  const list = procedureList(props.runbooks, filter);
  return (
    <Panel
      title={t('tab.procedures')}
      flush
      actions={
        <span className={classes.count} role="status">
          {list.shown === list.total
            ? countWords(list.total, 'procedure')
            : `${list.shown} of ${list.total}`}
        </span>
      }
    >
      {list.total > 0 && (
        <ProcedureFilters list={list} filter={filter} onChange={setFilter} />
      )}
      {list.shown > 0 && <ProcedureColumns />}
      {list.documents.map(document => (
        <DocumentSection
          key={document.id}
          document={document}
          toProcedure={props.toProcedure}
        />
      ))}
      {list.documents.length === 0 && list.total > 0 && (
        <div className={classes.none}>
          No procedure matches.
          <ActionButton
            size="small"
            variant="outlined"
            onClick={() => setFilter(NO_FILTER)}
          >
            Show all
          </ActionButton>
        </div>
      )}
    </Panel>
  );
}
