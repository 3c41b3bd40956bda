import { visibleText } from '@backstage-runbooks/plugin-runbooks-common';
import { makeStyles } from '@material-ui/core/styles';
import { CopyButton } from './CopyButton';
import { ForeignText } from './ForeignText';
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
    // Code runs in the order of its characters, whatever their script.
    code: { direction: 'ltr', unicodeBidi: 'bidi-override' },
    copy: { position: 'absolute', top: 4, right: 4 },
  }),
  { name: 'RunbooksCodeText' },
);

/** Code that somebody else wrote, with a copy button that gives what is shown; long lines wrap. */
export function CodeText({ text, what }: { text: string; what: string }) {
  const classes = useStyles();
  return (
    <div className={classes.root}>
      <pre className={classes.text}>
        <code className={classes.code}>
          <ForeignText text={text} />
        </code>
      </pre>
      <div className={classes.copy}>
        <CopyButton text={visibleText(text)} what={what} />
      </div>
    </div>
  );
}
