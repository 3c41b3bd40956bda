import type { RunView } from '@backstage-runbooks/plugin-runbooks-common';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { makeStyles } from '@material-ui/core/styles';
import { EntityName } from '../../components/EntityName';
import { Notice } from '../../components/Notice';
import { Panel } from '../../components/Panel';
import { runbooksTranslationRef } from '../../translation';

const useStyles = makeStyles(
  theme => ({
    list: {
      listStyle: 'none',
      margin: 0,
      padding: 0,
      display: 'grid',
      gap: theme.spacing(0.75),
      fontSize: 14,
      overflowWrap: 'anywhere',
    },
    by: { fontSize: 12.5, color: theme.palette.text.secondary },
  }),
  { name: 'RunbooksApproversPanel' },
);

/** Whom to ask for an approval, by name. */
export function ApproversPanel({ view }: { view: RunView }) {
  const classes = useStyles();
  const { t } = useTranslationRef(runbooksTranslationRef);
  return (
    <Panel title={t('run.approvers')}>
      {view.approvers.length === 0 ? (
        <Notice tone="caution">
          Nobody but the person who started it could approve.
        </Notice>
      ) : (
        <ul className={classes.list}>
          {view.approvers.map(approver => (
            <li key={approver.userRef}>
              <EntityName entityRef={approver.userRef} />
              <div className={classes.by}>{approver.entitledBy}</div>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
