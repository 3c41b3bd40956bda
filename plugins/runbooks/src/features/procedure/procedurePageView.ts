import type {
  Expectation,
  PhaseRole,
  Plan,
  ProcedureView,
} from '@backstage-runbooks/plugin-runbooks-common';
import { worstEffect } from '@backstage-runbooks/plugin-runbooks-common';
import { kindWords, phaseWords } from '../../words/procedureWords';
import {
  groupAlternatives,
  stepsOfGroup,
  type StepGroup,
} from '../step/groupAlternatives';
import { shownParameters, stepView, type StepView } from '../step/stepView';

/** A procedure as its page shows it, before or after planning. */
export interface ProcedurePageView {
  title: string;
  context: string[];
  kind: string;
  effect: ReturnType<typeof worstEffect>;
  /** No value of a run is known: values can make the effect worse. */
  isAsWritten: boolean;
  observeOnly: boolean;
  facts: Array<{ label: string; value: string }>;
  summary?: string;
  symptoms: string[];
  prerequisites: string[];
  successCriteria: string[];
  phases: PhaseView[];
  stepCount: number;
}

export interface PhaseView {
  key: string;
  role: PhaseRole;
  roleLabel: string;
  /** The team's own heading, where it says more than the role. */
  title?: string;
  groups: StepGroup<StepView>[];
}

/** Puts the document and what the plan adds together. */
export function procedurePageView(
  view: ProcedureView,
  plan: Plan | undefined,
): ProcedurePageView {
  const { procedure } = view;
  const phases = phaseViews(view, plan);
  const steps = procedure.phases.flatMap(phase => phase.steps);
  return {
    title: procedure.title,
    context: procedure.context,
    kind: kindWords(procedure.kind),
    effect: worstEffect(
      phases
        .flatMap(phase => phase.groups.flatMap(stepsOfGroup))
        .map(step => step.effect),
    ),
    isAsWritten: plan === undefined && view.parameters.length > 0,
    observeOnly: procedure.observeOnly,
    facts: factsOf(view),
    summary: steps.some(step => step.note === procedure.summary)
      ? undefined
      : procedure.summary,
    symptoms: procedure.symptoms,
    prerequisites: procedure.prerequisites,
    successCriteria: procedure.successCriteria.filter(
      criterion => !steps.some(step => holds(step.expectation, criterion)),
    ),
    phases,
    stepCount: steps.length,
  };
}

function phaseViews(view: ProcedureView, plan: Plan | undefined): PhaseView[] {
  const { procedure } = view;
  const shown = plan
    ? shownParameters(plan.parameters)
    : Object.fromEntries(view.parameters.map(one => [one.name, one.written]));
  const planned = new Map(plan?.steps.map(step => [step.id, step]));
  let number = 0;
  return procedure.phases.map((phase, index) => {
    const steps = phase.steps.map(step =>
      stepView(step, String(++number), shown, planned.get(step.id)),
    );
    const roleLabel = phaseWords(phase.role);
    return {
      key: `${index}`,
      role: phase.role,
      roleLabel,
      title:
        phase.title && !sameWords(phase.title, roleLabel, procedure.title)
          ? phase.title
          : undefined,
      groups: groupAlternatives(steps, step => step),
    };
  });
}

function factsOf(view: ProcedureView) {
  const metadata = { ...view.runbook.metadata, ...view.procedure.metadata };
  const known: Array<[string, string | undefined]> = [
    ['Duration', metadata.duration],
    ['Risk', metadata.riskLevel],
    ['Authorization', metadata.authorization],
    ['Severity', metadata.severity],
    ['Schedule', metadata.schedule],
    ['Owner', metadata.owner],
    ['Version', metadata.version],
    ['Last updated', metadata.lastUpdated],
    ['Next review', metadata.nextReview ?? metadata.reviewSchedule],
  ];
  const other = Object.entries(view.procedure.metadata.other ?? {});
  return (
    [...known, ...other]
      .filter((fact): fact is [string, string] => Boolean(fact[1]))
      // What it is about stands above the facts, under whatever name the document gave it.
      .filter(([, value]) => value !== view.procedure.summary)
      .map(([label, value]) => ({ label, value }))
  );
}

/** What a step already shows as its expectation is not told twice. */
function holds(expectation: Expectation | undefined, criterion: string) {
  const plain = (text: string) => text.replace(/[`*_\s]/g, '');
  return (
    expectation !== undefined &&
    plain(expectation.text).includes(plain(criterion))
  );
}

function sameWords(title: string, ...others: string[]) {
  const plain = (text: string) => text.toLowerCase().replace(/[^a-z0-9]/g, '');
  return others.some(other => plain(other) === plain(title));
}
