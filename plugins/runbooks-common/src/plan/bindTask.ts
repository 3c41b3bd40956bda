import { bindStep, type BindStepInput } from './bindStep';
import { entitiesWritten, type EntityInNamespace } from './entitiesWritten';
import {
  FileDifferences,
  type ComparedFile,
  type ShownDifference,
} from '../run/FileDifferences';
import type { BoundStep } from '../run/model';
import { SecretForms } from '../redaction/SecretForms';
import type { ExecutorInventory } from './model';
import { usedFileText } from './usedFileText';

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
    | 'seenOf'
    | 'approvedBy'
  > {
  inventory: Omit<ExecutorInventory, 'hasTool'>;
  /** Who has what where the step writes. */
  present: readonly EntityInNamespace[];
  /** Values that no difference shows. */
  secrets: readonly string[];
}

/** What is asked while a step is bound. The same question has the same answer. @public */
export interface BindQuestions
  extends Pick<BindStepInput, 'fileText' | 'realPath' | 'links'>,
    Required<Pick<BindStepInput, 'shownPath'>>,
    Pick<ExecutorInventory, 'hasTool'> {
  /** A file that differs from the snapshot; undefined where it does not. */
  changedFile(path: string): ComparedFile | undefined;
}

/** The same as `bindStep`, of values and a few questions, with the differences of the files within reach. @public */
export function bindTask(
  { present, inventory, secrets, ...task }: BindTask,
  asked: BindQuestions,
): BoundStep {
  const { entityRef, scope, namespace, steps } = task.plan;
  const differences = new FileDifferences(secrets);
  const reached: ShownDifference[] = [];
  // Many values take a while.
  let forms: SecretForms | undefined;
  const binding = bindStep({
    ...task,
    ...asked,
    inventory: { ...inventory, hasTool: asked.hasTool },
    differenceOf: path => {
      const file = asked.changedFile(path);
      if (!file) return { whole: false };
      const shown = differences.of({ ...file, path: asked.shownPath(path) });
      reached.push(shown);
      const changedBy = steps.find(({ id }) => id === file.changedBy);
      return {
        whole: shown.whole,
        ...(shown.difference.hidesValues ? { hidesValues: true } : {}),
        ...(changedBy ? { changedBy: changedBy.title } : {}),
      };
    },
    seenOf: text => {
      forms ??= new SecretForms(secrets);
      return usedFileText(text, forms).seen;
    },
    approvedBy: ({ writes, secrets: read }) =>
      entitiesWritten({
        entityRef,
        scope,
        namespace,
        writes,
        secrets: read,
        present,
      }),
  });
  return { binding, differences: reached.map(({ difference }) => difference) };
}
