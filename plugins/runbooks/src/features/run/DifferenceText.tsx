import { visibleText } from '@backstage-runbooks/plugin-runbooks-common';
import { makeStyles } from '@material-ui/core/styles';
import { ForeignText } from '../../components/ForeignText';
import { codeGround, toneColors } from '../../components/toneColors';
import type { DifferenceLine } from './approvalView';

const useStyles = makeStyles(
  theme => ({
    root: {
      margin: 0,
      padding: theme.spacing(1, 0),
      maxHeight: 360,
      overflow: 'auto',
      borderRadius: 4,
      backgroundColor: codeGround(theme),
      fontFamily: 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace',
      fontSize: 12.5,
      lineHeight: 1.6,
      whiteSpace: 'pre-wrap',
      overflowWrap: 'anywhere',
    },
    line: { display: 'block', padding: theme.spacing(0, 1.5) },
    added: { backgroundColor: toneColors(theme, 'ok').tint },
    removed: { backgroundColor: toneColors(theme, 'danger').tint },
    same: { color: theme.palette.text.secondary },
  }),
  { name: 'RunbooksDifferenceText' },
);

/** How a file differs from git's. A sign stands before each line, so that colour never says it alone. */
export function DifferenceText(props: {
  lines: DifferenceLine[];
  path: string;
}) {
  const classes = useStyles();
  return (
    <pre
      className={classes.root}
      role="region"
      aria-label={`Differences of ${visibleText(props.path)}`}
      // What scrolls must be reachable by keyboard.
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
    >
      {props.lines.map((line, index) => (
        <span key={index} className={`${classes.line} ${classes[line.kind]}`}>
          <ForeignText text={line.text} />
        </span>
      ))}
    </pre>
  );
}
