import { ClusterSummary } from '@backstage-runbooks/plugin-runbooks-common';
import {
  PRACTICE_CLUSTER,
  PRODUCTION_CLUSTER,
  procedureView,
} from '../../testing/documents';
import { planOf } from '../../testing/plans';
import {
  changePlanForm,
  initialPlanForm,
  parameterHelp,
  planRequest,
  whyNotStart,
} from './planForm';
import type { PlanState } from './usePlan';

const VIEW = procedureView();
const PLANNED: PlanState = {
  status: 'planned',
  plan: planOf({ NAMESPACE: 'identity', REPLICAS: '6' }),
};
const EMPTY = initialPlanForm(VIEW);
const FILLED = changePlanForm(EMPTY, {
  kind: 'value',
  name: 'REPLICAS',
  value: '6',
});

describe('the form of a procedure', () => {
  it('begins with what is known and chooses the only cluster', () => {
    expect(EMPTY.values).toEqual({
      NAMESPACE: 'identity',
      REPLICAS: '',
      POD_NAME: '',
    });
    expect(EMPTY.cluster).toBe('local');
  });

  it('leaves the choice among several clusters to the person', () => {
    const view = procedureView({
      clusters: [PRACTICE_CLUSTER, PRODUCTION_CLUSTER],
    });
    expect(initialPlanForm(view).cluster).toBeUndefined();
  });

  it('sends no empty value', () => {
    expect(planRequest(VIEW, EMPTY).parameters).toEqual({
      NAMESPACE: 'identity',
    });
  });

  it.each([
    { says: 'all is filled in', form: FILLED, plan: PLANNED, why: undefined },
    {
      says: 'a value is missing',
      form: EMPTY,
      plan: PLANNED,
      why: 'Fill in Replicas.',
    },
    {
      says: 'the plan is being made',
      form: FILLED,
      plan: { status: 'planning' } as PlanState,
      why: 'Planning with these values',
    },
    {
      says: 'a value was refused at its field',
      form: FILLED,
      plan: {
        status: 'refused',
        problems: [
          {
            code: 'invalid-value',
            parameter: 'REPLICAS',
            message: 'not digits',
          },
        ],
      } as PlanState,
      why: 'Correct replicas.',
    },
    {
      says: 'a step cannot be made safe',
      form: FILLED,
      plan: {
        status: 'refused',
        problems: [
          {
            code: 'unsafe-place',
            message: 'Line 4 names a command by a value.',
          },
        ],
      } as PlanState,
      why: 'What is said above stands in the way.',
    },
    {
      says: 'a cluster is not known, which its field tells',
      form: FILLED,
      plan: {
        status: 'refused',
        problems: [
          { code: 'unknown-cluster', message: 'There is no cluster "x".' },
        ],
      } as PlanState,
      why: 'There is no cluster "x".',
    },
  ])('may start or says why not when $says', ({ form, plan, why }) => {
    expect(whyNotStart(VIEW, form, plan)).toBe(why);
  });

  it('says why a person may not start before anything else', () => {
    const view = procedureView({
      mayStart: { allowed: false, because: 'You may only read.' },
    });
    expect(whyNotStart(view, EMPTY, PLANNED)).toBe('You may only read.');
  });

  it('does not start on a cluster that is starting', () => {
    const starting: ClusterSummary = {
      ...PRACTICE_CLUSTER,
      unavailable: 'the cluster is starting',
    };
    expect(
      whyNotStart(procedureView({ clusters: [starting] }), FILLED, PLANNED),
    ).toBe('The cluster is starting. It is asked again by itself.');
  });

  it('starts what is done by hand while its cluster is away', () => {
    const away: ClusterSummary = {
      ...PRACTICE_CLUSTER,
      unavailable: 'the cluster is starting',
    };
    const { plan } = PLANNED as { plan: ReturnType<typeof planOf> };
    const byHand: PlanState = {
      status: 'planned',
      plan: {
        ...plan,
        steps: plan.steps.map(step => ({ ...step, type: 'manual' as const })),
      },
    };
    const view = procedureView({ clusters: [away] });
    expect(whyNotStart(view, FILLED, byHand)).toBeUndefined();
    expect(whyNotStart(view, FILLED, { status: 'planning' })).toBe(
      'The cluster is starting. It is asked again by itself.',
    );
  });

  it('calls a missing value an error only after the person has been there', () => {
    const problems = [
      {
        code: 'missing-parameter' as const,
        parameter: 'REPLICAS',
        message: 'Give the number of replicas.',
      },
    ];
    const replicas = VIEW.parameters[1];
    expect(parameterHelp(replicas, EMPTY, problems)).toEqual({
      text: 'Written as <replicas>',
      isError: false,
    });
    const cleared = changePlanForm(FILLED, {
      kind: 'value',
      name: 'REPLICAS',
      value: '',
    });
    expect(parameterHelp(replicas, cleared, problems)).toEqual({
      text: 'Give the number of replicas.',
      isError: true,
    });
  });

  it('says where a value comes from until the person changes it', () => {
    const namespace = VIEW.parameters[0];
    expect(parameterHelp(namespace, EMPTY, []).text).toBe('From the entity');
  });
});

describe('the form of a procedure that is run again', () => {
  const again = {
    runId: 'run-1',
    values: { REPLICAS: '6', GONE: 'x', TOKEN: 'never kept' },
    cluster: 'prod-eu',
  };
  const secret = {
    ...VIEW.parameters[0],
    name: 'TOKEN',
    secret: true,
    value: undefined,
    default: undefined,
  };
  const view = procedureView({ parameters: [...VIEW.parameters, secret] });

  it('is filled in with the values of that run, but for secret ones and those that nothing asks for any more', () => {
    const form = initialPlanForm(view, again);
    expect(form.values).toMatchObject({ REPLICAS: '6', TOKEN: '' });
    expect(form.values).not.toHaveProperty('GONE');
    expect(form.touched).toEqual({});
  });

  it('says of each value where it comes from', () => {
    const form = initialPlanForm(view, again);
    const helpOf = (name: string) =>
      parameterHelp(view.parameters.find(one => one.name === name)!, form, [])
        .text;
    expect(helpOf('REPLICAS')).toBe('As in the run before');
    expect(helpOf('TOKEN')).not.toBe('As in the run before');
  });

  it('takes a parameter that is named as something of every object for nothing but a parameter', () => {
    const named = procedureView({
      parameters: [{ ...VIEW.parameters[0], name: 'constructor', value: '2' }],
    });
    const form = initialPlanForm(named, { runId: 'run-1', values: {} });
    expect(form.values).toEqual({ constructor: '2' });
    expect(parameterHelp(named.parameters[0], form, []).text).not.toBe(
      'As in the run before',
    );
  });

  it('goes to the cluster of that run, where it is still there', () => {
    const clusters = (...names: string[]) =>
      names.map(name => ({ ...VIEW.clusters[0], name }));
    const chosen = (...names: string[]) =>
      initialPlanForm({ ...view, clusters: clusters(...names) }, again).cluster;
    expect(chosen('local', 'prod-eu')).toBe('prod-eu');
    expect(chosen('local', 'prod-us')).toBeUndefined();
    expect(chosen('local')).toBe('local');
  });
});
