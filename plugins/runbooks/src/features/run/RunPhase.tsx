import { makeStyles } from '@material-ui/core/styles';
import type { ReactNode } from 'react';
import { ForeignText } from '../../components/ForeignText';
import { Panel } from '../../components/Panel';
import { Tag } from '../../components/Tag';
import { groupAlternatives } from '../step/groupAlternatives';
import { StepChoice } from '../step/StepChoice';
import type { RunPhaseView, RunStepView } from './runPageView';

const useStyles = makeStyles(
  theme => ({
    steps: { listStyle: 'none', margin: 0, padding: 0 },
    quiet: {
      fontSize: 13,
      fontWeight: 400,
      color: theme.palette.text.secondary,
    },
  }),
  { name: 'RunbooksRunPhase' },
);

/** One phase of a run: its role, the team's own heading, and its steps; those of which one is chosen are framed. */
export function RunPhase(props: {
  phase: RunPhaseView;
  /** Gives the item of the list. */
  renderStep: (step: RunStepView) => ReactNode;
}) {
  const { phase, renderStep } = props;
  const classes = useStyles();
  return (
    <Panel
      flush
      title={
        <>
          {phase.roleLabel}
          {phase.title && (
            <span className={classes.quiet}>
              {' '}
              · <ForeignText text={phase.title} />
            </span>
          )}
        </>
      }
      actions={phase.isRollback && <Tag>Only to undo</Tag>}
    >
      <ol className={classes.steps}>
        {groupAlternatives(phase.steps, one => one.step).map(group =>
          group.kind === 'single' ? (
            renderStep(group.step)
          ) : (
            <StepChoice key={group.key} count={group.steps.length}>
              {group.steps.map(renderStep)}
            </StepChoice>
          ),
        )}
      </ol>
    </Panel>
  );
}
