import {
  shortfallOf,
  type Plan,
  type RunView,
} from '@backstage-runbooks/plugin-runbooks-common';
import { Link } from '@backstage/core-components';
import { EntityName } from '../../components/EntityName';
import { Ago } from '../../components/Moment';
import { Fact, PageHead } from '../../components/PageHead';
import { StateTag } from '../../components/StateTag';
import { Tag } from '../../components/Tag';
import { useRunbooksPaths } from '../../paths';
import { shortfallWords } from '../../words/runWords';
import { durationWords } from '../../words/timeWords';
import { upperFirst } from '../../words/upperFirst';
import { RunDecisions } from './RunDecisions';
import type { RunPageView } from './runPageView';
import type { RunCommander } from './useRunCommand';
import { ForeignText } from '../../components/ForeignText';

/** What is run, on which service, where, by whom, since when, and how it stands. */
export function RunHead(props: {
  view: RunView;
  page: RunPageView;
  commander: RunCommander;
}) {
  const { view, page, commander } = props;
  const { plan } = view.run;
  const paths = useRunbooksPaths();
  return (
    <PageHead
      crumbsLabel="Place of the run"
      crumbs={
        <>
          <EntityName entityRef={plan.entityRef} isGone={view.entityIsGone} />
          {' › '}
          {view.entityIsGone ? (
            <ForeignText text={plan.runbook.title} />
          ) : (
            <Link
              to={paths.procedure(
                plan.entityRef,
                plan.runbook.id,
                plan.procedure.id,
              )}
            >
              <ForeignText text={plan.runbook.title} />
            </Link>
          )}
        </>
      }
      title={plan.procedure.title}
      tags={
        <>
          <StateTag words={page.state} />
          {plan.procedure.observeOnly && <Tag tone="info">Observe only</Tag>}
        </>
      }
      facts={<RunFacts view={view} />}
    >
      <RunDecisions view={view} commander={commander} />
    </PageHead>
  );
}

function RunFacts({ view }: { view: RunView }) {
  const { run, cluster } = view;
  const { plan } = run;
  const lacks = shortfallWords(shortfallOf(run));
  return (
    <>
      <Fact label="Started by">
        <EntityName entityRef={run.requestedBy} />, <Ago at={run.startedAt} />
      </Fact>
      {run.status.kind === 'finished' && (
        <Fact label="Took">
          {durationWords(Date.parse(run.status.at) - Date.parse(run.startedAt))}
        </Fact>
      )}
      {run.status.kind === 'finished' && lacks.length > 0 && (
        <Fact label="Not good">{lacks.join(', ')}</Fact>
      )}
      {plan.cluster && (
        <Fact label="Cluster">
          {cluster?.title ?? plan.cluster}
          {cluster?.simulatedNodes && ' (simulated nodes)'}
        </Fact>
      )}
      <Fact label="Namespace">{plan.namespace}</Fact>
      <Fact label="Revision">{plan.runbook.revision.slice(0, 12)}</Fact>
      {parametersToShow(plan).map(one => (
        <Fact key={one.name} label={upperFirst(one.label)}>
          {one.secret ? 'secret, not shown' : one.value}
        </Fact>
      ))}
    </>
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
