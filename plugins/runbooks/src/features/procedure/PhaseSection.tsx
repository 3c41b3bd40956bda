import { makeStyles } from '@material-ui/core/styles';
import { useId } from 'react';
import { Panel } from '../../components/Panel';
import { Tag } from '../../components/Tag';
import { toneColors } from '../../components/toneColors';
import { countWords } from '../../words/procedureWords';
import { StepCard } from './StepCard';
import type { PhaseView, StepGroup } from './procedurePageView';
import { ForeignText } from '../../components/ForeignText';

const useStyles = makeStyles(
  theme => ({
    steps: { listStyle: 'none', margin: 0, padding: 0 },
    choice: {
      margin: theme.spacing(1.5, 2),
      borderRadius: 4,
      border: `1px solid ${toneColors(theme, 'info').line}`,
    },
    choiceTitle: {
      margin: 0,
      padding: theme.spacing(1, 2, 0),
      fontSize: 13,
      fontWeight: 600,
      color: toneColors(theme, 'info').text,
    },
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
  const steps = phase.groups.reduce(
    (sum, group) => sum + (group.kind === 'choice' ? group.steps.length : 1),
    0,
  );
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

function Group({ group }: { group: StepGroup }) {
  const classes = useStyles();
  const titleId = useId();
  if (group.kind === 'single') return <StepCard step={group.step} />;
  return (
    <li>
      <div className={classes.choice} role="group" aria-labelledby={titleId}>
        <p id={titleId} className={classes.choiceTitle}>
          Choose one of {group.steps.length}
        </p>
        <ol className={classes.steps}>
          {group.steps.map(step => (
            <StepCard key={step.id} step={step} />
          ))}
        </ol>
      </div>
    </li>
  );
}
