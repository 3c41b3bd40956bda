import type { Plan } from '@backstage-runbooks/plugin-runbooks-common';
import { makeStyles } from '@material-ui/core/styles';
import { Notice } from '../../components/Notice';
import { ScopeText } from '../scope/ScopeText';
import { planScopeView } from '../scope/scopeView';
import { planLines } from './planLines';
import { NamedText } from '../../components/NamedText';

const useStyles = makeStyles(
  theme => ({
    root: { display: 'grid', gap: theme.spacing(1) },
    lines: {
      margin: 0,
      paddingLeft: 18,
      fontSize: 13,
      lineHeight: 1.55,
      overflowWrap: 'anywhere',
    },
  }),
  { name: 'RunbooksPlanSummary' },
);

/** What the plan asks of people before it runs, and where its steps may go. */
export function PlanSummary({ plan }: { plan: Plan }) {
  const classes = useStyles();
  return (
    <div className={classes.root}>
      <ul className={classes.lines} aria-label="What this plan needs">
        {planLines(plan).map(line => (
          <li key={line}>
            <NamedText text={line} />
          </li>
        ))}
      </ul>
      {plan.cluster && <ScopeText scope={planScopeView(plan)} />}
      {plan.notices.map(notice => (
        <Notice key={notice} tone="info">
          <NamedText text={notice} />
        </Notice>
      ))}
    </div>
  );
}
