import type { ApiCall } from '@backstage-runbooks/plugin-runbooks-common';
import { makeStyles } from '@material-ui/core/styles';
import { Tag } from '../../components/Tag';
import { hairline } from '../../components/toneColors';
import { callView } from './callView';
import { ForeignText } from '../../components/ForeignText';

const useStyles = makeStyles(
  theme => ({
    root: {
      listStyle: 'none',
      margin: 0,
      padding: 0,
      fontSize: 13,
      lineHeight: 1.5,
      maxHeight: 360,
      overflowY: 'auto',
    },
    call: {
      display: 'grid',
      gridTemplateColumns: 'minmax(0, 1fr) auto',
      gap: theme.spacing(0, 1.5),
      padding: theme.spacing(0.5, 0),
      '&:not(:first-child)': { borderTop: `1px solid ${hairline(theme)}` },
    },
    what: { overflowWrap: 'anywhere' },
    end: { color: theme.palette.text.secondary, whiteSpace: 'nowrap' },
    because: {
      gridColumn: '1 / -1',
      color: theme.palette.text.secondary,
      overflowWrap: 'anywhere',
    },
    none: { margin: 0, fontSize: 13, color: theme.palette.text.secondary },
  }),
  { name: 'RunbooksCallList' },
);

/** The Kubernetes calls that were recorded, in order; writes and refusals stand out. */
export function CallList({ calls }: { calls: ApiCall[] }) {
  const classes = useStyles();
  if (calls.length === 0) {
    return <p className={classes.none}>No Kubernetes call was recorded.</p>;
  }
  return (
    <ul className={classes.root} aria-label="Kubernetes calls">
      {calls.map(callView).map(call => (
        <li key={call.id} className={classes.call}>
          <span className={classes.what}>
            {call.mark && <Tag tone={call.mark.tone}>{call.mark.label}</Tag>}{' '}
            <ForeignText text={call.what} />
          </span>
          <span className={classes.end}>
            <ForeignText text={call.end} />
          </span>
          {call.because && (
            <span className={classes.because}>
              <ForeignText text={call.because} />
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}
