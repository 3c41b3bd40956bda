import { expect, test } from '@playwright/test';
import { judgeExpectation } from '../plugins/runbooks-common/src/document/expectations/judgeExpectation';
import { beginAfresh, rolledOut } from './cluster';
import { DrivenRun, findProcedure, type DrivenStep } from './drive';
import { askBackend, callsOf, kubectl, type DemoPerson } from './portal';

/**
 * One test for each of the five example systems: their procedures are run step by step on the real control plane, by
 * the people who own them, through the portal's API. What pods answer to exec and logs is simulated, and nothing here
 * takes such an answer as proof that something was executed: the cluster is asked.
 */

const people = (name: string): DemoPerson => ({
  name,
  userRef: `user:default/${name.toLowerCase().replace(' ', '.')}`,
});

const TRADING = {
  requester: people('Marek Zielinski'),
  approver: people('Yuki Tanaka'),
};
const STREAMING = {
  requester: people('Ines Carvalho'),
  approver: people('Priya Raman'),
};
const CHATBOT = {
  requester: people('Omar Benali'),
  approver: people('Bea Fontaine'),
};
const IDENTITY = {
  requester: people('Maya Lindqvist'),
  approver: people('Tomas Okafor'),
};
const PLATFORM = {
  requester: people('Hana Kobayashi'),
  approver: people('Sam Whitlock'),
};

test('trading floor: a rollout is checked from the first to the last step, and nothing can change', async () => {
  beginAfresh('trading-floor');
  const before = generations('trading-floor');
  const run = await DrivenRun.start({
    entity: 'strategy-engine',
    procedure: /Check a rollout/,
    parameters: { NAME: 'strategy-engine', SERVICE: 'strategy-engine' },
    ...TRADING,
  });
  expect(run.plan.procedure.observeOnly).toBe(true);
  expect(run.plan.steps.every(step => step.writes.kind === 'none')).toBe(true);
  expect(
    run.plan.steps.find(step => step.display.includes(' exec ')),
  ).toMatchObject({
    type: 'manual',
    manualBecause: expect.stringContaining('observe'),
  });
  expect(
    run.plan.steps.find(step => step.display.includes('key=value')),
  ).toMatchObject({
    type: 'manual',
    manualBecause: expect.stringContaining('only shows how it is written'),
  });
  const driven = await run.runAll();
  const output = driven.map(one => one.output).join('\n');
  expect(output).toContain('successfully rolled out');
  expect(output).toContain('Running');
  expect(
    checked(driven).filter(one => one.verdict === 'met').length,
  ).toBeGreaterThan(3);
  expect(checked(driven).filter(one => one.verdict === 'missed')).toEqual([]);
  for (const { step } of driven.filter(one => one.step.expectation)) {
    if (step.type !== 'command') continue;
    await run.command(TRADING.requester, {
      kind: 'judge',
      stepId: step.id,
      good: true,
    });
  }
  const view = await findProcedure(
    'strategy-engine',
    /Check a rollout/,
    TRADING.requester,
  );
  expect(view.procedure.successCriteria.length).toBeGreaterThan(2);
  await run.finish();
  expect(generations('trading-floor')).toEqual(before);
});

test('StreamGate: blue-green with its rollback, a canary promoted and rolled back, an autoscaler patched', async () => {
  beginAfresh('streamgate');
  const colour = () =>
    field(
      'service',
      'streamgate-active',
      'streamgate',
      '{.spec.selector.version}',
    );
  const first = colour();
  const deploy = await DrivenRun.start({
    entity: 'streamgate-api',
    procedure: 'Blue-green deployment',
    parameters: { VERSION: 'v3.1.0' },
    ...STREAMING,
  });
  await deploy.runAll(step => step.phase.role !== 'rollback');
  expect(colour()).not.toBe(first);
  await deploy.runAll(step => step.phase.role === 'rollback');
  expect(colour()).toBe(first);
  await deploy.finish();

  const stable = () =>
    field(
      'deployment',
      'streamgate-edge-stable',
      'streamgate',
      '{.spec.template.spec.containers[0].image}',
    );
  const before = stable();
  const canary = await DrivenRun.start({
    entity: 'streamgate-edge',
    procedure: 'Canary deployment',
    parameters: { VERSION: 'v2.7.0' },
    ...STREAMING,
  });
  await canary.succeeds('./scripts/canary-deploy.sh');
  expect(stable()).toContain('v2.7.0');
  await canary.succeeds('Undo that too');
  expect(stable()).toBe(before);
  await canary.finish();

  const scaling = await DrivenRun.start({
    entity: 'streamgate-api',
    procedure: /autoscaler does nothing/i,
    ...STREAMING,
  });
  await scaling.succeeds('"maxReplicas":12');
  expect(
    field('hpa', 'streamgate-hpa-cpu', 'streamgate', '{.spec.maxReplicas}'),
  ).toBe('12');
  await scaling.finish();
});

