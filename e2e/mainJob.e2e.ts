import { expect, test } from '@playwright/test';
import { DrivenRun } from './drive';
import {
  askBackend,
  askPortal,
  callsOf,
  INES,
  kubectl,
  MAYA,
  picture,
  RUTH,
  signIn,
  TOMAS,
} from './portal';

/**
 * The main job as two people: Maya scales a service from two to four replicas, Tomas approves, the health changes
 * before her eyes, the run is in history; and the API refuses everybody who may not.
 */

const TAB = '/catalog/default/component/auth-service/runbooks';

test('a service owner scales a service with the approval of a colleague', async ({
  browser,
}) => {
  kubectl(
    'scale',
    'deployment',
    'auth-service',
    '--replicas=2',
    '-n',
    'fintech-services',
  );
  const maya = await signIn(browser, MAYA);
  const tomas = await signIn(browser, TOMAS);
  const ines = await signIn(browser, INES);

  // The tab: health, procedures, who is on call.
  await maya.goto(TAB);
  await expect(maya.getByText(/2 of 2 ready/).first()).toBeVisible({
    timeout: 60_000,
  });
  await expect(maya.getByText(/simulated nodes/i).first()).toBeVisible();
  await expect(maya.getByText(TOMAS.name).first()).toBeVisible();
  await picture(maya, 'tab');

  // The procedure: a bad value is refused with what is expected, a good one is planned.
  await maya.getByRole('link', { name: 'Scaling a Service' }).first().click();
  await maya.getByLabel(/replicas/i).fill('4; kubectl delete namespace prod');
  await expect(maya.getByText(/expected a whole number/).first()).toBeVisible({
    timeout: 20_000,
  });
  await expect(maya.getByRole('button', { name: 'Start run' })).toBeDisabled();
  await picture(maya, 'procedure-bad-value');
  await maya.getByLabel(/replicas/i).fill('4');
  await expect(maya.getByRole('button', { name: 'Start run' })).toBeEnabled({
    timeout: 20_000,
  });
  const panel = maya.getByRole('region', { name: 'Run this procedure' });
  await expect(panel.getByRole('group', { name: 'Scope' })).toContainText(
    'Writes only in fintech-services',
  );
  await picture(maya, 'procedure');
  await maya.getByRole('button', { name: 'Start run' }).click();
  await maya.waitForURL(/\/runbooks\/runs\/[0-9a-f-]{36}/);
  const runId = /runs\/([0-9a-f-]{36})/.exec(maya.url())![1];

  // A read step runs at once; its output is there, live.
  await maya.getByRole('button', { name: 'Run step' }).first().click();
  await expect(maya.getByText(/auth-service\s+2\/2/).first()).toBeVisible({
    timeout: 60_000,
  });
  await picture(maya, 'run-read-step');

  // The change is asked for, and the requester and a stranger are refused: on the screen and by the API.
  const { body: view } = await askBackend(MAYA, `runs/${runId}`);
  const change = view.run.plan.steps.find(
    (step: { effect: string }) => step.effect === 'change',
  );
  await maya
    .getByRole('button', { name: new RegExp(change.title) })
    .first()
    .click();
  await maya.getByRole('button', { name: 'Preview' }).first().click();
  await expect(
    maya
      .getByRole('region', { name: 'What it would change' })
      .getByText('2 → 4 replicas'),
  ).toBeVisible({ timeout: 60_000 });
  await picture(maya, 'run-preview');
  expect(replicas()).toBe('2');
  await maya.getByRole('button', { name: 'Request approval' }).first().click();
  await maya
    .getByLabel('Reason for the approver')
    .fill('Campaign starts at noon');
  await maya.getByRole('button', { name: 'Request approval' }).last().click();
  await expect(maya.getByText(/second person/).first()).toBeVisible();
  await expect(
    maya.getByRole('button', { name: 'Approve' }).first(),
  ).toBeDisabled();
  await picture(maya, 'run-waiting-requester');

  const { body: asked } = await askBackend(MAYA, `runs/${runId}`);
  const approve = {
    kind: 'approve',
    stepId: change.id,
    digest: asked.run.steps[change.id].request.digest,
  };
  expect(
    await askBackend(MAYA, `runs/${runId}/commands`, approve),
  ).toMatchObject({ status: 403 });
  expect(
    await askBackend(INES, `runs/${runId}/commands`, approve),
  ).toMatchObject({ status: 403 });
  expect(replicas()).toBe('2');
  await ines.goto(`/runbooks/runs/${runId}`);
  await expect(
    ines.getByRole('button', { name: 'Approve' }).first(),
  ).toBeDisabled({ timeout: 20_000 });
  await picture(ines, 'run-waiting-stranger');

  // The colleague sees exactly what would run, and approves; the health follows before the requester's eyes.
  await tomas.goto('/runbooks/approvals');
  await expect(tomas.getByText(change.title).first()).toBeVisible({
    timeout: 20_000,
  });
  await picture(tomas, 'approvals');
  await tomas
    .getByRole('link', { name: change.title })
    .and(tomas.locator(`a[href*="${runId}"]`))
    .click();
  await expect(
    tomas.getByRole('button', { name: new RegExp(change.title) }).first(),
  ).toBeFocused();
  await expect(
    tomas.getByText('Campaign starts at noon').first(),
  ).toBeVisible();
  await expect(
    tomas.getByLabel('What the approval covers').getByText('2 → 4 replicas'),
  ).toBeVisible();
  await picture(tomas, 'run-waiting-approver');
  await tomas.getByRole('button', { name: 'Approve and run' }).first().click();
  await expect(maya.getByText(/4 of 4 ready/).first()).toBeVisible({
    timeout: 60_000,
  });
  expect(replicas()).toBe('4');
  await picture(maya, 'run-approved');

  // The run ends and is in history, with a ledger that holds.
  const ended = await askBackend(MAYA, `runs/${runId}/commands`, {
    kind: 'finish',
    outcome: 'succeeded',
  });
  expect(ended.status).toBe(200);
  const { body: ledger } = await askBackend(TOMAS, `runs/${runId}/ledger`);
  expect(ledger.verification).toMatchObject({ intact: true });
  expect(await callsOf(TOMAS, runId)).toContainEqual(
    expect.objectContaining({
      resource: 'deployments',
      subresource: 'scale',
      decision: 'passed',
      status: 200,
    }),
  );
  await picture(maya, 'run-finished');
  await tomas.goto('/runbooks');
  await expect(tomas.getByText('Scaling a Service').first()).toBeVisible({
    timeout: 20_000,
  });
  await picture(tomas, 'history');
  await maya.goto(TAB);
  await expect(maya.getByText(/4 of 4 ready/).first()).toBeVisible({
    timeout: 30_000,
  });
  await picture(maya, 'tab-afterwards');
});

