import { namesAction } from './imperative';
import { roleOf, type SectionRole } from './phaseRoles';
import { namesFault, subjectKindOf } from './procedureKinds';

/** Headings over rules and facts, whatever else they name: "Rollback safety rules", "Backup policy". */
const RULES =
  /\b(?:rules?|polic(?:y|ies)|notes?|guidelines?|principles?|practices?|recommend(?:ed|ations?)|strateg(?:y|ies)|standards?|considerations?|criteria|requirements?|expectations?|objectives?|targets?|schedules?|cadence|retention|configuration|settings|parameters|metrics|alerts|thresholds|overview|concepts?|definitions?|times?|levels?|matrix|interpretation|slas?|slos?|boundar(?:y|ies)|assumptions?|limitations?|caveats?|safeguards?|guarantees?)\b/i;

const WORKING: ReadonlySet<SectionRole> = new Set([
  'steps',
  'rollback',
  'verification',
  'investigation',
  'followup',
]);

/** True where a heading names something to do: an action, a fault to mend, a phase of work; not rules about it. */
export function namesWork(heading: string): boolean {
  if (RULES.test(heading)) return false;
  const role = roleOf(heading);
  if (role !== undefined) return WORKING.has(role);
  return (
    namesAction(heading) ||
    namesFault(heading) ||
    subjectKindOf(heading) !== undefined
  );
}
