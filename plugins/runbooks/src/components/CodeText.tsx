import { makeStyles } from '@material-ui/core/styles';
import { CopyButton } from './CopyButton';
import { codeGround } from './toneColors';

const useStyles = makeStyles(
  theme => ({
    root: {
      position: 'relative',
      minWidth: 0,
      borderRadius: 4,
      backgroundColor: codeGround(theme),
    },
    text: {
      margin: 0,
      padding: theme.spacing(1.25, 5.5, 1.25, 1.5),
      fontFamily: 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace',
      fontSize: 12.5,
      lineHeight: 1.6,
      whiteSpace: 'pre-wrap',
      overflowWrap: 'anywhere',
    },
    copy: { position: 'absolute', top: 4, right: 4 },
  }),
  { name: 'RunbooksCodeText' },
);

/** Text as it is written, with a copy button; long lines wrap. */
export function CodeText({ text, what }: { text: string; what: string }) {
  const classes = useStyles();
  return (
    <div className={classes.root}>
      <pre className={classes.text}>
        <code>{text}</code>
      </pre>
      <div className={classes.copy}>
        <CopyButton text={text} what={what} />
      </div>
    </div>
  );
}
