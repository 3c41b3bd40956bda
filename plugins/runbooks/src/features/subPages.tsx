import { makeStyles } from '@material-ui/core/styles';
import { ApprovalsPage } from './approvals/ApprovalsPage';
import { RunsContent } from './RunsContent';
import { SetupPage } from './setup/SetupPage';

const useStyles = makeStyles(
  theme => ({
    root: {
      minWidth: 0,
      padding: theme.spacing(1, 3, 3),
      [theme.breakpoints.down('xs')]: { padding: theme.spacing(1, 2, 2) },
    },
  }),
  { name: 'RunbooksSubPage' },
);

/** History and single runs, below the head that the app gives the plugin's page. */
export function RunsSubPage() {
  const classes = useStyles();
  return (
    <div className={classes.root}>
      <RunsContent />
    </div>
  );
}

/** Approvals, below the head that the app gives the plugin's page. */
export function ApprovalsSubPage() {
  const classes = useStyles();
  return (
    <div className={classes.root}>
      <ApprovalsPage />
    </div>
  );
}

/** How the plugin is set up, below the head that the app gives the plugin's page. */
export function SetupSubPage() {
  const classes = useStyles();
  return (
    <div className={classes.root}>
      <SetupPage />
    </div>
  );
}
