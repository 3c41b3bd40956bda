import { Link } from '@backstage/core-components';
import { makeStyles } from '@material-ui/core/styles';
import { Ago } from '../../components/Moment';
import { EffectTag } from '../../components/EffectTag';
import { StateTag } from '../../components/StateTag';
import { hairline } from '../../components/toneColors';
import { useRunbooksPaths } from '../../paths';
import { countWords } from '../../words/procedureWords';
import { runWords } from '../../words/runWords';
import { PROCEDURE_COLUMNS } from './procedureColumnsLayout';
import type { ProcedureRow } from './procedureList';
import { ForeignText } from '../../components/ForeignText';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'grid',
      gridTemplateColumns: PROCEDURE_COLUMNS,
      alignItems: 'center',
      columnGap: theme.spacing(1.5),
      rowGap: theme.spacing(0.5),
      padding: theme.spacing(0.875, 2),
      fontSize: 13,
      '&:not(:first-child)': { borderTop: `1px solid ${hairline(theme)}` },
      '&:hover': { backgroundColor: theme.palette.action.hover },
      [theme.breakpoints.down('md')]: {
        display: 'flex',
        flexWrap: 'wrap',
        padding: theme.spacing(1.25, 2),
      },
    },
    name: {
      minWidth: 0,
      [theme.breakpoints.down('md')]: { flex: '1 0 100%' },
    },
    title: {
      fontSize: 14,
      fontWeight: 500,
      lineHeight: 1.45,
      overflowWrap: 'anywhere',
    },
    context: {
      fontSize: 12,
      lineHeight: 1.4,
      color: theme.palette.text.secondary,
      overflowWrap: 'anywhere',
    },
    quiet: { color: theme.palette.text.secondary, whiteSpace: 'nowrap' },
    last: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      gap: theme.spacing(0.25, 0.75),
      color: theme.palette.text.secondary,
    },
  }),
  { name: 'RunbooksProcedureLine' },
);

/** One procedure in the list: what it is, what it does as written, how long it is, and when it was last run. */
export function ProcedureLine({ row, to }: { row: ProcedureRow; to: string }) {
  const classes = useStyles();
  return (
    <li className={classes.root}>
      <div className={classes.name}>
        <Link to={to} className={classes.title}>
          <ForeignText text={row.title} />
        </Link>
        {row.context && (
          <div className={classes.context}>
            <ForeignText text={row.context} />
          </div>
        )}
      </div>
      <span className={classes.quiet}>{row.kind}</span>
      <span>
        <EffectTag effect={row.effect} />
      </span>
      <span className={classes.quiet}>{countWords(row.steps, 'step')}</span>
      <LastRun lastRun={row.lastRun} />
    </li>
  );
}

function LastRun({ lastRun }: { lastRun: ProcedureRow['lastRun'] }) {
  const classes = useStyles();
  const paths = useRunbooksPaths();
  if (!lastRun) return <span className={classes.last}>Never run</span>;
  return (
    <span className={classes.last}>
      <StateTag words={runWords(lastRun)} />
      <Link to={paths.run(lastRun.runId)} title="Last run">
        <Ago at={lastRun.at} />
      </Link>
    </span>
  );
}
