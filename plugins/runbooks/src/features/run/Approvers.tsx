import type { RunView } from '@backstage-runbooks/plugin-runbooks-common';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { makeStyles } from '@material-ui/core/styles';
import { EntityName } from '../../components/EntityName';
import { Notice } from '../../components/Notice';
import { runbooksTranslationRef } from '../../translation';

const useStyles = makeStyles(
  theme => ({
    root: { fontSize: 13, lineHeight: 1.5, overflowWrap: 'anywhere' },
    list: { margin: 0, paddingLeft: 18, listStyle: 'disc' },
    by: { color: theme.palette.text.secondary },
  }),
  { name: 'RunbooksApprovers' },
);

/** Whom to ask for an approval, by name, and what entitles them. */
export function Approvers(props: { approvers: RunView['approvers'] }) {
  const { approvers } = props;
  const { t } = useTranslationRef(runbooksTranslationRef);
  const classes = useStyles();
  if (approvers.length === 0) {
    return (
      <Notice tone="caution">
        Nobody but the person who started the run could approve.
      </Notice>
    );
  }
  return (
    <div className={classes.root}>
      {t('run.approvers')}:
      <ul className={classes.list}>
        {approvers.map(approver => (
          <li key={approver.userRef}>
            <EntityName entityRef={approver.userRef} />{' '}
            <span className={classes.by}>({approver.entitledBy})</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
