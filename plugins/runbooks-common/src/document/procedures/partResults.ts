import { expectedTextsIn } from '../expectations/expectedTexts';
import { placeExpectations } from '../expectations/placeExpectations';
import type { Section } from '../sections/sectionTree';
import type { StepDraft } from '../steps/stepDraft';
import type { OutlinePart, ProcedureOutline } from './outline';
import { runsAsStep } from './partCommands';
import type { ProcedureDrafts, ProcedurePlace } from './procedureDrafts';
import { textEntriesIn } from './textEntries';

/** What good looks like belongs to the steps above; what a whole label of results says are criteria as well. */
export function addExpectation(
  part: OutlinePart,
  drafts: ProcedureDrafts,
  place: ProcedurePlace,
): void {
  const nodes = part.nodes.filter(
    node => !(node.type === 'code' && runsAsStep(part, place, node)),
  );
  if (nodes.length === 0) return;
  const steps = stepsSpokenOf(part, drafts);
  placeExpectations(expectedTextsIn(nodes, place.source), steps, 'last step');
  if (
    steps.length === 0 ||
    (steps.length > 1 && part.section.form === 'label')
  ) {
    drafts.successCriteria.push(...textEntriesIn(nodes));
  }
}

/** Criteria of one part of a procedure ("Step 2") are what its steps should show; those of the whole are criteria. */
export function expectOfPart(
  part: OutlinePart,
  drafts: ProcedureDrafts,
  outline: ProcedureOutline,
  place: ProcedurePlace,
): void {
  const { parent } = part.section;
  if (part.shared || !parent || parent === outline.section) return;
  const texts = expectedTextsIn(part.nodes, place.source);
  placeExpectations(texts, stepsSpokenOf(part, drafts), 'left out');
}

/**
 * The steps that results speak of: those since the heading that both stand under began, else those of the phase
 * above.
 */
function stepsSpokenOf(
  part: OutlinePart,
  drafts: ProcedureDrafts,
): StepDraft[] {
  const { parent } = part.section;
  const beside = drafts.phases.filter(
    phase =>
      parent !== undefined &&
      isWithin(phase.section, parent) &&
      (phase.role === 'steps' ||
        phase.role === 'investigation' ||
        phase.role === 'verification'),
  );
  const last = drafts.phases.at(-1);
  const phases = last && beside.includes(last) ? beside : [last];
  return phases.flatMap(phase => phase?.steps ?? []);
}

function isWithin(section: Section, above: Section): boolean {
  for (let at: Section | undefined = section; at; at = at.parent) {
    if (at === above) return true;
  }
  return false;
}
