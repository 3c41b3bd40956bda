import { makeStyles } from '@material-ui/core/styles';
import { memo } from 'react';
import type { LineBlock } from './terminalText';

/** Height of one line of output. */
export const LINE_PX = 19;

const useStyles = makeStyles(
  {
    root: {
      margin: 0,
      fontFamily: 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace',
      fontSize: 12.5,
      lineHeight: `${LINE_PX}px`,
      whiteSpace: 'pre',
      contentVisibility: 'auto',
    },
  },
  { name: 'RunbooksOutputBlock' },
);

/** Some lines of output, laid out only when they come near the window. */
export const OutputBlock = memo((props: Omit<LineBlock, 'key'>) => {
  const classes = useStyles();
  return (
    <pre
      className={classes.root}
      style={{ containIntrinsicSize: `auto ${props.lines * LINE_PX}px` }}
    >
      {props.text}
    </pre>
  );
});
