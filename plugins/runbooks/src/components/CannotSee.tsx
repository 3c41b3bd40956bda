import { makeStyles } from '@material-ui/core/styles';
import type { ResponseError } from '@backstage/errors';
import { isRefusal } from '../api/isRefusal';
import { saidByServer } from '../words/errorWords';
import { LoadFailure } from './LoadFailure';
import { NamedText } from './NamedText';
import { toneColors } from './toneColors';

const useStyles = makeStyles(
  theme => ({
    root: {
      margin: 0,
      fontSize: 14,
      lineHeight: 1.5,
      color: toneColors(theme, 'neutral').text,
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
  return (
    <p className={classes.root}>
      <NamedText text={refusalWords(error, what)} />
    </p>
  );
}

/** Where a permission is missing the server says whom to ask. */
function refusalWords(error: ResponseError, what: string): string {
  switch (error.statusCode) {
    case 401:
      return `Sign in again to see ${what}.`;
    case 404:
      return `Either ${what} is not there, or you may not see it.`;
    default:
      return saidByServer(error) ?? `You may not see ${what} here.`;
  }
}
