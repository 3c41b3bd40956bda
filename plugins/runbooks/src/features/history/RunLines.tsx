import type { RunSummary } from '@backstage-runbooks/plugin-runbooks-common';
import { Link } from '@backstage/core-components';
import { makeStyles } from '@material-ui/core/styles';
import { EntityName } from '../../components/EntityName';
import { Ago } from '../../components/Moment';
import { StateTag } from '../../components/StateTag';
import { hairline } from '../../components/toneColors';
import { useRunbooksPaths } from '../../paths';
import { runWords } from '../../words/runWords';
import { ForeignText } from '../../components/ForeignText';

const useStyles = makeStyles(
  theme => ({
    root: { listStyle: 'none', margin: theme.spacing(-1, 0), padding: 0 },
    run: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'start',
      justifyContent: 'space-between',
      gap: theme.spacing(0.25, 1),
      padding: theme.spacing(1, 0),
      '&:not(:first-child)': { borderTop: `1px solid ${hairline(theme)}` },
    },
    title: {
      flex: '1 1 160px',
      fontSize: 14,
      lineHeight: 1.45,
      overflowWrap: 'anywhere',
    },
    who: {
      flex: '1 0 100%',
      fontSize: 12.5,
      color: theme.palette.text.secondary,
    },
  }),
  { name: 'RunbooksRunLines' },
);

/** Runs in two lines each, for narrow places. */
export function RunLines({ runs }: { runs: RunSummary[] }) {
  const classes = useStyles();
  const paths = useRunbooksPaths();
  return (
    <ul className={classes.root}>
      {runs.map(run => (
        <li key={run.id} className={classes.run}>
          <Link to={paths.run(run.id)} className={classes.title}>
            <ForeignText text={run.procedureTitle} />
          </Link>
          <StateTag words={runWords(run)} />
          <span className={classes.who}>
            <EntityName entityRef={run.requestedBy} />,{' '}
            <Ago at={run.startedAt} />
          </span>
        </li>
      ))}
    </ul>
  );
}
