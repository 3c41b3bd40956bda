import { makeStyles } from '@material-ui/core/styles';
import { isRefusal } from '../api/isRefusal';
import { LoadFailure } from './LoadFailure';

const useStyles = makeStyles(
  theme => ({
    root: {
      margin: 0,
      fontSize: 14,
      lineHeight: 1.5,
      color: theme.palette.text.secondary,
    },
  }),
  { name: 'RunbooksCannotSee' },
);

/** A part of a page that cannot be shown: quiet where the person may not see it, a failure where it should work. */
export function CannotSee(props: {
  error: Error;
  /** "health", "who is on call". */
  what: string;
  onRetry?: () => void;
}) {
  const { error, what, onRetry } = props;
  const classes = useStyles();
  if (!isRefusal(error)) {
    return (
      <LoadFailure error={error} what={`load ${what}`} onRetry={onRetry} />
    );
  }
  return <p className={classes.root}>{refusalWords(error.statusCode, what)}</p>;
}

function refusalWords(statusCode: number, what: string): string {
  switch (statusCode) {
    case 401:
      return `Sign in again to see ${what}.`;
    case 404:
      return `Either ${what} is not there, or you may not see it.`;
    default:
      return `You may not see ${what} here.`;
  }
}
