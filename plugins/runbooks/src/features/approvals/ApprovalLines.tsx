import type { WaitingApproval } from '@backstage-runbooks/plugin-runbooks-common';
import { Link } from '@backstage/core-components';
import { makeStyles } from '@material-ui/core/styles';
import { EffectTag } from '../../components/EffectTag';
import { EntityName } from '../../components/EntityName';
import { EntityNames } from '../../components/EntityNames';
import { Ago, Until } from '../../components/Moment';
import { hairline } from '../../components/toneColors';
import { useRunbooksPaths } from '../../paths';
import { ForeignText } from '../../components/ForeignText';

const useStyles = makeStyles(
  theme => ({
    root: { listStyle: 'none', margin: 0, padding: 0 },
    line: {
      display: 'grid',
      gridTemplateColumns: 'minmax(0, 1fr) 132px 200px 130px',
      alignItems: 'center',
      gap: theme.spacing(0.5, 2),
      padding: theme.spacing(1.25, 2),
      fontSize: 13,
      lineHeight: 1.5,
      '&:not(:first-child)': { borderTop: `1px solid ${hairline(theme)}` },
      '&:hover': { backgroundColor: theme.palette.action.hover },
      [theme.breakpoints.down('sm')]: {
        gridTemplateColumns: 'minmax(0, 1fr)',
      },
    },
    title: { fontSize: 14, fontWeight: 500, overflowWrap: 'anywhere' },
    quiet: { color: theme.palette.text.secondary, overflowWrap: 'anywhere' },
    none: {
      padding: theme.spacing(5, 2),
      textAlign: 'center',
      fontSize: 14,
      color: theme.palette.text.secondary,
    },
  }),
  { name: 'RunbooksApprovalLines' },
);

/** Approvals in the order they expire, each leading to the step it is about. */
export function ApprovalLines(props: { approvals: WaitingApproval[] }) {
  const classes = useStyles();
  const paths = useRunbooksPaths();
  if (props.approvals.length === 0) {
    return <div className={classes.none}>Nothing waits for your approval.</div>;
  }
  const soonest = [...props.approvals].sort((a, b) =>
    a.expiresAt.localeCompare(b.expiresAt),
  );
  return (
    <ul className={classes.root}>
      {soonest.map(approval => (
        <li
          key={`${approval.runId}|${approval.stepId}`}
          className={classes.line}
        >
          <div>
            <Link
              to={paths.run(approval.runId, approval.stepId)}
              className={classes.title}
            >
              <ForeignText text={approval.stepTitle} />
            </Link>
            <div className={classes.quiet}>
              <ForeignText text={approval.procedureTitle} /> on{' '}
              <EntityName entityRef={approval.entityRef} />
            </div>
            {isOfOthers(approval) && (
              <div className={classes.quiet}>
                Missing: <EntityNames entityRefs={approval.approvalOf} />
              </div>
            )}
          </div>
          <span>
            <EffectTag effect={approval.effect} />
          </span>
          <span className={classes.quiet}>
            <EntityName entityRef={approval.requestedBy} />,{' '}
            <Ago at={approval.requestedAt} />
          </span>
          <span className={classes.quiet}>
            Expires <Until at={approval.expiresAt} />
          </span>
        </li>
      ))}
    </ul>
  );
}

/** The entity of the run is told already. */
function isOfOthers({ approvalOf, entityRef }: WaitingApproval) {
  return approvalOf.some(one => one !== entityRef);
}