test('todo chatbot: scaled up and back, a setting changed and restored from its backup file, a secret rotated', async () => {
  beginAfresh('todo-chatbot');
  const namespace = kubectl(
    'get',
    'deployment',
    '-A',
    '-l',
    'app=todo-backend',
    '-o',
    'jsonpath={.items[0].metadata.namespace}',
  );
  const replicas = () =>
    field('deployment', 'todo-frontend', namespace, '{.spec.replicas}');
  const scale = await DrivenRun.start({
    entity: 'todo-frontend',
    procedure: 'Scale up',
    ...CHATBOT,
  });
  await scale.runAll(step => step.phase.role !== 'rollback');
  expect(replicas()).toBe('3');
  await scale.runAll(step => step.phase.role === 'rollback');
  expect(replicas()).toBe('2');
  await scale.finish();

  const down = await DrivenRun.start({
    entity: 'todo-frontend',
    procedure: 'Scale down',
    ...CHATBOT,
  });
  await down.runAll(step => step.phase.role !== 'rollback');
  expect(replicas()).toBe('1');
  await down.finish();

  const level = () =>
    field('configmap', 'todo-backend-config', namespace, '{.data.LOG_LEVEL}');
  const before = level();
  const setting = await DrivenRun.start({
    entity: 'todo-backend',
    procedure: 'Change a setting',
    ...CHATBOT,
  });
  await setting.succeeds('Keep what is there');
  await setting.succeeds('Change one value');
  expect(level()).toBe('debug');
  await setting.succeeds('Put the kept one back');
  expect(level()).toBe(before);
  await setting.finish();

  const key = () =>
    field(
      'secret',
      'todo-backend-secrets',
      namespace,
      '{.data.SESSION_SECRET}',
    );
  const secret = await DrivenRun.start({
    entity: 'todo-backend',
    procedure: 'Rotate a secret',
    parameters: {
      NEW_DATABASE_URL: 'postgres://todo:rotated-pass@db/todo',
      NEW_API_KEY: 'rotated-key-1234',
      NEW_SESSION_SECRET: 'rotated-session-5678',
    },
    ...CHATBOT,
  });
  const driven = await secret.runAll(step => step.phase.role !== 'rollback');
  expect(Buffer.from(key(), 'base64').toString()).toBe('rotated-session-5678');
  const { body: ledger } = await askBackend(
    CHATBOT.requester,
    `runs/${secret.id}/ledger`,
  );
  const calls = await callsOf(CHATBOT.requester, secret.id);
  const told = JSON.stringify([ledger, calls, driven]);
  expect(told).not.toContain('rotated-session-5678');
  expect(told).not.toContain(key());
  await secret.finish();
});

test('fintech services: an image set and undone, a restart, resources and environment, a node drained', async () => {
  beginAfresh('fintech-services');
  const image = () =>
    field(
      'deployment',
      'auth-service',
      'fintech-services',
      '{.spec.template.spec.containers[0].image}',
    );
  const before = image();
  const deploy = await DrivenRun.start({
    entity: 'auth-service',
    procedure: 'Deploying a new version',
    parameters: { VERSION: 'v2.9.0' },
    ...IDENTITY,
  });
  await deploy.runAll(step => step.phase.role !== 'rollback');
  expect(image()).toContain('v2.9.0');
  await deploy.runAll(step => step.phase.role === 'rollback');
  expect(image()).toBe(before);
  await deploy.finish();
  rolledOut('auth-service', 'fintech-services');

  const restarted = () =>
    field(
      'deployment',
      'auth-service',
      'fintech-services',
      '{.spec.template.metadata.annotations.kubectl\\.kubernetes\\.io/restartedAt}',
    );
  const incident = await DrivenRun.start({
    entity: 'auth-service',
    procedure: /does not answer/,
    ...IDENTITY,
  });
  expect(
    incident.plan.parameters.find(({ name }) => name === 'POD_NAME')?.value,
  ).toMatch(/^auth-service-/);
  await incident.runAll(step => step.phase.role === 'investigation');
  await incident.succeeds(/Restart the pods/);
  expect(restarted()).not.toBe('');
  await incident.finish();

  const errors = await DrivenRun.start({
    entity: 'auth-service',
    procedure: /sign-ins fail/,
    parameters: { POOL_SIZE: '25' },
    ...IDENTITY,
  });
  await errors.succeeds(/larger pool/);
  expect(
    field(
      'deployment',
      'auth-service',
      'fintech-services',
      '{.spec.template.spec.containers[0].env[?(@.name=="DB_POOL_SIZE")].value}',
    ),
  ).toBe('25');
  await errors.finish();

  const memory = await DrivenRun.start({
    entity: 'auth-service',
    procedure: /more memory or CPU/,
    parameters: { SERVICE_NAME: 'auth-service' },
    ...IDENTITY,
  });
  await memory.succeeds('Change it');
  expect(
    field(
      'deployment',
      'auth-service',
      'fintech-services',
      '{.spec.template.spec.containers[0].resources.limits.memory}',
    ),
  ).toBe('1Gi');
  await memory.runAll(step => step.phase.role === 'rollback');
  await memory.finish();

  const drain = await DrivenRun.start({
    entity: 'auth-service',
    procedure: /node out for maintenance/,
    parameters: { NODE_NAME: 'node-c' },
    ...IDENTITY,
  });
  await drain.runAll(step => step.phase.role !== 'rollback');
  expect(
    kubectl('get', 'node', 'node-c', '-o', 'jsonpath={.spec.unschedulable}'),
  ).toBe('');
  await drain.finish();
});

