import { makeStyles, type Theme } from '@material-ui/core/styles';
import CheckCircleOutlineIcon from '@material-ui/icons/CheckCircleOutline';
import ErrorOutlineIcon from '@material-ui/icons/ErrorOutline';
import InfoOutlinedIcon from '@material-ui/icons/InfoOutlined';
import ReportProblemOutlinedIcon from '@material-ui/icons/ReportProblemOutlined';
import type { ReactElement, ReactNode } from 'react';
import type { Tone } from '../words/tone';
import { foreignChildren } from './ForeignText';
import { toneColors } from './toneColors';
import { NamedText } from './NamedText';

const ICONS: Record<Tone, ReactElement> = {
  neutral: <InfoOutlinedIcon aria-hidden />,
  info: <InfoOutlinedIcon aria-hidden />,
  ok: <CheckCircleOutlineIcon aria-hidden />,
  caution: <ReportProblemOutlinedIcon aria-hidden />,
  danger: <ErrorOutlineIcon aria-hidden />,
};

const useStyles = makeStyles<Theme, { tone: Tone }>(
  theme => ({
    root: {
      display: 'flex',
      gap: theme.spacing(1.25),
      padding: theme.spacing(1.25, 1.5),
      borderRadius: 4,
      fontSize: 14,
      lineHeight: 1.5,
      minWidth: 0,
      backgroundColor: ({ tone }) => toneColors(theme, tone).tint,
      '& > svg': {
        flex: 'none',
        fontSize: 20,
        marginTop: 1,
        color: ({ tone }: { tone: Tone }) => toneColors(theme, tone).text,
      },
    },
    words: { flex: 1, minWidth: 0, overflowWrap: 'anywhere' },
    title: {
      fontWeight: 600,
      color: ({ tone }) => toneColors(theme, tone).text,
    },
    action: { flex: 'none', alignSelf: 'center' },
  }),
  { name: 'RunbooksNotice' },
);

/** A message of our own with an optional way out. `live` makes screen readers say it when it appears. */
export function Notice(props: {
  tone: Tone;
  title?: ReactNode;
  children?: ReactNode;
  action?: ReactNode;
  live?: boolean;
}) {
  const classes = useStyles({ tone: props.tone });
  const role = props.tone === 'danger' ? 'alert' : 'status';
  return (
    <div className={classes.root} role={props.live ? role : undefined}>
      {ICONS[props.tone]}
      <div className={classes.words}>
        {props.title && (
          <div className={classes.title}>
            {foreignChildren(props.title, NamedText)}
          </div>
        )}
        {foreignChildren(props.children, NamedText)}
      </div>
      {props.action && <div className={classes.action}>{props.action}</div>}
    </div>
  );
}
