import { entitiesWritten, type EntityInNamespace } from './entitiesWritten';
import { makePlan, type PlanDecision, type PlanInput } from './makePlan';
import type { ExecutorInventory, PlannedStep } from './model';

/** What a plan is made of, values only, so that it can be handed to another thread. @public */
export interface PlanTask
  extends Omit<
    PlanInput,
    'inventory' | 'fileText' | 'isThere' | 'approvedBy' | 'notices' | 'onStep'
  > {
  inventory: Omit<ExecutorInventory, 'hasTool'>;
  /** Who has what where steps write. */
  present: readonly EntityInNamespace[];
  /** What a person should know before the start. */
  notices: readonly string[];
  /** Said before these where a step needs an approval, or may need one. */
  approvalNotices: readonly string[];
}

/** What is asked while a plan is made. The same question has the same answer. @public */
export interface PlanQuestions
  extends Pick<PlanInput, 'fileText' | 'onStep'>,
    Required<Pick<PlanInput, 'isThere'>>,
    Pick<ExecutorInventory, 'hasTool'> {}

/** The same as `makePlan`, of values and a few questions. @public */
export function planTask(
  { present, inventory, notices, approvalNotices, ...task }: PlanTask,
  asked: PlanQuestions,
): PlanDecision {
  return makePlan({
    ...task,
    ...asked,
    inventory: { ...inventory, hasTool: asked.hasTool },
    approvedBy: ({ writes, secrets }) =>
      entitiesWritten({ ...task, writes, secrets, present }),
    notices: steps => [
      ...(steps.some(isApproved) ? approvalNotices : []),
      ...notices,
    ],
  });
}

/** What needs no approval is by hand, or nothing; what is decided later may need one. */
function isApproved({ requires }: PlannedStep): boolean {
  return requires.kind !== 'nothing';
}
