import { visibleText } from '@backstage-runbooks/plugin-runbooks-common';
import { makeStyles, type Theme } from '@material-ui/core/styles';
import type { ReactNode } from 'react';
import type { Tone } from '../words/tone';
import { toneColors } from './toneColors';
import { foreignChildren } from './ForeignText';

const useStyles = makeStyles<Theme, { tone: Tone; wraps: boolean }>(
  theme => ({
    root: {
      display: 'inline-flex',
      alignItems: 'center',
      gap: 5,
      maxWidth: '100%',
      padding: '1px 8px',
      borderRadius: 4,
      fontSize: 12,
      lineHeight: '20px',
      fontWeight: 500,
      whiteSpace: ({ wraps }) => (wraps ? 'normal' : 'nowrap'),
      // Whole words, also in a cell of a table that would break them.
      overflowWrap: 'break-word',
      verticalAlign: 'middle',
      color: ({ tone }) => toneColors(theme, tone).text,
      backgroundColor: ({ tone }) => toneColors(theme, tone).tint,
      '& svg': { fontSize: 14, flex: 'none' },
    },
    label: { overflow: 'hidden', textOverflow: 'ellipsis' },
    busy: {
      width: 7,
      height: 7,
      flex: 'none',
      borderRadius: '50%',
      backgroundColor: 'currentColor',
      animation: '$pulse 1.6s ease-in-out infinite',
      '@media (prefers-reduced-motion: reduce)': { animation: 'none' },
    },
    '@keyframes pulse': {
      '0%, 100%': { opacity: 1 },
      '50%': { opacity: 0.25 },
    },
  }),
  { name: 'RunbooksTag' },
);

/** A short fact in words, tinted by how much it wants to be noticed. */
export function Tag(props: {
  children: ReactNode;
  tone?: Tone;
  icon?: ReactNode;
  busy?: boolean;
  title?: string;
  /** On several lines rather than cut, where it does not fit. */
  wraps?: boolean;
}) {
  const { children, tone = 'neutral', icon, busy, title } = props;
  const classes = useStyles({ tone, wraps: props.wraps ?? false });
  return (
    <span className={classes.root} title={title && visibleText(title)}>
      {busy ? <span className={classes.busy} aria-hidden /> : icon}
      <span className={classes.label}>{foreignChildren(children)}</span>
    </span>
  );
}
