import { MarkdownContent } from '@backstage/core-components';
import { visibleMarkdown } from '@backstage-runbooks/plugin-runbooks-common';
import { makeStyles } from '@material-ui/core/styles';
import { codeGround } from './toneColors';

const useStyles = makeStyles(
  theme => ({
    root: {
      fontSize: 14,
      lineHeight: 1.55,
      minWidth: 0,
      overflowWrap: 'anywhere',
      '& p': { margin: theme.spacing(0, 0, 1) },
      '& ul, & ol': { margin: theme.spacing(0, 0, 1), paddingLeft: 22 },
      '& ul': { listStyle: 'disc' },
      '& > :last-child, & p:last-child': { marginBottom: 0 },
      '& pre': {
        overflowX: 'auto',
        padding: theme.spacing(1, 1.5),
        borderRadius: 4,
        fontSize: 12.5,
        backgroundColor: `${codeGround(theme)} !important`,
      },
      '& code': { fontSize: '0.92em', backgroundColor: codeGround(theme) },
      '& table': { display: 'block', overflowX: 'auto', width: 'auto' },
      '& input[type=checkbox]': { marginLeft: 0 },
    },
  }),
  { name: 'RunbooksMarkdownText' },
);

/** Prose of a runbook as its team wrote it; what would show nothing is spelled visibly. */
export function MarkdownText({ text }: { text: string }) {
  const classes = useStyles();
  return (
    <MarkdownContent
      content={visibleMarkdown(text)}
      dialect="gfm"
      className={classes.root}
    />
  );
}
