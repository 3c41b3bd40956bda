import { visibleText } from '@backstage-runbooks/plugin-runbooks-common';
import { makeStyles } from '@material-ui/core/styles';
import type { ReactNode } from 'react';
import { CannotSee } from '../../components/CannotSee';
import { Notice } from '../../components/Notice';
import { Tag } from '../../components/Tag';
import { Waiting } from '../../components/Waiting';
import { hairline } from '../../components/toneColors';
import { countWords } from '../../words/procedureWords';
import { WorkloadLine } from './WorkloadLine';
import type { ClusterView, HealthView } from './healthView';
import { ForeignText } from '../../components/ForeignText';

const useStyles = makeStyles(
  theme => ({
    root: { display: 'grid', gap: theme.spacing(1.5), minWidth: 0 },
    verdict: {
      display: 'grid',
      gap: theme.spacing(0.75),
      justifyItems: 'start',
    },
    message: {
      margin: 0,
      fontSize: 14,
      lineHeight: 1.5,
      overflowWrap: 'anywhere',
    },
    cluster: {
      display: 'grid',
      gap: theme.spacing(1),
      minWidth: 0,
      paddingTop: theme.spacing(1.5),
      borderTop: `1px solid ${hairline(theme)}`,
    },
    clusterHead: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      gap: theme.spacing(0.5, 1),
      fontSize: 13,
    },
    clusterName: { fontWeight: 600, overflowWrap: 'anywhere' },
    workloads: {
      listStyle: 'none',
      margin: 0,
      padding: 0,
      display: 'grid',
      gap: theme.spacing(1),
    },
    small: { margin: 0, fontSize: 12, color: theme.palette.text.secondary },
  }),
  { name: 'RunbooksHealthSummary' },
);

/** Whether the service is well: the verdict first, then what it is made of. */
export function HealthSummary(props: {
  health: HealthView;
  /** Only the verdict and what is wrong. */
  brief?: boolean;
  /** What to do, where something is wrong. */
  whatToDo?: ReactNode;
}) {
  const { health, brief, whatToDo } = props;
  const classes = useStyles();
  switch (health.status) {
    case 'loading':
      return <Waiting what="health" lines={3} />;
    case 'failed':
      return <CannotSee error={health.error} what="live health" />;
    case 'not-annotated':
      return (
        <Notice tone="neutral" title="Not linked to Kubernetes">
          {health.says}
        </Notice>
      );
    default:
      return (
        <div className={classes.root}>
          <div className={classes.verdict} role="status" aria-live="polite">
            <Tag tone={health.verdict.tone}>{health.verdict.label}</Tag>
            {health.verdict.message && (
              <p className={classes.message}>
                <ForeignText text={health.verdict.message} />
              </p>
            )}
          </div>
          {whatToDo && asksForHelp(health) && (
            <p className={classes.message}>{whatToDo}</p>
          )}
          {health.doubt && <Notice tone="caution">{health.doubt}</Notice>}
          {health.clusters.map(cluster => (
            <ClusterPart key={cluster.name} cluster={cluster} brief={brief} />
          ))}
        </div>
      );
  }
}

/** A signal may be nothing wrong, as a colour that is scaled to zero: a service that is well asks for nothing. */
function asksForHelp(health: Extract<HealthView, { status: 'shown' }>) {
  return health.signals.length > 0 && health.verdict.tone !== 'ok';
}

function ClusterPart(props: { cluster: ClusterView; brief?: boolean }) {
  const { cluster, brief } = props;
  const classes = useStyles();
  const shown = brief
    ? cluster.workloads.filter(one => one.verdict.tone !== 'ok')
    : cluster.workloads;
  const hidden = cluster.workloads.length - shown.length;
  return (
    <div className={classes.cluster}>
      <div className={classes.clusterHead}>
        <span className={classes.clusterName}>
          <ForeignText text={cluster.title} />
        </span>
        {cluster.simulatedNodes && (
          <Tag title="The control plane is real; nothing runs in its pods.">
            Simulated nodes
          </Tag>
        )}
      </div>
      {cluster.doubt && (
        <Notice tone="caution" title={cluster.doubt.title}>
          <ForeignText text={cluster.doubt.message} />
          <div>
            <ForeignText text={cluster.doubt.whatToDo} />
          </div>
        </Notice>
      )}
      {shown.length > 0 && (
        <ul
          className={classes.workloads}
          aria-label={`Workloads on ${visibleText(cluster.title)}`}
        >
          {shown.map(workload => (
            <WorkloadLine key={workload.key} workload={workload} />
          ))}
        </ul>
      )}
      {hidden > 0 && (
        <p className={classes.small}>
          {countWords(hidden, 'healthy object')} not listed
        </p>
      )}
      {cluster.notPermitted.length > 0 && (
        <p className={classes.small}>
          Not permitted to read so far:{' '}
          <ForeignText text={cluster.notPermitted.join(', ')} />
        </p>
      )}
    </div>
  );
}
