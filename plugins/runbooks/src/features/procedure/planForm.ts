import type {
  ClusterSummary,
  PlanProblem,
  PlanRequest,
  PrefilledParameter,
  ProcedureView,
} from '@backstage-runbooks/plugin-runbooks-common';
import { upperFirst } from '../../words/upperFirst';
import type { PlanState } from './usePlan';
import type { ValuesOfRun } from './valuesOfRun';

/** What the person has chosen so far. */
export interface PlanForm {
  values: Record<string, string>;
  touched: Record<string, true>;
  cluster?: string;
  /** The run whose values it was filled in with. */
  again?: ValuesOfRun;
}

export type PlanFormChange =
  | { kind: 'value'; name: string; value: string }
  | { kind: 'cluster'; cluster: string };

/**
 * The form before the person touches it. A cluster is chosen only where there is no choice, or where the run chose it
 * that is to be run again; of that run's values those count that the procedure still asks for, and no secret one.
 */
export function initialPlanForm(
  view: ProcedureView,
  again?: ValuesOfRun,
): PlanForm {
  const cluster =
    view.clusters.length === 1 ? view.clusters[0].name : again?.cluster;
  return {
    values: Object.fromEntries(
      view.parameters.map(one => [
        one.name,
        (one.secret || !again ? undefined : own(again.values, one.name)) ??
          one.value ??
          one.default ??
          '',
      ]),
    ),
    touched: {},
    cluster: view.clusters.some(one => one.name === cluster)
      ? cluster
      : undefined,
    ...(again ? { again } : {}),
  };
}

/** The form after a change. */
export function changePlanForm(
  form: PlanForm,
  change: PlanFormChange,
): PlanForm {
  return change.kind === 'cluster'
    ? { ...form, cluster: change.cluster }
    : {
        ...form,
        values: { ...form.values, [change.name]: change.value },
        touched: { ...form.touched, [change.name]: true },
      };
}

/** What is sent to be planned: empty values are left out. */
export function planRequest(view: ProcedureView, form: PlanForm): PlanRequest {
  return {
    entityRef: view.entityRef,
    runbookId: view.runbook.id,
    procedureId: view.procedure.id,
    ...(form.cluster ? { cluster: form.cluster } : {}),
    parameters: Object.fromEntries(
      Object.entries(form.values).filter(([, value]) => value !== ''),
    ),
  };
}

/** What stands below a field: an error once the person has been there, else where the value comes from. */
export interface FieldHelp {
  text?: string;
  isError: boolean;
}

/** Help for one parameter. */
export function parameterHelp(
  parameter: PrefilledParameter,
  form: PlanForm,
  problems: PlanProblem[],
): FieldHelp {
  const problem = problems.find(one => one.parameter === parameter.name);
  const isMissing = problem?.code === 'missing-parameter';
  const isTouched = own(form.touched, parameter.name) !== undefined;
  if (problem && !(isMissing && !isTouched)) {
    return { text: problem.message, isError: true };
  }
  if (isTouched) return { isError: false };
  const before = form.again && own(form.again.values, parameter.name);
  if (before !== undefined && !parameter.secret) {
    return { text: 'As in the run before', isError: false };
  }
  if (parameter.from && own(form.values, parameter.name)) {
    return { text: `From ${parameter.from}`, isError: false };
  }
  return {
    text: `Written as ${parameter.written}`,
    isError: false,
  };
}

/** Why a run cannot be started right now; undefined when it can. */
export function whyNotStart(
  view: ProcedureView,
  form: PlanForm,
  plan: PlanState,
): string | undefined {
  if (!view.mayStart.allowed) return view.mayStart.because;
  const missing = view.parameters.filter(
    one => one.required && !own(form.values, one.name),
  );
  if (missing.length > 0) {
    return `Fill in ${missing.map(one => upperFirst(one.label)).join(', ')}.`;
  }
  const unavailable = chosenCluster(view.clusters, form)?.unavailable;
  if (unavailable && mayNeedCluster(plan)) {
    return `${upperFirst(unavailable)}. It is asked again by itself.`;
  }
  switch (plan.status) {
    case 'planning':
      return 'Planning with these values';
    case 'refused':
      return refusalWords(view, plan.problems);
    case 'failed':
    case 'not-asked':
      return 'There is no plan yet.';
    default:
      return undefined;
  }
}

/** A document may name a parameter as every object has something: `constructor`. */
function own<T>(record: Readonly<Record<string, T>>, name: string) {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}

/** Problems that stand at a field are not repeated. */
function refusalWords(view: ProcedureView, problems: PlanProblem[]) {
  const fields = problems.flatMap(problem =>
    view.parameters.filter(one => one.name === problem.parameter),
  );
  if (problems.length > 0 && fields.length === problems.length) {
    return `Correct ${fields.map(one => one.label).join(', ')}.`;
  }
  return problems.some(hasOwnPlace)
    ? 'What is said above stands in the way.'
    : problems[0]?.message ?? 'The plan was refused.';
}

/** Whether a problem is told above the button, because it belongs to no field. */
export function hasOwnPlace(problem: PlanProblem): boolean {
  return (
    !problem.parameter &&
    problem.code !== 'no-cluster' &&
    problem.code !== 'unknown-cluster'
  );
}

/** Of a plan that is all by hand and links, no step goes there. */
function mayNeedCluster(plan: PlanState): boolean {
  return (
    plan.status !== 'planned' ||
    plan.plan.steps.some(({ type }) => type === 'command' || type === 'query')
  );
}

function chosenCluster(clusters: ClusterSummary[], form: PlanForm) {
  return clusters.find(one => one.name === form.cluster);
}
