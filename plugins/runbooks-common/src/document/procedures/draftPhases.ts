import type { RootContent } from 'mdast';
import type { PhaseRole } from '../model';
import { roleOf, roleWithin } from '../sections/phaseRoles';
import type { Section } from '../sections/sectionTree';
import { closingChecks } from '../steps/closingChecks';
import { readCondition } from '../steps/conditions';
import { readSteps } from '../steps/readSteps';
import { isChoice } from './numberedHeadings';
import type { OutlinePart, ProcedureOutline } from './outline';
import { commandsOnly } from './partCommands';
import { addExpectation, expectOfPart } from './partResults';
import type {
  DraftPhase,
  ProcedureDrafts,
  ProcedurePlace,
} from './procedureDrafts';
import { textEntriesIn } from './textEntries';

/**
 * Drafts the phases of a procedure, part by part, with the facts that its parts tell. Where nothing has the form of a
 * step, what the procedure says in prose is what a person follows.
 */
export function draftPhases(
  outline: ProcedureOutline,
  place: ProcedurePlace,
): ProcedureDrafts {
  const drafts = draftParts(outline, place);
  return drafts.phases.length > 0
    ? drafts
    : draftParts(outline, { ...place, followsProse: true });
}

function draftParts(
  outline: ProcedureOutline,
  place: ProcedurePlace,
): ProcedureDrafts {
  const drafts: ProcedureDrafts = {
    phases: [],
    symptoms: [],
    prerequisites: [],
    successCriteria: [],
  };
  for (const part of outline.parts) readPart(part, drafts, outline, place);
  partVerification(drafts.phases);
  return drafts;
}

/** Where nothing else verifies, the last steps that see whether it worked are a phase of their own. */
function partVerification(phases: DraftPhase[]): void {
  if (phases.some(({ role }) => role === 'verification')) return;
  const at = phases.map(({ role }) => role).lastIndexOf('steps');
  const checks = closingChecks(phases[at]?.steps ?? []);
  if (checks.length === 0) return;
  const { section, steps } = phases[at];
  steps.splice(-checks.length);
  phases.splice(at + 1, 0, {
    section,
    role: 'verification',
    title: 'Verification',
    line: checks[0].line,
    steps: checks,
  });
}

function readPart(
  part: OutlinePart,
  drafts: ProcedureDrafts,
  outline: ProcedureOutline,
  place: ProcedurePlace,
): void {
  switch (part.role) {
    case 'symptoms':
      drafts.symptoms.push(...textEntriesIn(part.nodes));
      addPhase(
        part,
        'investigation',
        commandsOnly(part, place),
        drafts,
        outline,
        place,
      );
      return;
    case 'success':
      drafts.successCriteria.push(...textEntriesIn(part.nodes));
      expectOfPart(part, drafts, outline, place);
      addPhase(
        part,
        'verification',
        commandsOnly(part, place),
        drafts,
        outline,
        place,
      );
      return;
    case 'expectation':
      addExpectation(part, drafts, place);
      continuePhase(part, drafts, outline, place);
      return;
    case 'prerequisites':
      drafts.prerequisites.push(...textEntriesIn(part.nodes));
      addPhase(
        part,
        part.role,
        // Nobody ticks off in every procedure what the whole document asks for.
        part.shared ? commandsOnly(part, place) : part.nodes,
        drafts,
        outline,
        place,
      );
      return;
    case 'information':
      addPhase(
        part,
        part.role,
        commandsOnly(part, place),
        drafts,
        outline,
        place,
      );
      return;
    default:
      addPhase(part, part.role, part.nodes, drafts, outline, place);
  }
}

function addPhase(
  part: OutlinePart,
  role: PhaseRole,
  nodes: RootContent[],
  drafts: ProcedureDrafts,
  outline: ProcedureOutline,
  place: ProcedurePlace,
): void {
  if (nodes.length === 0) return;
  const steps = readSteps(nodes, {
    blocks: place.blocks,
    source: place.source,
    role,
    prose:
      place.followsProse ||
      (!part.isBody && roleWithin(part.title) !== undefined)
        ? 'followed'
        : 'read',
    ...(namesSteps(part) ? { title: part.title } : {}),
  });
  if (steps.length === 0) return;
  const option = optionAround(part.section, outline.section);
  if (option) {
    const label = option.ordinal
      ? option.written.split(/[:.–—-]/)[0].trim()
      : option.title;
    for (const step of steps) {
      step.option ??= { group: `${place.id}-${option.ordinalWord}`, label };
    }
  }
  const condition = conditionOver(part);
  if (condition) steps.forEach(step => (step.condition ??= condition));
  const last = drafts.phases.at(-1);
  if (last?.section === part.section && last.role === role) {
    last.steps.push(...steps);
    return;
  }
  drafts.phases.push({
    section: part.section,
    role,
    title: part.isBody ? titleOfBody(role, outline) : part.title,
    line: part.isBody ? outline.section.line : part.line,
    steps,
  });
}

/** Commands that stand among results go on with the phase above. */
function continuePhase(
  part: OutlinePart,
  drafts: ProcedureDrafts,
  outline: ProcedureOutline,
  place: ProcedurePlace,
): void {
  const last = drafts.phases.at(-1);
  const section = last?.section ?? part.section;
  const role = last?.role ?? 'steps';
  const nodes = commandsOnly(part, place);
  addPhase({ ...part, section }, role, nodes, drafts, outline, place);
}

/** "If it is not installed" over a part holds for all its steps. */
function conditionOver(part: OutlinePart): string | undefined {
  return !part.isBody && /^(?:if|in case|unless|only if)\b/i.test(part.title)
    ? readCondition(part.title).condition
    : undefined;
}

/** The "Option 2: ..." heading that a part stands under, inside its procedure. */
function optionAround(part: Section, procedure: Section): Section | undefined {
  for (
    let at: Section | undefined = part;
    at && at !== procedure;
    at = at.parent
  ) {
    if (isChoice(at)) return at;
  }
  return undefined;
}

/** A heading with a subject names an unnamed step below it; "Diagnosis" or the procedure's own title does not. */
function namesSteps(part: OutlinePart): boolean {
  return !part.isBody && roleOf(part.title) === undefined;
}

function titleOfBody(role: PhaseRole, outline: ProcedureOutline): string {
  return role === 'steps' ? 'Steps' : outline.section.title;
}
