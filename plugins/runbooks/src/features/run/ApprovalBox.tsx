import type {
  ApprovalRequest,
  Plan,
  PlannedStep,
} from '@backstage-runbooks/plugin-runbooks-common';
import { makeStyles } from '@material-ui/core/styles';
import { EffectTag } from '../../components/EffectTag';
import { EntityName } from '../../components/EntityName';
import { Ago, Until } from '../../components/Moment';
import { toneColors } from '../../components/toneColors';
import type { StepView } from '../step/stepView';
import { ScopeText } from '../scope/ScopeText';
import { stepScopeView } from '../scope/scopeView';
import { writesLines } from './actionViews';
import { foreignChildren, ForeignText } from '../../components/ForeignText';

const useStyles = makeStyles(
  theme => ({
    root: {
      minWidth: 0,
      margin: 0,
      padding: theme.spacing(1.5),
      borderRadius: 4,
      border: `1px solid ${toneColors(theme, 'caution').line}`,
      display: 'grid',
      gridTemplateColumns: 'max-content minmax(0, 1fr)',
      gap: theme.spacing(0.75, 2),
      fontSize: 14,
      lineHeight: 1.5,
      [theme.breakpoints.down('xs')]: {
        gridTemplateColumns: 'minmax(0, 1fr)',
        rowGap: 0,
        '& dd': { marginBottom: theme.spacing(1) },
      },
    },
    label: { color: theme.palette.text.secondary },
    value: { margin: 0, overflowWrap: 'anywhere' },
    lines: { listStyle: 'none', margin: 0, padding: 0 },
    code: {
      fontFamily: 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace',
      fontSize: 12.5,
    },
  }),
  { name: 'RunbooksApprovalBox' },
);

/** What an approval covers: exactly this text, these values, these writes and this scope, asked for by this person. */
export function ApprovalBox(props: {
  request: ApprovalRequest;
  step: StepView;
  planned: PlannedStep;
  plan: Plan;
}) {
  const { request, step, planned, plan } = props;
  const classes = useStyles();
  const used = plan.parameters.filter(one =>
    planned.parameters.includes(one.name),
  );
  const facts: FactProps[] = [
    {
      label: 'Asked by',
      value: (
        <>
          <EntityName entityRef={request.requestedBy} />,{' '}
          <Ago at={request.requestedAt} />
        </>
      ),
    },
    ...(request.reason ? [{ label: 'Reason', value: request.reason }] : []),
    {
      label: 'Effect',
      value: (
        <>
          <EffectTag effect={step.effect} /> <ForeignText text={step.because} />
        </>
      ),
    },
    ...(used.length > 0
      ? [
          {
            label: 'Values',
            value: (
              <ul className={classes.lines}>
                {used.map(one => (
                  <li key={one.name}>
                    <ForeignText text={one.label} />:{' '}
                    <span className={classes.code}>
                      <ForeignText
                        text={one.secret ? 'secret, not shown' : one.value}
                      />
                    </span>
                  </li>
                ))}
              </ul>
            ),
          },
        ]
      : []),
    {
      label: 'May write',
      value: (
        <ul className={classes.lines}>
          {writesLines(planned.writes).map(line => (
            <li key={line}>
              <ForeignText text={line} />
            </li>
          ))}
        </ul>
      ),
    },
    {
      label: 'Scope',
      value: <ScopeText scope={stepScopeView(plan, planned)} />,
    },
    { label: 'Expires', value: <Until at={request.expiresAt} /> },
  ];
  return (
    <dl className={classes.root} aria-label="What the approval covers">
      {facts.map(fact => (
        <Fact key={fact.label} {...fact} />
      ))}
    </dl>
  );
}

interface FactProps {
  label: string;
  value: React.ReactNode;
}

function Fact({ label, value }: FactProps) {
  const classes = useStyles();
  return (
    <>
      <dt className={classes.label}>{label}</dt>
      <dd className={classes.value}>{foreignChildren(value)}</dd>
    </>
  );
}