test('CI/CD platform: the answer to an outage with a choice, the rollback script, a crash loop with the pod filled in', async () => {
  beginAfresh('cicd-platform');
  const image = () =>
    field(
      'deployment',
      'myapp-backend',
      'prod',
      '{.spec.template.spec.containers[0].image}',
    );
  const good = image();
  kubectl(
    'set',
    'image',
    'deployment/myapp-backend',
    '-n',
    'prod',
    `*=myapp/backend:v9.9.9`,
  );
  kubectl(
    'rollout',
    'status',
    'deployment/myapp-backend',
    '-n',
    'prod',
    '--timeout=60s',
  );
  const outage = await DrivenRun.start({
    entity: 'myapp-backend',
    procedure: /everything is down/i,
    ...PLATFORM,
  });
  await outage.runAll(step =>
    ['The cluster', 'What changed lately?'].includes(step.title),
  );
  const conditional = outage.steps(/rollback-deployment\.sh/);
  expect(conditional[0].condition).toBeTruthy();
  await outage.succeeds(conditional[0]);
  expect(image()).toBe(good);
  await outage.skip(/too few pods/, 'there are enough');
  await outage.succeeds(/they hang/);
  await outage.finish();

  kubectl(
    'set',
    'image',
    'deployment/myapp-backend',
    '-n',
    'prod',
    `*=myapp/backend:v9.9.9-crash`,
  );
  await expect
    .poll(
      async () => {
        const health = await askBackend(
          PLATFORM.requester,
          'entities/component/default/myapp-backend/health',
        );
        return health.body.signals.map(
          (signal: { code: string }) => signal.code,
        );
      },
      { timeout: 90_000 },
    )
    .toContain('CrashLoopBackOff');
  const crash = await DrivenRun.start({
    entity: 'myapp-backend',
    procedure: /crash looping/i,
    ...PLATFORM,
  });
  const pod = crash.plan.parameters.find(({ name }) => name === 'POD_NAME');
  expect(
    field('pod', pod!.value, 'prod', '{.spec.containers[0].image}'),
  ).toContain('-crash');
  const driven = await crash.runAll(step => step.type === 'command');
  const output = driven.map(one => one.output).join('\n');
  expect(output).toContain('CrashLoopBackOff');
  expect(output).toContain(pod!.value);
  await crash.finish();
  kubectl('rollout', 'undo', 'deployment/myapp-backend', '-n', 'prod');
});

/** What the checks of the document say of what was printed. */
function checked(driven: DrivenStep[]) {
  return driven.flatMap(({ step, output }) =>
    step.type === 'command' && step.expectation
      ? judgeExpectation(step.expectation, output, 0)
      : [],
  );
}

/** One field of an object in the cluster. */
function field(
  kind: string,
  name: string,
  namespace: string,
  place: string,
): string {
  return kubectl('get', kind, name, '-n', namespace, '-o', `jsonpath=${place}`);
}

function generations(namespace: string): string {
  return kubectl(
    'get',
    'deployments,statefulsets,services,configmaps',
    '-n',
    namespace,
    '-o',
    'jsonpath={range .items[*]}{.kind}/{.metadata.name} {.metadata.generation}{"\\n"}{end}',
  );
}
