import type { RunCommandRequest } from '@backstage-runbooks/plugin-runbooks-common';
import ButtonBase from '@material-ui/core/ButtonBase';
import { makeStyles } from '@material-ui/core/styles';
import ExpandMoreIcon from '@material-ui/icons/ExpandMore';
import { useEffect, useId, useRef, useState } from 'react';
import { DidTag } from '../../components/DidTag';
import { EffectTag } from '../../components/EffectTag';
import { StateTag } from '../../components/StateTag';
import { Tag } from '../../components/Tag';
import { hairline, toneColors } from '../../components/toneColors';
import { hasEnded } from './hasEnded';
import type { RunStepView } from './runPageView';
import { saidWords } from './saidWords';
import { StepDetail, type StepDetailProps } from './StepDetail';
import { ForeignText } from '../../components/ForeignText';

const useStyles = makeStyles(
  theme => ({
    root: {
      minWidth: 0,
      '&:not(:first-child)': { borderTop: `1px solid ${hairline(theme)}` },
    },
    marked: { boxShadow: `inset 3px 0 0 ${toneColors(theme, 'info').line}` },
    head: {
      display: 'grid',
      gridTemplateColumns: '24px minmax(0, 1fr) auto auto 20px',
      alignItems: 'center',
      gap: theme.spacing(0.5, 1),
      width: '100%',
      padding: theme.spacing(1.25, 2),
      font: 'inherit',
      textAlign: 'left',
      scrollMarginTop: theme.spacing(2),
      justifyContent: 'start',
      '&:hover': { backgroundColor: theme.palette.action.hover },
      '&:focus-visible': {
        outline: `2px solid ${theme.palette.primary.main}`,
        outlineOffset: -2,
      },
      [theme.breakpoints.down('xs')]: {
        gridTemplateColumns: 'auto minmax(0, 1fr) 20px',
        gridTemplateAreas: `"number title icon" "tags tags tags"`,
      },
    },
    number: {
      fontSize: 13,
      color: toneColors(theme, 'neutral').text,
      fontVariantNumeric: 'tabular-nums',
      [theme.breakpoints.down('xs')]: { gridArea: 'number' },
    },
    title: {
      margin: 0,
      fontSize: 14,
      fontWeight: 500,
      lineHeight: 1.45,
      overflowWrap: 'anywhere',
      [theme.breakpoints.down('xs')]: { gridArea: 'title' },
    },
    said: {
      display: 'block',
      fontSize: 13,
      fontWeight: 400,
      color: theme.palette.text.secondary,
      overflow: 'hidden',
      textOverflow: 'ellipsis',
      whiteSpace: 'nowrap',
    },
    tags: {
      display: 'contents',
      [theme.breakpoints.down('xs')]: {
        gridArea: 'tags',
        display: 'flex',
        flexWrap: 'wrap',
        gap: theme.spacing(0.75),
      },
    },
    icon: {
      fontSize: 20,
      color: theme.palette.text.secondary,
      transition: 'transform 120ms',
      '@media (prefers-reduced-motion: reduce)': { transition: 'none' },
      [theme.breakpoints.down('xs')]: { gridArea: 'icon' },
    },
    open: { transform: 'rotate(180deg)' },
    body: {
      padding: theme.spacing(0.5, 2, 2, 6),
      [theme.breakpoints.down('xs')]: { padding: theme.spacing(0.5, 2, 2) },
    },
  }),
  { name: 'RunbooksStepItem' },
);

/**
 * One step of a run: a line that opens.
 *
 * The step that wants attention opens by itself, and later ones when they become it; one that ended well folds again
 * when something newer happens, to a line with what it said. Where a link names a step, that step opens, is scrolled to
 * and focused, and no other opens or folds by itself: whoever follows a link to approve a step must not find the buttons
 * of another one in its place. A new link needs a new `key`.
 *
 * What somebody does with a step changes how long it is, so its head is brought into view again then.
 */
export function StepItem(
  props: Omit<StepDetailProps, 'isApprovedHere' | 'onSent'> & {
    isCurrent: boolean;
    linkedStepId?: string;
  },
) {
  const { isCurrent, linkedStepId, ...detail } = props;
  const { step, state, words, isBehind } = detail.step;
  const classes = useStyles();
  const id = useId();
  const isLinked = linkedStepId === step.id;
  const opensByItself = linkedStepId === undefined ? isCurrent : isLinked;
  const [isOpen, setOpen] = useState(opensByItself);
  const head = useRef<HTMLButtonElement>(null);
  const [sent, setSent] = useState<{ kind: RunCommandRequest['kind'] }>();
  useEffect(() => {
    if (opensByItself) setOpen(true);
  }, [opensByItself]);
  useEffect(() => {
    if (isBehind && linkedStepId === undefined) setOpen(false);
  }, [isBehind, linkedStepId]);
  useEffect(() => {
    if (isLinked) bringUp(head.current);
  }, [isLinked]);
  useEffect(() => {
    if (sent?.kind === 'approve') bringUp(head.current);
    else if (sent) head.current?.scrollIntoView({ block: 'nearest' });
  }, [sent]);
  const said = isOpen ? undefined : saidWords(state);
  return (
    <li
      className={`${classes.root} ${opensByItself ? classes.marked : ''}`}
      aria-current={opensByItself ? 'step' : undefined}
    >
      <ButtonBase
        ref={head}
        className={classes.head}
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setOpen(!isOpen)}
      >
        <span className={classes.number} aria-hidden>
          {step.number}
        </span>
        <span className={classes.title}>
          {step.alternative && (
            <ForeignText text={`${step.alternative.label}: `} />
          )}
          <ForeignText text={step.title} />
          {said && (
            <span className={classes.said}>
              <ForeignText text={said} />
            </span>
          )}
        </span>
        <span className={classes.tags}>
          <WhatTag step={detail.step} />
          <StateTag words={words} />
        </span>
        <ExpandMoreIcon
          aria-hidden
          className={`${classes.icon} ${isOpen ? classes.open : ''}`}
        />
      </ButtonBase>
      <div id={id} hidden={!isOpen} className={classes.body}>
        {isOpen && (
          <StepDetail
            {...detail}
            isApprovedHere={sent?.kind === 'approve'}
            onSent={kind => setSent({ kind })}
          />
        )}
      </div>
    </li>
  );
}

function bringUp(head: HTMLElement | null) {
  head?.focus({ preventScroll: true });
  head?.scrollIntoView({ block: 'start' });
}

/** What a step would do; once it has ended, what it did. */
function WhatTag({ step: { step, state } }: { step: RunStepView }) {
  if (step.type !== 'command') return <Tag>{step.typeLabel}</Tag>;
  const readsSecrets = step.secrets.kind !== 'none';
  if (hasEnded(state)) {
    return (
      <DidTag
        did={state.result.calls}
        planned={step.effect}
        readsSecrets={readsSecrets}
      />
    );
  }
  return (
    <EffectTag
      effect={step.effect}
      because={step.because}
      readsSecrets={readsSecrets}
    />
  );
}
