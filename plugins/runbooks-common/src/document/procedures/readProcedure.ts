import { entriesIn, metadataOf } from '../facts/metadata';
import type { DocumentProblem, Phase, Procedure, Step } from '../model';
import { mergeParameters } from '../parameters/mergeParameters';
import { ShellSession } from '../../shell';
import { kindOf } from '../sections/procedureKinds';
import { groupAlternatives } from '../steps/alternatives';
import { finishStep } from '../steps/finishStep';
import { draftPhases } from './draftPhases';
import { numberedAbove } from './numberedHeadings';
import type { ProcedureOutline } from './outline';
import type { DraftPhase, ProcedurePlace } from './procedureDrafts';
import { summaryOf } from './summaryOf';

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
