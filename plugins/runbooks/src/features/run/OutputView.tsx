import { visibleOutput } from '@backstage-runbooks/plugin-runbooks-common';
import { makeStyles } from '@material-ui/core/styles';
import { useEffect, useMemo, useRef, useState } from 'react';
import { countWords } from '../../words/procedureWords';
import { ActionButton } from '../../components/ActionButton';
import { CopyButton } from '../../components/CopyButton';
import { LoadFailure } from '../../components/LoadFailure';
import { codeGround, hairline } from '../../components/toneColors';
import { LINE_PX, OutputBlock } from './OutputBlock';
import { lineBlocks } from './lineBlocks';
import type { StepOutput } from './useStepOutput';

const useStyles = makeStyles(
  theme => ({
    root: {
      minWidth: 0,
      borderRadius: 4,
      border: `1px solid ${hairline(theme)}`,
      backgroundColor: codeGround(theme),
    },
    bar: {
      display: 'flex',
      alignItems: 'center',
      justifyContent: 'space-between',
      gap: theme.spacing(1),
      minHeight: 34,
      padding: theme.spacing(0, 0.5, 0, 1.5),
      fontSize: 12.5,
      color: theme.palette.text.secondary,
      borderBottom: `1px solid ${hairline(theme)}`,
    },
    tools: { display: 'flex', alignItems: 'center', gap: theme.spacing(0.5) },
    scroll: {
      maxHeight: 420,
      overflow: 'auto',
      padding: theme.spacing(1, 1.5),
      '&:focus-visible': {
        outline: `2px solid ${theme.palette.primary.main}`,
        outlineOffset: -2,
      },
    },
    none: { fontSize: 13, color: theme.palette.text.secondary },
    earlier: { marginBottom: theme.spacing(1) },
  }),
  { name: 'RunbooksOutputView' },
);

/**
 * Output of an attempt as it grows. It follows the end until the person scrolls away; a long one is shown from its
 * tail, with what is earlier on demand. Only blocks near the window are laid out.
 */
export function OutputView(props: {
  output: StepOutput;
  isGrowing: boolean;
  /** What matters is at the end, as when something failed. */
  startAtEnd: boolean;
}) {
  const { output, isGrowing, startAtEnd } = props;
  const classes = useStyles();
  const { buffer } = output;
  const blocks = useMemo(
    () => (buffer.text ? lineBlocks(buffer.text) : []),
    [buffer.text],
  );
  const scroll = useRef<HTMLDivElement>(null);
  const [isFollowing, setFollowing] = useState(isGrowing || startAtEnd);

  useEffect(() => {
    if (isFollowing && scroll.current) {
      scroll.current.scrollTop = scroll.current.scrollHeight;
    }
  }, [blocks, isFollowing]);

  const lineCount = blocks.reduce((sum, block) => sum + block.lines, 0);
  return (
    <div className={classes.root}>
      <div className={classes.bar}>
        <span>
          Output
          {lineCount > 0 && ` · ${countWords(lineCount, 'line')}`}
          {buffer.truncated && ' · the middle was dropped'}
        </span>
        <span className={classes.tools}>
          {isGrowing && !isFollowing && (
            <ActionButton size="small" onClick={() => setFollowing(true)}>
              Follow the end
            </ActionButton>
          )}
          <CopyButton text={() => visibleOutput(buffer.text)} what="output" />
        </span>
      </div>
      <div
        ref={scroll}
        className={classes.scroll}
        role="log"
        aria-live="off"
        aria-label="Output of the step"
        // What scrolls must be reachable by keyboard.
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        onScroll={event => setFollowing(isAtEnd(event.currentTarget))}
      >
        {output.loadEarlier && (
          <ActionButton
            className={classes.earlier}
            size="small"
            variant="outlined"
            disabled={output.isLoadingEarlier}
            onClick={output.loadEarlier}
          >
            Load earlier output
          </ActionButton>
        )}
        {blocks.map(block => (
          <OutputBlock key={block.key} text={block.text} lines={block.lines} />
        ))}
        {buffer.text === '' && (
          <span className={classes.none}>
            {isGrowing || !buffer.complete
              ? 'Nothing has been printed yet.'
              : 'It printed nothing.'}
          </span>
        )}
      </div>
      {output.error && (
        <LoadFailure error={output.error} what="load the output" />
      )}
    </div>
  );
}

function isAtEnd(element: HTMLElement) {
  const hidden =
    element.scrollHeight - element.scrollTop - element.clientHeight;
  return hidden < LINE_PX * 2;
}
