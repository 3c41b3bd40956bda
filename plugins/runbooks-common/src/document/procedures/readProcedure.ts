import type { RootContent } from 'mdast';
import { expectedTextsIn } from '../expectations/expectedTexts';
import { placeExpectations } from '../expectations/placeExpectations';
import { entriesIn, metadataOf } from '../facts/metadata';
import { plainText } from '../markdown/plainText';
import type {
  DocumentProblem,
  Phase,
  PhaseRole,
  Procedure,
  Step,
} from '../model';
import {
  mergeParameters,
  type DocumentDefaults,
} from '../parameters/mergeParameters';
import { ShellSession } from '../../shell';
import { roleOf, roleWithin } from '../sections/phaseRoles';
import { kindOf } from '../sections/procedureKinds';
import type { Section } from '../sections/sectionTree';
import { groupAlternatives } from '../steps/alternatives';
import type { BlockReadings } from '../steps/blockReadings';
import { closingChecks } from '../steps/closingChecks';
import { readCondition } from '../steps/conditions';
import { finishStep } from '../steps/finishStep';
import { readSteps } from '../steps/readSteps';
import type { StepDraft } from '../steps/stepDraft';
import { isChoice, numberedAbove } from './numberedHeadings';
import type { OutlinePart, ProcedureOutline } from './outline';
import { textEntriesIn } from './textEntries';

/** What a procedure needs to know of its document. */
export interface ProcedurePlace {
  id: string;
  title: string;
  documentTitle: string;
  observeOnly: boolean;
  blocks: BlockReadings;
  source: string;
  defaults: DocumentDefaults;
  /** The prose of its body is followed by hand. */
  followsProse?: boolean;
}

interface DraftPhase {
  section: Section;
  role: PhaseRole;
  title: string;
  line: number;
  steps: StepDraft[];
}

/** Reads a procedure: its facts, its phases and steps in order, and the parameters that they need. */
export function readProcedure(
  outline: ProcedureOutline,
  place: ProcedurePlace,
): { procedure: Procedure; problems: DocumentProblem[] } {
  const drafts = draftPhases(outline, place);
  const phases = finishPhases(drafts.phases, place);
  const steps = phases.flatMap(phase => phase.steps);
  const metadata = metadataOf(
    outline.parts
      .filter(
        part => !part.shared && (part.isBody || part.section.form === 'label'),
      )
      .flatMap(part => entriesIn(part.nodes)),
  );
  const context = outline.context.map(({ title }) => title);
  const chapter = numberedAbove(outline.section);
  const summary = summaryOf(outline);
  return {
    procedure: {
      id: place.id,
      title: place.title,
      kind: kindOf(
        place.title,
        chapter ? [...context, chapter.title] : context,
        place.documentTitle,
        {
          hasSymptoms: drafts.symptoms.length > 0,
          hasDiagnosis: phases.some(({ role }) => role === 'investigation'),
          changes: steps.some(
            ({ effect }) => effect === 'change' || effect === 'destructive',
          ),
          observeOnly: place.observeOnly,
          isScheduled: metadata.schedule !== undefined,
          prefix:
            outline.section.prefix ?? faultWord(outline.section.ordinalWord),
        },
      ),
      line: outline.section.line,
      context,
      ...(summary ? { summary } : {}),
      observeOnly: place.observeOnly,
      metadata,
      symptoms: drafts.symptoms,
      prerequisites: drafts.prerequisites,
      successCriteria: drafts.successCriteria,
      parameters: mergeParameters(steps, place.defaults),
      phases,
    },
    problems: observeProblems(steps, place),
  };
}

interface Drafts {
  phases: DraftPhase[];
  symptoms: string[];
  prerequisites: string[];
  successCriteria: string[];
}

/** Where nothing has the form of a step, what the procedure says in prose is what a person follows. */
function draftPhases(outline: ProcedureOutline, place: ProcedurePlace): Drafts {
  const drafts = draftParts(outline, place);
  return drafts.phases.length > 0
    ? drafts
    : draftParts(outline, { ...place, followsProse: true });
}

