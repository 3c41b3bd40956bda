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
        gridTemplateColumns: 'minmax(0, 1fr) 20px',
        gridTemplateAreas: `"title icon" "tags tags"`,
      },
    },
    number: {
      fontSize: 13,
      color: toneColors(theme, 'neutral').text,
      fontVariantNumeric: 'tabular-nums',
      [theme.breakpoints.down('xs')]: { display: 'none' },
    },
    title: {
      margin: 0,
      fontSize: 14,
      fontWeight: 500,
      lineHeight: 1.45,
      overflowWrap: 'anywhere',
      [theme.breakpoints.down('xs')]: { gridArea: 'title' },
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
 * The step that wants attention opens by itself, and later ones when they become it. Where a link names a step, that
 * step opens, is scrolled to and focused, and no other opens by itself: whoever follows a link to approve a step must
 * not find the buttons of another one in its place. A new link needs a new `key`.
 */
export function StepItem(
  props: StepDetailProps & { isCurrent: boolean; linkedStepId?: string },
) {
  const { isCurrent, linkedStepId, ...detail } = props;
  const { step, words } = detail.step;
  const classes = useStyles();
  const id = useId();
  const isLinked = linkedStepId === step.id;
  const opensByItself = linkedStepId === undefined ? isCurrent : isLinked;
  const [isOpen, setOpen] = useState(opensByItself);
  const head = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (opensByItself) setOpen(true);
  }, [opensByItself]);
  useEffect(() => {
    if (!isLinked) return;
    head.current?.focus({ preventScroll: true });
    head.current?.scrollIntoView({ block: 'start' });
  }, [isLinked]);
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
        {isOpen && <StepDetail {...detail} />}
      </div>
    </li>
  );
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
