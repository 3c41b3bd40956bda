import { makeStyles } from '@material-ui/core/styles';
import { PROCEDURE_COLUMNS } from './procedureColumnsLayout';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'grid',
      gridTemplateColumns: PROCEDURE_COLUMNS,
      columnGap: theme.spacing(1.5),
      padding: theme.spacing(0, 2, 1),
      fontSize: 12,
      fontWeight: 600,
      color: theme.palette.text.secondary,
      [theme.breakpoints.down('md')]: { display: 'none' },
    },
  }),
  { name: 'RunbooksProcedureColumns' },
);

/** Names the columns for the eye; the lines below tell them to screen readers in words. */
export function ProcedureColumns() {
  const classes = useStyles();
  return (
    <div className={classes.root} aria-hidden>
      <span>Procedure</span>
      <span>Kind</span>
      <span title="The worst of its steps, before values are known: the values of a run can make it worse.">
        Effect as written
      </span>
      <span>Steps</span>
      <span>Last run</span>
    </div>
  );
}
