import type { Step } from '../model';
import { namesWay } from './conditions';
import type { StepDraft } from './stepDraft';

/**
 * Marks the steps of a phase of which a person chooses one.
 *
 * ```text
 * # Option 1: Restart pods        group a, "Option 1"
 * # Option 2: Scale down and up   group a, "Option 2"
 *
 * # Helm rollback                 group b, "Helm rollback"
 * # Or kubectl rollback           group b, "Kubectl rollback"
 *
 * # Via the API                   group c, "Via the API"
 * # Via the web page              group c, "Via the web page"
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
    const before = result[index - 1];
    if (!before || !(draft.orBefore || areTwoWays(before, result[index]))) {
      return;
    }
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

/** "Via the API", "Via the web page": the same thing in two ways. */
function areTwoWays(before: Step, step: Step): boolean {
  const [way] = step.title.split(' ');
  return (
    namesWay(step.title) &&
    before.title.toLowerCase().startsWith(`${way.toLowerCase()} `)
  );
}

/**
 * Options of comments belong together through a phase, also over several blocks; a label that comes again after another
 * begins the next choice. Options of headings bring their group.
 */
function optionGroups(
  phaseId: string,
): (option: { group?: string; label: string }) => string {
  let count = 1;
  let labels = new Set<string>();
  let last: string | undefined;
  return ({ group, label }) => {
    if (group !== undefined) return group;
    const isSameOption = label === last;
    last = label;
    if (labels.has(label) && !isSameOption) {
      count += 1;
      labels = new Set();
    }
    labels.add(label);
    return `${phaseId}/options-${count}`;
  };
}
