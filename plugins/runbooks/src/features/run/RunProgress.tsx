import type {
  NextRead,
  RunView,
  StepState,
  StopReason,
} from '@backstage-runbooks/plugin-runbooks-common';
import { Link } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import LinearProgress from '@material-ui/core/LinearProgress';
import { makeStyles } from '@material-ui/core/styles';
import { ActionButton } from '../../components/ActionButton';
import { ForeignText } from '../../components/ForeignText';
import { countWords } from '../../words/procedureWords';
import { useRunbooksPaths } from '../../paths';
import { runbooksTranslationRef } from '../../translation';
import type { RunPageView, RunStepView } from './runPageView';
import type { RunCommander } from './useRunCommand';
import { useRunOn } from './useRunOn';

const useStyles = makeStyles(
  theme => ({
    root: { display: 'grid', gap: theme.spacing(1), minWidth: 0 },
    line: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      gap: theme.spacing(0.5, 1.5),
      fontSize: 13,
      lineHeight: 1.5,
    },
    why: {
      margin: 0,
      color: theme.palette.text.secondary,
      overflowWrap: 'anywhere',
    },
  }),
  { name: 'RunbooksRunProgress' },
);

const STOPS: Record<StopReason, string> = {
  done: 'All steps that a run has to do are done.',
  'not-good': 'did not go well',
  approval: 'needs an approval, or may need one',
  choice: 'is one of several ways: choose one',
  condition: 'has a condition: run it if that holds, or skip it',
  'by-hand': 'is done by hand',
  'came-back': 'came back before it started',
};

/** Where somebody has to decide before the run can go on or end. */
const WAITS: ReadonlySet<StepState['status']> = new Set([
  'waiting-approval',
  'interrupted',
]);

/** How far a run is, and the way to let it go on by itself while it only reads. Nothing of a run that has ended. */
export function RunProgress(props: {
  view: RunView;
  page: RunPageView;
  commander: RunCommander;
}) {
  const { view, page, commander } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(runbooksTranslationRef);
  const runOn = useRunOn(view, commander);
  if (view.run.status.kind !== 'open') return null;
  const steps = page.phases.flatMap(phase => phase.steps);
  const words = progressWords(page, steps);
  return (
    <div className={classes.root}>
      <LinearProgress
        variant="determinate"
        aria-label={words}
        value={page.total > 0 ? (100 * page.done) / page.total : 0}
      />
      <div className={classes.line}>
        <span>
          <ForeignText text={words} />
        </span>
        <WaitingStep runId={view.run.id} steps={steps} />
        {runOn.isOn ? (
          <ActionButton size="small" variant="outlined" onClick={runOn.stop}>
            {t('run.stopReads')}
          </ActionButton>
        ) : (
          runOn.canStart && (
            <ActionButton size="small" variant="outlined" onClick={runOn.start}>
              {t('run.runReads')}
            </ActionButton>
          )
        )}
        <p className={classes.why} role="status">
          {runOn.isOn && t('run.runsReads')}
          {!runOn.isOn && runOn.stopped && (
            <StopWords stop={runOn.stopped} steps={steps} />
          )}
        </p>
      </div>
    </div>
  );
}

/** Leads to the first step that waits for somebody, wherever on the page it is. */
function WaitingStep(props: { runId: string; steps: readonly RunStepView[] }) {
  const paths = useRunbooksPaths();
  const waiting = props.steps.find(({ state }) => WAITS.has(state.status));
  if (!waiting) return null;
  const { step } = waiting;
  return (
    <Link to={paths.run(props.runId, step.id)}>Go to step {step.number}</Link>
  );
}

function StopWords(props: {
  stop: Extract<NextRead, { kind: 'stop' }>;
  steps: readonly RunStepView[];
}) {
  const { stop, steps } = props;
  const wanted = steps.find(({ planned }) => planned.id === stop.stepId);
  if (!wanted) return <>{STOPS[stop.because]}</>;
  const { step } = wanted;
  return (
    <>
      Stopped: step {step.number}, <ForeignText text={step.title} />,{' '}
      {STOPS[stop.because]}.
    </>
  );
}

/** `4 of 17 steps done, 2 by hand, 1 waits for an approval`. */
function progressWords(
  { done, total }: RunPageView,
  steps: readonly RunStepView[],
): string {
  const left = steps.filter(({ otherChosen }) => !otherChosen);
  const byHand = left.filter(
    ({ planned, state }) =>
      state.status === 'pending' &&
      (planned.type !== 'command' || planned.manualBecause !== undefined),
  ).length;
  const waiting = left.filter(
    ({ state }) => state.status === 'waiting-approval',
  ).length;
  return [
    `${done} of ${countWords(total, 'step')} done`,
    ...(byHand > 0 ? [`${byHand} by hand`] : []),
    ...(waiting > 0
      ? [`${waiting} ${waiting === 1 ? 'waits' : 'wait'} for an approval`]
      : []),
  ].join(', ');
}
