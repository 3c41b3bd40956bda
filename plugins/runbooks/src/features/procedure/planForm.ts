import type {
  ClusterSummary,
  PlanProblem,
  PlanRequest,
  PrefilledParameter,
  ProcedureView,
} from '@backstage-runbooks/plugin-runbooks-common';
import { upperFirst } from '../../words/upperFirst';
import type { PlanState } from './usePlan';

/** What the person has chosen so far. */
export interface PlanForm {
  values: Record<string, string>;
  touched: Record<string, true>;
  cluster?: string;
}

export type PlanFormChange =
  | { kind: 'value'; name: string; value: string }
  | { kind: 'cluster'; cluster: string };

/** The form before the person touches it. A cluster is chosen only where there is no choice. */
export function initialPlanForm(view: ProcedureView): PlanForm {
  return {
    values: Object.fromEntries(
      view.parameters.map(one => [one.name, one.value ?? one.default ?? '']),
    ),
    touched: {},
    cluster: view.clusters.length === 1 ? view.clusters[0].name : undefined,
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
  if (problem && !(isMissing && !form.touched[parameter.name])) {
    return { text: problem.message, isError: true };
  }
  if (form.touched[parameter.name]) return { isError: false };
  if (parameter.from && form.values[parameter.name]) {
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
    one => one.required && !form.values[one.name],
  );
  if (missing.length > 0) {
    return `Fill in ${missing.map(one => one.label).join(', ')}.`;
  }
  const unavailable = chosenCluster(view.clusters, form)?.unavailable;
  if (unavailable) return upperFirst(unavailable);
  switch (plan.status) {
    case 'planning':
      return 'Planning with these values';
    case 'refused':
      return refusalWords(view, plan.problems);
    case 'failed':
      return 'There is no plan yet.';
    default:
      return undefined;
  }
}

/** Problems that stand at a field are not repeated. */
function refusalWords(view: ProcedureView, problems: PlanProblem[]) {
  const fields = problems.flatMap(problem =>
    view.parameters.filter(one => one.name === problem.parameter),
  );
  if (problems.length > 0 && fields.length === problems.length) {
    return `Correct ${fields.map(one => one.label).join(', ')}.`;
  }
  const other = problems.find(one => !one.parameter) ?? problems[0];
  return other?.message ?? 'The plan was refused.';
}

function chosenCluster(clusters: ClusterSummary[], form: PlanForm) {
  return clusters.find(one => one.name === form.cluster);
}
