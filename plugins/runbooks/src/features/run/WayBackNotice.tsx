import type { Plan } from '@backstage-runbooks/plugin-runbooks-common';
import { Link } from '@backstage/core-components';
import { ForeignText } from '../../components/ForeignText';
import { Notice } from '../../components/Notice';
import { useRunbooksPaths } from '../../paths';
import { plannedStepView, shownParameters } from '../step/stepView';

/** The way out of a step that did not go well: a link to where the rollback begins. */
export function WayBackNotice(props: {
  runId: string;
  plan: Plan;
  /** The first step of the rollback. */
  stepId: string;
}) {
  const { runId, plan, stepId } = props;
  const paths = useRunbooksPaths();
  const index = plan.steps.findIndex(({ id }) => id === stepId);
  const step = plannedStepView(
    plan.steps[index],
    `${index + 1}`,
    shownParameters(plan.parameters),
  );
  return (
    <Notice tone="info" title="To undo what was done">
      <Link to={paths.run(runId, stepId)}>
        Rollback, step {step.number}: <ForeignText text={step.title} />
      </Link>
    </Notice>
  );
}
