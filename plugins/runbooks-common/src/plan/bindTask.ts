import { bindStep, type BindStepInput } from './bindStep';
import { entitiesWritten, type EntityInNamespace } from './entitiesWritten';
import type { ExecutorInventory, StepBinding } from './model';

/** What a step is bound with, values only, so that it can be handed to another thread. @public */
export interface BindTask
  extends Omit<
    BindStepInput,
    | 'inventory'
    | 'fileText'
    | 'realPath'
    | 'links'
    | 'shownPath'
    | 'differenceOf'
    | 'approvedBy'
  > {
  inventory: Omit<ExecutorInventory, 'hasTool'>;
  /** Who has what where the step writes. */
  present: readonly EntityInNamespace[];
}

/** What is asked while a step is bound. The same question has the same answer. @public */
export interface BindQuestions
  extends Pick<
      BindStepInput,
      'fileText' | 'realPath' | 'links' | 'differenceOf'
    >,
    Required<Pick<BindStepInput, 'shownPath'>>,
    Pick<ExecutorInventory, 'hasTool'> {}

/** The same as `bindStep`, of values and a few questions. @public */
export function bindTask(
  { present, inventory, ...task }: BindTask,
  asked: BindQuestions,
): StepBinding {
  const { entityRef, scope, namespace } = task.plan;
  return bindStep({
    ...task,
    ...asked,
    inventory: { ...inventory, hasTool: asked.hasTool },
    approvedBy: ({ writes, secrets }) =>
      entitiesWritten({
        entityRef,
        scope,
        namespace,
        writes,
        secrets,
        present,
      }),
  });
}
