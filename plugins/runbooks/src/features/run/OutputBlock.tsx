import { terminalSegments } from '@backstage-runbooks/plugin-runbooks-common';
import { makeStyles } from '@material-ui/core/styles';
import { memo } from 'react';
import { ForeignSegments } from '../../components/ForeignText';
import type { LineBlock } from './lineBlocks';

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

/**
 * Some lines of output as a foreign text, laid out only when they come near the window. No code for a terminal reaches
 * beyond its line, so blocks are read one by one, and only the last one anew while output grows.
 */
export const OutputBlock = memo((props: Omit<LineBlock, 'key'>) => {
  const classes = useStyles();
  return (
    <pre
      className={classes.root}
      style={{ containIntrinsicSize: `auto ${props.lines * LINE_PX}px` }}
    >
      <ForeignSegments segments={terminalSegments(props.text)} />
    </pre>
  );
});
