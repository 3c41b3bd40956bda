import type {
  Plan,
  PlannedStep,
  Run,
  RunView,
  StepAction,
  StepState,
} from '@backstage-runbooks/plugin-runbooks-common';
import { approvingEntities } from '@backstage-runbooks/plugin-runbooks-common';
import { phaseWords } from '../../words/procedureWords';
import {
  stepStateWords,
  wholeRunWords,
  type StateWords,
} from '../../words/runWords';
import {
  approvalParts,
  approvingView,
  type ApprovalPart,
  type ApprovingView,
} from './approvalParts';
import { asBound } from './asBound';
import { isDoneWell, newestStep } from './settledSteps';
import { wayBack } from './wayBack';
import { isInScope, stepScopeView, type ScopeView } from '../scope/scopeView';
import {
  plannedStepView,
  shownParameters,
  type ShownParameters,
  type StepView,
} from '../step/stepView';

/** A run as its page shows it. */
export interface RunPageView {
  state: StateWords;
  phases: RunPhaseView[];
  /** The step that wants attention; undefined when none does. */
  currentStepId?: string;
  done: number;
  total: number;
}

export interface RunPhaseView {
  key: string;
  roleLabel: string;
  title?: string;
  isRollback: boolean;
  steps: RunStepView[];
}

/** One step of a run with where it stands and what the person looking can do. */
export interface RunStepView {
  step: StepView;
  /** As it was bound, where it has been asked for or started. */
  planned: PlannedStep;
  /** Where it may go; missing where that is no question: it only looks, a person does it, or it is over. */
  scope?: ScopeView;
  state: StepState;
  /** Whose approval it needs, once that is known; empty where none. */
  approvals: ApprovalPart[];
  /** Missing where none is waited for. */
  approving?: ApprovingView;
  words: StateWords;
  /** The run has ended: nothing comes any more. */
  isOver: boolean;
  actions: StepAction[];
  /** Another option of the same choice was taken. */
  otherChosen: boolean;
  /** The step where the rollback begins, where this one failed and there is something to undo. */
  wayBack?: string;
  /** It ended well, and something newer happened since. */
  isBehind: boolean;
}

/** Turns what the server sent into what is shown. */
export function runPageView(view: RunView): RunPageView {
  const { run } = view;
  const shown = shownParameters(run.plan.parameters);
  const newest = newestStep(run.plan.steps, step => stateOf(run, step.id));
  const steps = run.plan.steps.map((planned, index) => ({
    ...runStepView(view, planned, index, shown),
    isBehind: planned !== newest && isDoneWell(stateOf(run, planned.id)),
  }));
  return {
    state: wholeRunWords(run),
    phases: phasesOf(run.plan, steps),
    currentStepId:
      run.status.kind === 'finished' ? undefined : currentStep(steps),
    done: steps.filter(one => isSettled(one.state)).length,
    total: steps.filter(one => !one.otherChosen).length,
  };
}

function runStepView(
  view: RunView,
  step: PlannedStep,
  index: number,
  shown: ShownParameters,
): Omit<RunStepView, 'isBehind'> {
  const { run } = view;
  const state = stateOf(run, step.id);
  const planned = asBound(step, state);
  const otherChosen = isOtherChosen(run, planned, state);
  const isOver = run.status.kind === 'finished';
  const approvals = isOver ? [] : partsOf(view, planned, state);
  return {
    step: plannedStepView(planned, String(index + 1), shown),
    planned,
    scope: isScopeOfUse(planned, state, isOver)
      ? stepScopeView(run.plan, planned)
      : undefined,
    state,
    approvals,
    approving:
      state.status === 'waiting-approval'
        ? approvingView(approvals, view.viewer.userRef)
        : undefined,
    words: otherChosen
      ? { label: 'Other option taken', tone: 'neutral' }
      : stateWordsOf(planned, state, isOver),
    isOver,
    actions: view.viewer.steps[planned.id] ?? [],
    otherChosen,
    wayBack: isOver ? undefined : wayBack(run, planned.id),
  };
}

function isScopeOfUse(step: PlannedStep, state: StepState, isOver: boolean) {
  const isToCome = ['pending', 'queued', 'running', 'interrupted'].includes(
    state.status,
  );
  return step.type === 'command' && isToCome && !isOver && isInScope(step);
}

/** Of one that is still to come, that it needs an approval is told also where it is folded. */
function stateWordsOf(
  { requires }: PlannedStep,
  state: StepState,
  isOver: boolean,
): StateWords {
  const words = stepStateWords(state, isOver);
  const isToCome =
    state.status === 'pending' &&
    state.returnedBecause === undefined &&
    !isOver;
  return isToCome && 'approvedBy' in requires
    ? { ...words, label: 'Needs an approval' }
    : words;
}

function partsOf(view: RunView, planned: PlannedStep, state: StepState) {
  const { run, approvers } = view;
  if (state.status === 'waiting-approval') {
    const { requires } = state.request.binding;
    return approvalParts(
      approvingEntities(run, requires),
      approvers,
      state.given,
    );
  }
  return 'approvedBy' in planned.requires
    ? approvalParts(approvingEntities(run, planned.requires), approvers, [])
    : [];
}

function stateOf(run: Run, stepId: string): StepState {
  return run.steps[stepId] ?? { status: 'pending' };
}

function isOtherChosen(run: Run, planned: PlannedStep, state: StepState) {
  const group = planned.alternative?.group;
  return (
    group !== undefined &&
    state.status === 'pending' &&
    run.plan.steps.some(
      other =>
        other.id !== planned.id &&
        other.alternative?.group === group &&
        !['pending', 'skipped', 'denied'].includes(
          stateOf(run, other.id).status,
        ),
    )
  );
}

function phasesOf(plan: Plan, steps: RunStepView[]): RunPhaseView[] {
  const phases: RunPhaseView[] = [];
  let lastKey: string | undefined;
  for (const one of steps) {
    const { role, title } = one.planned.phase;
    const key = `${role}|${title}`;
    if (key !== lastKey) {
      const roleLabel = phaseWords(role);
      phases.push({
        key: `${key}|${phases.length}`,
        roleLabel,
        title: [roleLabel, plan.procedure.title].includes(title)
          ? undefined
          : title,
        isRollback: role === 'rollback',
        steps: [],
      });
      lastKey = key;
    }
    phases[phases.length - 1].steps.push(one);
  }
  return phases;
}

/** What is going on comes first, then what waits for a person, then what has not been done yet. */
function currentStep(steps: RunStepView[]): string | undefined {
  const order: Array<StepState['status']> = [
    'running',
    'queued',
    'interrupted',
    'waiting-approval',
  ];
  for (const status of order) {
    const found = steps.find(one => one.state.status === status);
    if (found) return found.step.id;
  }
  const lastFailed = [...steps]
    .reverse()
    .find(one => !['pending', 'skipped'].includes(one.state.status));
  if (
    lastFailed &&
    (lastFailed.state.status === 'failed' ||
      lastFailed.state.status === 'denied')
  ) {
    return lastFailed.step.id;
  }
  return steps.find(
    one =>
      one.state.status === 'pending' &&
      !one.otherChosen &&
      one.planned.phase.role !== 'rollback',
  )?.step.id;
}

function isSettled(state: StepState) {
  return ['succeeded', 'failed', 'confirmed', 'skipped'].includes(state.status);
}
