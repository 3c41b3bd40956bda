import type {
  ClusterSummary,
  PlanProblem,
} from '@backstage-runbooks/plugin-runbooks-common';
import MenuItem from '@material-ui/core/MenuItem';
import TextField from '@material-ui/core/TextField';
import { makeStyles } from '@material-ui/core/styles';
import { useId } from 'react';
import { Notice } from '../../components/Notice';
import { Tag } from '../../components/Tag';
import { ForeignText } from '../../components/ForeignText';
import { upperFirst } from '../../words/upperFirst';

const useStyles = makeStyles(
  theme => ({
    one: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      gap: theme.spacing(0.5, 1),
      fontSize: 14,
      overflowWrap: 'anywhere',
    },
    label: { color: theme.palette.text.secondary },
  }),
  { name: 'RunbooksClusterField' },
);

/** Where the run goes to: a choice where there are several clusters, a fact where there is one. */
export function ClusterField(props: {
  clusters: ClusterSummary[];
  /** Why there is not a single one. */
  noClusters?: string;
  namespace: string;
  cluster: string | undefined;
  problems: PlanProblem[];
  onChange: (cluster: string) => void;
}) {
  const { clusters, noClusters, namespace, cluster, problems, onChange } =
    props;
  const classes = useStyles();
  const id = useId();
  const problem = problems.find(
    one => one.code === 'no-cluster' || one.code === 'unknown-cluster',
  );
  return (
    <>
      {clusters.length > 1 && (
        <TextField
          id={id}
          select
          required
          fullWidth
          size="small"
          variant="outlined"
          label="Cluster"
          value={cluster ?? ''}
          error={Boolean(problem && cluster)}
          helperText={problem?.message}
          onChange={event => onChange(event.target.value)}
          SelectProps={{ SelectDisplayProps: { id: `${id}-shown` } }}
        >
          {clusters.map(one => (
            <MenuItem key={one.name} value={one.name}>
              <ForeignText text={one.title} />
              {one.simulatedNodes ? ' (simulated nodes)' : ''}
            </MenuItem>
          ))}
        </TextField>
      )}
      <div className={classes.one}>
        {clusters.length === 1 && (
          <span>
            <span className={classes.label}>Cluster </span>
            <ForeignText text={clusters[0].title} />
          </span>
        )}
        {clusters.length === 1 && clusters[0].simulatedNodes && (
          <Tag title="The control plane is real; nothing runs in its pods.">
            Simulated nodes
          </Tag>
        )}
        <span>
          <span className={classes.label}>Namespace </span>
          <ForeignText text={namespace} />
        </span>
      </div>
      {clusters.length === 0 && noClusters && (
        <Notice tone="caution" title="There is no cluster">
          <ForeignText text={upperFirst(noClusters)} />
        </Notice>
      )}
    </>
  );
}
