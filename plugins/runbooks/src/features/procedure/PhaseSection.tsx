import { makeStyles } from '@material-ui/core/styles';
import { Panel } from '../../components/Panel';
import { Tag } from '../../components/Tag';
import { countWords } from '../../words/procedureWords';
import { StepCard } from './StepCard';
import { StepChoice } from '../step/StepChoice';
import { stepsOfGroup, type StepGroup } from '../step/groupAlternatives';
import type { StepView } from '../step/stepView';
import type { PhaseView } from './procedurePageView';
import { ForeignText } from '../../components/ForeignText';

const useStyles = makeStyles(
  theme => ({
    steps: { listStyle: 'none', margin: 0, padding: 0 },
    quiet: {
      fontSize: 13,
      fontWeight: 400,
      color: theme.palette.text.secondary,
    },
  }),
  { name: 'RunbooksPhaseSection' },
);

/** One phase of a procedure: its role, the team's own heading, and its steps. */
export function PhaseSection({ phase }: { phase: PhaseView }) {
  const classes = useStyles();
  const steps = phase.groups.flatMap(stepsOfGroup).length;
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
      actions={
        <>
          {phase.role === 'rollback' && <Tag>Only to undo</Tag>}
          <span className={classes.quiet}>{countWords(steps, 'step')}</span>
        </>
      }
    >
      <ol className={classes.steps}>
        {phase.groups.map(group => (
          <Group key={group.key} group={group} />
        ))}
      </ol>
    </Panel>
  );
}

function Group({ group }: { group: StepGroup<StepView> }) {
  if (group.kind === 'single') return <StepCard step={group.step} />;
  return (
    <StepChoice count={group.steps.length}>
      {group.steps.map(step => (
        <StepCard key={step.id} step={step} />
      ))}
    </StepChoice>
  );
}
