import type { Step } from '../model';
import type { StepDraft } from './stepDraft';

/**
 * Marks the steps of a phase of which a person chooses one.
 *
 * ```text
 * # Option 1: Restart pods        group a, "Option 1"
 * # Option 2: Scale down and up   group a, "Option 2"
 *
 * # Helm rollback                 group b, "Helm rollback"
 * # Or kubectl rollback           group b, "Or kubectl rollback"
 * ```
 *
 * @param drafts - those of the steps, at the same places
 */
export function groupAlternatives(
  steps: readonly Step[],
  drafts: readonly StepDraft[],
  phaseId: string,
): Step[] {
  const result = steps.map(step => ({ ...step }));
  const groupOf = optionGroups(phaseId);
  drafts.forEach((draft, index) => {
    if (draft.option) {
      result[index].alternative = {
        group: groupOf(draft.option),
        label: draft.option.label,
      };
    }
    if (!draft.orBefore) return;
    const before = result[index - 1];
    if (!before) return;
    before.alternative ??= {
      group: `${phaseId}/or-${index}`,
      label: before.title,
    };
    result[index].alternative = {
      group: before.alternative.group,
      label: result[index].title,
    };
  });
  return result;
}

/**
 * Options of comments belong together through a phase, also over several blocks; a label that comes again begins the
 * next choice. Options of headings bring their group.
 */
function optionGroups(
  phaseId: string,
): (option: { group?: string; label: string }) => string {
  let count = 1;
  let labels = new Set<string>();
  return ({ group, label }) => {
    if (group !== undefined) return group;
    if (labels.has(label)) {
      count += 1;
      labels = new Set();
    }
    labels.add(label);
    return `${phaseId}/options-${count}`;
  };
}