test('an approval goes back, with the reason, where the cluster has changed since what it showed', async () => {
  const deployment = ['deployment', 'auth-service', '-n', 'fintech-services'];
  kubectl('scale', ...deployment, '--replicas=2');
  const run = await DrivenRun.start({
    entity: 'auth-service',
    procedure: 'Scaling a Service',
    parameters: { REPLICAS: '4' },
    requester: MAYA,
    approver: TOMAS,
  });
  const change = run.plan.steps.find(step => step.effect === 'change')!;
  const stepId = change.id;
  const { run: asked } = await run.command(MAYA, {
    kind: 'request-approval',
    stepId,
  });
  const state = asked.steps[stepId];
  if (state.status !== 'waiting-approval') throw new Error(state.status);
  expect(state.request.preview).toMatchObject({
    outcome: 'changes',
    objects: [{ change: 'change', headline: '2 → 4 replicas' }],
  });
  kubectl('scale', ...deployment, '--replicas=3');
  await run.command(TOMAS, {
    kind: 'approve',
    stepId,
    digest: state.request.digest,
  });
  await expect
    .poll(
      async () => {
        const { body } = await askBackend(MAYA, `runs/${run.id}`);
        return body.run.steps[stepId];
      },
      { timeout: 30_000 },
    )
    .toEqual({
      status: 'pending',
      returnedBecause:
        'Deployment auth-service would go from 3 to 4 replicas now, not from 2',
    });
  expect(replicas()).toBe('3');
  await run.command(MAYA, { kind: 'cancel' });
});