function draftParts(outline: ProcedureOutline, place: ProcedurePlace): Drafts {
  const drafts: Drafts = {
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
  drafts: Drafts,
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
  drafts: Drafts,
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
  drafts: Drafts,
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

function commandsOnly(part: OutlinePart, place: ProcedurePlace): RootContent[] {
  const holds = part.nodes.some(
    node => node.type === 'code' && runsAsStep(part, place, node),
  );
  return holds
    ? part.nodes.filter(
        node => node.type === 'code' || node.type === 'paragraph',
      )
    : [];
}

/** In "Expected output" an unlabelled block that reads like a command is still output. */
function runsAsStep(
  part: OutlinePart,
  place: ProcedurePlace,
  node: Extract<RootContent, { type: 'code' }>,
): boolean {
  if (!place.blocks.runs(node)) return false;
  return (
    part.role !== 'expectation' ||
    /^(?:bash|sh|shell|zsh)$/i.test(node.lang ?? '')
  );
}

/** What good looks like belongs to the steps above; what a whole label of results says are criteria as well. */
function addExpectation(
  part: OutlinePart,
  drafts: Drafts,
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
function expectOfPart(
  part: OutlinePart,
  drafts: Drafts,
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
function stepsSpokenOf(part: OutlinePart, drafts: Drafts): StepDraft[] {
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

function finishPhases(drafts: DraftPhase[], place: ProcedurePlace): Phase[] {
  const session = new ShellSession();
  return drafts.map((phase, phaseIndex) => {
    const phaseId = `${place.id}/${phaseIndex + 1}`;
    const steps = phase.steps.map((draft, stepIndex) => {
      const { step, leaves } = finishStep(draft, {
        id: `${phaseId}.${stepIndex + 1}`,
        earlier: session,
        observeOnly: place.observeOnly,
        defaults: place.defaults,
        namesOfCommands: place.blocks.namesOfCommands,
        otherNames: place.blocks.otherNames,
      });
      if (leaves) session.after(leaves);
      return step;
    });
    return {
      role: phase.role,
      title: phase.title,
      line: phase.line,
      steps: groupAlternatives(steps, phase.steps, phaseId),
    };
  });
}

function faultWord(word: string | undefined): string | undefined {
  return word === 'issue' || word === 'problem' || word === 'incident'
    ? word
    : undefined;
}

const SUMMARY =
  /^(?:purpose|overview|description|summary|meaning|use cases?|goals?|objectives?|about|introduction|background)\b/i;

function summaryOf(outline: ProcedureOutline): string | undefined {
  const named = outline.parts.find(
    part => part.role === 'information' && SUMMARY.test(part.title),
  );
  const body = outline.parts.find(({ isBody }) => isBody);
  const written = entriesIn(body?.nodes ?? []).find(({ key }) =>
    SUMMARY.test(key),
  );
  if (written) return written.value;
  const prose = (named ?? body)?.nodes[0];
  if (prose?.type !== 'paragraph') return undefined;
  const text = plainText(prose);
  if (text === '' || /[:：]$/.test(text) || entriesIn([prose]).length > 0)
    return undefined;
  return text.length > 500 ? `${text.slice(0, 499)}…` : text;
}

function observeProblems(
  steps: readonly Step[],
  place: ProcedurePlace,
): DocumentProblem[] {
  if (!place.observeOnly) return [];
  return steps
    .filter(step => step.effect === 'change' || step.effect === 'destructive')
    .map(step => ({
      line: step.line,
      column: 1,
      code: 'change-in-observe-only',
      severity: 'warning' as const,
      message: `Step "${step.title}" would change something (${step.because}) in a procedure that says it only observes`,
      suggestion:
        'Move the step to a procedure of its own, or take back the promise.',
    }));
}
