import {
  missingPermissionWords,
  type ProcedureView,
} from '@backstage-runbooks/plugin-runbooks-common';
import { screen } from '@testing-library/react';
import { renderScreen } from '../../__testUtils__/renderScreen';
import { procedureView } from '../../testing/documents';
import { answeredWith } from '../../testing/refusals';
import { planOf } from '../../testing/plans';
import { initialPlanForm, whyNotStart } from './planForm';
import { StartPanel } from './StartPanel';
import type { PlanState } from './usePlan';
import type { ValuesOfRun } from './valuesOfRun';

const PLANNED: PlanState = {
  status: 'planned',
  plan: planOf({ NAMESPACE: 'identity', REPLICAS: '6' }),
};
const VALUES: ValuesOfRun = { runId: 'run-1', values: { REPLICAS: '6' } };

async function openPanel(options: {
  view?: Partial<ProcedureView>;
  plan?: PlanState;
  again?: ValuesOfRun;
}) {
  const view = procedureView(options.view);
  const plan = options.plan ?? PLANNED;
  const form = initialPlanForm(view, options.again ?? VALUES);
  await renderScreen(
    <StartPanel
      view={view}
      form={form}
      onChange={() => {}}
      plan={plan}
      onPlanAgain={() => {}}
      start={{ status: 'idle' }}
      whyNot={whyNotStart(view, form, plan)}
      onStart={() => {}}
    />,
  );
  return screen.findByRole('button', { name: 'Start run' });
}

describe('what stands in the way of a start', () => {
  it('is told once where the plan is refused', async () => {
    const message = 'Step 2 names a command by a value.';
    const start = await openPanel({
      plan: {
        status: 'refused',
        problems: [{ code: 'unsafe-place', message }],
      },
    });
    expect(screen.getAllByText(message)).toHaveLength(1);
    expect(start).toBeDisabled();
    expect(start).toHaveAccessibleDescription(
      'What is said above stands in the way.',
    );
  });

  it('is told once to somebody who may only read, with the owners by name and no name of a permission', async () => {
    const because = missingPermissionWords({
      permission: { name: 'runbooks.run.create' },
      entityRef: 'component:default/auth-service',
      owners: ['group:default/identity', 'user:default/ada'],
    });
    const start = await openPanel({
      view: { mayStart: { allowed: false, because } },
      plan: { status: 'failed', error: await answeredWith(403, because) },
    });
    expect(start).toHaveAccessibleDescription(
      'You may read this procedure; its owners run it: identity, ada',
    );
    expect(screen.getAllByText(/its owners run it/)).toHaveLength(1);
    expect(screen.getByRole('link', { name: 'identity' })).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'ada' })).toBeInTheDocument();
    expect(screen.queryByText(/runbooks\.run/)).not.toBeInTheDocument();
  });
});

describe('a procedure that is run again', () => {
  it('says from which run its values are', async () => {
    await openPanel({});
    expect(screen.getByRole('link', { name: 'this run' })).toHaveAttribute(
      'href',
      '/runbooks/runs/run-1',
    );
    expect(screen.queryByText(/type them again/)).not.toBeInTheDocument();
  });

  it('asks for secret values anew', async () => {
    const [parameter] = procedureView().parameters;
    await openPanel({
      view: {
        parameters: [{ ...parameter, name: 'TOKEN', secret: true }],
      },
    });
    expect(screen.getByText(/type them again/)).toBeInTheDocument();
  });
});

describe('what a plan says', () => {
  it('names people and groups by their names', async () => {
    await openPanel({
      plan: {
        status: 'planned',
        plan: {
          ...PLANNED.plan!,
          notices: ['group:default/identity owns what step 2 writes'],
        },
      },
    });
    expect(screen.getByRole('link', { name: 'identity' })).toBeInTheDocument();
    expect(screen.queryByText(/group:default/)).not.toBeInTheDocument();
  });
});
