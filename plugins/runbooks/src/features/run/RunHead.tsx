import type { Plan, RunView } from '@backstage-runbooks/plugin-runbooks-common';
import { Link } from '@backstage/core-components';
import { makeStyles } from '@material-ui/core/styles';
import { EntityName } from '../../components/EntityName';
import { Ago } from '../../components/Moment';
import { StateTag } from '../../components/StateTag';
import { Tag } from '../../components/Tag';
import { useRunbooksPaths } from '../../paths';
import { durationWords } from '../../words/timeWords';
import { upperFirst } from '../../words/upperFirst';
import { RunDecisions } from './RunDecisions';
import type { RunPageView } from './runPageView';
import type { RunCommander } from './useRunCommand';

const useStyles = makeStyles(
  theme => ({
    root: { display: 'grid', gap: theme.spacing(1), minWidth: 0 },
    crumbs: {
      fontSize: 13,
      lineHeight: 1.5,
      color: theme.palette.text.secondary,
      overflowWrap: 'anywhere',
    },
    titleLine: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      gap: theme.spacing(1, 1.5),
    },
    title: {
      margin: 0,
      fontSize: 24,
      lineHeight: 1.25,
      fontWeight: 700,
      overflowWrap: 'anywhere',
      [theme.breakpoints.down('xs')]: { fontSize: 20 },
    },
    facts: {
      display: 'flex',
      flexWrap: 'wrap',
      gap: theme.spacing(0.5, 2.5),
      margin: 0,
      fontSize: 13,
      lineHeight: 1.6,
    },
    fact: { display: 'flex', gap: theme.spacing(0.75), minWidth: 0 },
    label: { color: theme.palette.text.secondary, whiteSpace: 'nowrap' },
    value: { margin: 0, overflowWrap: 'anywhere' },
  }),
  { name: 'RunbooksRunHead' },
);

/** What is run, on which service, where, by whom, since when, and how it stands. */
export function RunHead(props: {
  view: RunView;
  page: RunPageView;
  commander: RunCommander;
}) {
  const { view, page, commander } = props;
  const { run } = view;
  const { plan } = run;
  const classes = useStyles();
  const paths = useRunbooksPaths();
  return (
    <header className={classes.root}>
      <nav className={classes.crumbs} aria-label="Place of the run">
        <EntityName entityRef={plan.entityRef} />
        {' › '}
        <Link
          to={paths.procedure(
            plan.entityRef,
            plan.runbook.id,
            plan.procedure.id,
          )}
        >
          {plan.runbook.title}
        </Link>
      </nav>
      <div className={classes.titleLine}>
        <h1 className={classes.title}>{plan.procedure.title}</h1>
        <StateTag words={page.state} />
        {plan.procedure.observeOnly && <Tag tone="info">Observe only</Tag>}
      </div>
      <dl className={classes.facts}>
        <Fact label="Started by">
          <EntityName entityRef={run.requestedBy} />, <Ago at={run.startedAt} />
        </Fact>
        {run.status.kind === 'finished' && (
          <Fact label="Took">
            {durationWords(
              Date.parse(run.status.at) - Date.parse(run.startedAt),
            )}
          </Fact>
        )}
        {plan.cluster && (
          <Fact label="Cluster">
            {view.cluster?.title ?? plan.cluster}
            {view.cluster?.simulatedNodes && ' (simulated nodes)'}
          </Fact>
        )}
        <Fact label="Namespace">{plan.namespace}</Fact>
        <Fact label="Revision">{plan.runbook.revision.slice(0, 12)}</Fact>
        {parametersToShow(plan).map(one => (
          <Fact key={one.name} label={upperFirst(one.label)}>
            {one.secret ? 'secret, not shown' : one.value}
          </Fact>
        ))}
      </dl>
      <RunDecisions view={view} commander={commander} />
    </header>
  );
}

function Fact(props: { label: string; children: React.ReactNode }) {
  const classes = useStyles();
  return (
    <div className={classes.fact}>
      <dt className={classes.label}>{props.label}</dt>
      <dd className={classes.value}>{props.children}</dd>
    </div>
  );
}

/** The namespace is told already. */
function parametersToShow(plan: Plan) {
  return plan.parameters.filter(
    one =>
      one.value !== plan.namespace ||
      (one.type !== 'namespace' && one.label !== 'namespace'),
  );
}
