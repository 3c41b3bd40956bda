import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import {
  createMockDirectory,
  mockServices,
} from '@backstage/backend-test-utils';
import {
  REDACTED,
  type ApiCall,
} from '@backstage-runbooks/plugin-runbooks-common';
import { RunBench } from '../testing/RunBench';
import { REQUESTER, step } from '../testing/runs';

const SECRET = 'hunter2-tango';
const LEARN = step({
  id: 'p/1',
  title: 'Look',
  text: 'kubectl get pods',
});
const USE = step({
  id: 'p/2',
  title: 'Use it',
  text: 'kubectl get pods',
});
const APPLY = step({
  id: 'p/3',
  title: 'Restart',
  text: 'kubectl apply -f manifests',
  effect: 'change',
  requires: { kind: 'approval', because: 'changes', approvedBy: [] },
});
const CALL: ApiCall = {
  id: '0b9f7f0e-0000-4000-8000-0000000000c1',
  at: '2026-01-07T12:00:00.000Z',
  verb: 'get',
  group: '',
  resource: 'pods',
  subresource: '',
  namespace: 'fintech-services',
  name: SECRET,
  path: `/api/v1/namespaces/fintech-services/pods/${SECRET}`,
  decision: 'refused',
  because: `pods/${SECRET} is not in the scope`,
  dryRun: false,
};

describe('what a run records after it knows a secret value', () => {
  const directory = createMockDirectory();
  let bench: RunBench;
  let runId: string;

  beforeEach(async () => {
    const repository = path.join(directory.path, 'repository');
    await mkdir(path.join(repository, 'manifests'), { recursive: true });
    await writeFile(
      path.join(repository, 'manifests/web.yaml'),
      'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: web }\n',
    );
    bench = await RunBench.create(
      directory.path,
      { folder: repository, files: ['manifests/web.yaml'] },
      { logger: mockServices.logger.mock() },
    );
    bench.steps.set(LEARN.id, async () => {
      bench.gateways[0].onSecret(SECRET);
    });
    bench.steps.set(USE.id, async ({ workspace }) => {
      await writeFile(path.join(workspace, `manifests/${SECRET}.yaml`), 'x');
      const { recordCall } = bench.gateways[1];
      await recordCall(CALL);
      await recordCall({ ...CALL, status: 404 });
      return {
        ok: false,
        exitCode: 1,
        commands: [
          {
            line: 1,
            text: `kubectl get pod ${SECRET}`,
            exitCode: 1,
            failed: `kubectl get pod ${SECRET}`,
          },
        ],
        failure: `there is no pod ${SECRET}`,
      };
    });
    bench.worker.start();
    runId = await bench.start([LEARN, USE, APPLY]);
    for (const { id } of [LEARN, USE]) {
      await bench.command(runId, REQUESTER, { kind: 'run-step', stepId: id });
      await bench.settled(runId, id);
    }
  });

  afterEach(() => bench.worker.stop());

  const ledger = () => JSON.stringify(bench.runs.ledgers.get(runId));

  it('holds it in no call, neither when it begins nor when it ends', () => {
    expect(bench.runs.recorded).not.toEqual([]);
    expect(JSON.stringify(bench.runs.recorded)).not.toContain(SECRET);
    expect(bench.runs.recorded[0]).toMatchObject({
      id: CALL.id,
      verb: 'get',
      resource: 'pods',
      namespace: 'fintech-services',
      name: REDACTED,
      because: `pods/${REDACTED} is not in the scope`,
    });
  });

  it('holds it in no command and no failure of a result', async () => {
    expect(ledger()).not.toContain(SECRET);
    const { steps } = await bench.runs.get(runId);
    expect(steps[USE.id]).toMatchObject({
      status: 'failed',
      result: {
        commands: [{ text: `kubectl get pod ${REDACTED}` }],
        failure: `there is no pod ${REDACTED}`,
        verdict: expect.stringContaining(REDACTED),
      },
    });
  });

  it('holds it in no path of a file that an approver sees, and still tells files apart', async () => {
    const run = await bench.command(runId, REQUESTER, {
      kind: 'request-approval',
      stepId: APPLY.id,
      confirmation: 'auth-service',
      reason: `because ${SECRET} is old`,
    });
    expect(ledger()).not.toContain(SECRET);
    const state = run.steps[APPLY.id];
    expect(state).toMatchObject({
      request: { reason: `because ${REDACTED} is old` },
    });
    if (state.status !== 'waiting-approval') throw new Error(state.status);
    const { binding, differences } = state.request;
    expect(differences).toMatchObject([
      {
        path: expect.stringMatching(
          /^manifests\/\[redacted\].* \([0-9a-f]{8}\)$/,
        ),
      },
    ]);
    expect(differences.map(file => file.path)).toEqual(
      binding.inputs.files.map(file => file.path),
    );
  });

  it('keeps a namespace that the plan shows, though a Secret has it as a value', async () => {
    bench.steps.set(USE.id, async () => {
      const gateway = bench.gateways[bench.gateways.length - 1];
      gateway.onSecret('fintech-services');
      await gateway.recordCall({ ...CALL, id: 'c2', name: 'web' });
    });
    await bench.command(runId, REQUESTER, {
      kind: 'run-step',
      stepId: USE.id,
    });
    await bench.settled(runId, USE.id);
    expect(bench.runs.recorded.find(({ id }) => id === 'c2')).toMatchObject({
      namespace: 'fintech-services',
      name: 'web',
    });
  });
});
