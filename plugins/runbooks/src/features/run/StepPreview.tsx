import { makeStyles } from '@material-ui/core/styles';
import { useId } from 'react';
import { LoadFailure } from '../../components/LoadFailure';
import { Ago } from '../../components/Moment';
import { hairline } from '../../components/toneColors';
import { Unseen } from '../../components/Unseen';
import { Waiting } from '../../components/Waiting';
import { PreviewView } from './PreviewView';
import type { StepPreviewer } from './useStepPreview';

const useStyles = makeStyles(
  theme => ({
    root: {
      position: 'relative',
      minWidth: 0,
      display: 'grid',
      gridTemplateColumns: 'minmax(0, 1fr)',
      gap: theme.spacing(1),
      padding: theme.spacing(1.5),
      borderRadius: 4,
      border: `1px solid ${hairline(theme)}`,
    },
    title: {
      margin: 0,
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'baseline',
      gap: theme.spacing(0, 1),
      fontSize: 14,
      fontWeight: 600,
      lineHeight: 1.5,
    },
    quiet: {
      fontSize: 13,
      fontWeight: 400,
      color: theme.palette.text.secondary,
    },
  }),
  { name: 'RunbooksStepPreview' },
);

/** The preview that the person looking has asked for: on its way, made at that moment, or why there is none. */
export function StepPreview({ previewer }: { previewer: StepPreviewer }) {
  const { state, make } = previewer;
  const classes = useStyles();
  const titleId = useId();
  if (state.status === 'none') return null;
  return (
    <section className={classes.root} aria-labelledby={titleId}>
      <h3 className={classes.title}>
        <span id={titleId}>What it would change</span>
        {state.status === 'made' && (
          <span className={classes.quiet}>
            Looked at <Ago at={state.at} />
          </span>
        )}
      </h3>
      <Unseen role="status">
        {state.status === 'made' && 'The preview is there.'}
      </Unseen>
      {state.status === 'making' && <Waiting what="the preview" lines={2} />}
      {state.status === 'failed' && (
        <LoadFailure
          error={state.error}
          what="preview this step"
          onRetry={make}
        />
      )}
      {state.status === 'made' && <PreviewView preview={state.preview} />}
    </section>
  );
}