test('of two steps that wait at once, each link opens its own and no other', async ({
  browser,
}) => {
  const run = await DrivenRun.start({
    entity: 'auth-service',
    procedure: 'Deploying a new version',
    parameters: { VERSION: 'v2.9.0' },
    requester: MAYA,
    approver: TOMAS,
  });
  const waiting = run.plan.steps
    .filter(step => step.requires.kind === 'approval')
    .slice(0, 2);
  expect(waiting).toHaveLength(2);
  for (const step of waiting) {
    await run.command(MAYA, { kind: 'request-approval', stepId: step.id });
  }
  const tomas = await signIn(browser, TOMAS);
  for (const step of waiting) {
    await tomas.goto('/runbooks/approvals');
    const link = `runs/${run.id}?step=${encodeURIComponent(step.id)}`;
    await tomas.locator(`a[href$="${link}"]`).click();
    const number = run.plan.steps.indexOf(step) + 1;
    await expect(tomas.locator('[aria-expanded="true"]')).toHaveCount(1);
    await expect(
      tomas.locator(`li[aria-current="step"] [aria-expanded="true"]`),
    ).toBeInViewport();
    await expect(tomas.getByLabel('What the approval covers')).toHaveCount(1);
    await expect(
      tomas.locator('li[aria-current="step"]').getByText(`${number}`, {
        exact: true,
      }),
    ).toBeVisible();
    await picture(tomas, `run-linked-step-${number}`);
  }
  await tomas.getByRole('button', { name: /^Approve/ }).click();
  await expect(async () => {
    const { body } = await askBackend(TOMAS, `runs/${run.id}`);
    expect(body.run.steps[waiting[0].id].status).toBe('waiting-approval');
    expect(body.run.steps[waiting[1].id].status).not.toBe('waiting-approval');
  }).toPass({ timeout: 20_000 });
  await run.command(MAYA, { kind: 'cancel', reason: 'Only looked at' });
});

test('a lead stops all changes, an owner sees it and can only look, and they go on again', async ({
  browser,
}) => {
  const run = await DrivenRun.start({
    entity: 'auth-service',
    procedure: 'Scaling a Service',
    parameters: { REPLICAS: '3' },
    requester: MAYA,
    approver: TOMAS,
  });
  const ruth = await signIn(browser, RUTH);
  await ruth.goto('/runbooks/runs');
  await ruth.getByRole('button', { name: 'Stop all changes' }).click();
  await ruth
    .getByLabel(/Why all changes are stopped/)
    .fill('Payments are lost');
  await ruth.getByRole('button', { name: 'Stop all changes' }).click();
  try {
    await expect(ruth.getByText('Payments are lost').first()).toBeVisible();
    await picture(ruth, 'stopped-for-a-lead');
    const maya = await signIn(browser, MAYA);
    await maya.goto(`/runbooks/runs/${run.id}`);
    await expect(maya.getByText('All changes are stopped')).toBeVisible({
      timeout: 20_000,
    });
    await picture(maya, 'stopped-for-an-owner');
    const [change] = run.plan.steps.filter(
      ({ requires }) => requires.kind === 'approval',
    );
    const asked = await askBackend(MAYA, `runs/${run.id}/commands`, {
      kind: 'request-approval',
      stepId: change.id,
    });
    expect(asked.status).toBe(409);
    expect(asked.body.error.message).toContain('Payments are lost');
    const [read] = run.plan.steps.filter(
      ({ requires, type }) => requires.kind === 'nothing' && type === 'command',
    );
    await run.command(MAYA, { kind: 'run-step', stepId: read.id });
    const denied = await askBackend(MAYA, 'holds/resume', {});
    expect(denied.status).toBe(403);
  } finally {
    await ruth.getByRole('button', { name: 'Let changes go on' }).click();
  }
  await expect(
    ruth.getByRole('button', { name: 'Stop all changes' }),
  ).toBeVisible();
  await run.command(MAYA, { kind: 'cancel', reason: 'Only looked at' });
});

test('the doors of the kubernetes plugin lead nobody past the gateway', async () => {
  const secrets = '/api/v1/namespaces/streamgate/secrets';
  for (const person of [MAYA, TOMAS]) {
    const proxied = await askPortal(person, `kubernetes/proxy${secrets}`, {
      headers: { 'Backstage-Kubernetes-Cluster': 'local' },
    });
    expect(proxied.status).toBe(403);
    const queried = await askPortal(
      person,
      'kubernetes/resources/custom/query',
      {
        body: {
          entityRef: 'component:default/todo-backend',
          auth: {},
          customResources: [{ group: '', apiVersion: 'v1', plural: 'secrets' }],
        },
      },
    );
    const [{ resources, errors }] = JSON.parse(queried.text).items;
    expect(resources).toEqual([]);
    expect(errors).toMatchObject([{ statusCode: 403 }]);
  }
});

test('nobody gets in without signing in', async () => {
  const backend =
    process.env.RUNBOOKS_TEST_BACKEND_URL ?? 'http://localhost:7007';
  for (const route of [
    'approvals',
    'runs',
    'entities/component/default/auth-service/health',
  ]) {
    expect((await fetch(`${backend}/api/runbooks/${route}`)).status).toBe(401);
  }
});

function replicas(): string {
  return kubectl(
    'get',
    'deployment',
    'auth-service',
    '-n',
    'fintech-services',
    '-o',
    'jsonpath={.spec.replicas}',
  );
}
