import { mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import {
  createMockDirectory,
  mockServices,
} from '@backstage/backend-test-utils';
import type {
  BoundStep,
  PlannedStep,
  Preview,
  StepRequirement,
  StepState,
} from '@backstage-runbooks/plugin-runbooks-common';
import type { StepExecution } from '@backstage-runbooks/plugin-runbooks-node';
import { RunBench } from '../testing/RunBench';
import { OWNER, REQUESTER, step } from '../testing/runs';
import { StepBinder } from './StepBinder';

const NEEDS_OWNER: StepRequirement = {
  kind: 'approval',
  because: 'changes things',
  approvedBy: [],
};

const PREPARE = step({
  id: 'p/1',
  title: 'Keep a backup',
  text: 'mkdir -p backups',
});
const SCRIPT = step({
  id: 'p/2',
  title: 'Restart',
  text: 'bash scripts/restart.sh',
  effect: 'change',
  requires: NEEDS_OWNER,
});
const MANIFEST = step({
  id: 'p/3',
  title: 'Apply',
  text: 'kubectl apply -f manifests/web.yaml',
  effect: 'change',
  requires: NEEDS_OWNER,
});
const VARIABLE = step({
  id: 'p/4',
  title: 'Delete the pod',
  text: 'kubectl delete pod "$POD"',
  effect: 'destructive',
  requires: { kind: 'later', because: '$POD decides', variables: ['POD'] },
});
const FOLDER = step({
  id: 'p/6',
  title: 'Apply all',
  text: 'kubectl apply -f m',
  effect: 'change',
  requires: NEEDS_OWNER,
});
const NAME = step({
  id: 'p/7',
  title: 'Deploy',
  text: `b=(spec*)
kubectl set image deployment/auth-service auth-service="\${b[0]#spec-}"`,
  effect: 'change',
  requires: NEEDS_OWNER,
});
const FLAG = step({
  id: 'p/8',
  title: 'Scale',
  text: '[[ -e flag ]] && kubectl scale deployment/auth-service --replicas=3',
  effect: 'change',
  requires: NEEDS_OWNER,
});
const LOOK = step({
  id: 'p/5',
  title: 'Check',
  text: 'bash scripts/check.sh',
});

const DEPLOYMENT = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: 2
`;

/** What an attempt would find without the comparison: the step as it was queued, whatever the workspace holds. */
class BlindBinder extends StepBinder {
  #first = new Map<string, BoundStep>();
  constructor(readonly real: StepBinder) {
    super({} as ConstructorParameters<typeof StepBinder>[0]);
  }
  override async bind(...given: Parameters<StepBinder['bind']>) {
    return this.#once(given[1], () => this.real.bind(...given));
  }
  override async bindIn(...given: Parameters<StepBinder['bindIn']>) {
    return this.#once(given[1], () => this.real.bindIn(...given));
  }
  async #once({ id }: PlannedStep, make: () => Promise<BoundStep>) {
    if (!this.#first.has(id)) this.#first.set(id, await make());
    return this.#first.get(id)!;
  }
}

describe('what was approved is what runs', () => {
  const disk = createMockDirectory();
  let bench: RunBench;

  async function open(blind = false) {
    disk.setContent({
      'repo/scripts/restart.sh':
        'kubectl rollout restart deployment/auth-service\n',
      'repo/scripts/check.sh': 'kubectl get pods\n',
      'repo/manifests/web.yaml': DEPLOYMENT,
      'repo/other.txt': DEPLOYMENT,
      'repo/spec-good': '',
    });
    await mkdir(disk.resolve('repo/m'));
    await symlink('../other.txt', disk.resolve('repo/m/b.yaml'));
    bench = await RunBench.create(
      disk.resolve('data'),
      {
        folder: disk.resolve('repo'),
        files: [
          'scripts/restart.sh',
          'scripts/check.sh',
          'manifests/web.yaml',
          'other.txt',
          'spec-good',
          'm/b.yaml',
        ],
      },
      {
        logger: mockServices.logger.mock(),
        ...(blind ? { binder: real => new BlindBinder(real) } : {}),
      },
    );
    bench.worker.start();
  }

  afterEach(() => bench.worker.stop());

  const write = (file: string, text: string) => async (one: StepExecution) => {
    const place = path.join(one.workspace, file);
    await mkdir(path.dirname(place), { recursive: true });
    await writeFile(place, text);
  };

  /** Asks for the step, runs another one that changes its input, and only then approves what was asked for. */
  async function approveAfterChange(one: PlannedStep): Promise<string> {
    const runId = await bench.start([PREPARE, one]);
    // Typed where it asks for that.
    const approve = await bench.ask(runId, one.id, 'auth-service');
    await bench.command(runId, REQUESTER, {
      kind: 'run-step',
      stepId: PREPARE.id,
    });
    expect((await bench.settled(runId, PREPARE.id)).status).toBe('succeeded');
    await approve();
    return runId;
  }

  const ATTACKS: Array<{
    what: string;
    one: PlannedStep;
    swap(execution: StepExecution): Promise<void>;
    says: string;
  }> = [
    {
      what: 'a script that an earlier step swapped',
      one: SCRIPT,
      swap: write('scripts/restart.sh', 'kubectl delete deployment --all\n'),
      says: "the file scripts/restart.sh was changed by step 'Keep a backup'",
    },
    {
      what: 'a manifest that an earlier step swapped',
      one: MANIFEST,
      swap: write('manifests/web.yaml', DEPLOYMENT.replace('2', '0')),
      says: "the file manifests/web.yaml was changed by step 'Keep a backup'",
    },
    {
      what: 'what a link in a named folder leads to, which an earlier step swapped',
      one: FOLDER,
      swap: write('other.txt', DEPLOYMENT.replace('2', '0')),
      says: "the file other.txt was changed by step 'Keep a backup'",
    },
    {
      what: 'the name of a file that an earlier step made',
      one: NAME,
      swap: write('spec-evil.example:6666', ''),
      says: "the file spec-evil.example:6666 was added by step 'Keep a backup'",
    },
    {
      what: 'a branch that the presence of a file decides',
      one: FLAG,
      swap: write('flag', ''),
      says: "the file flag was added by step 'Keep a backup'",
    },
    {
      what: 'a Secret whose value an earlier step swapped',
      one: MANIFEST,
      swap: write('manifests/web.yaml', 'kind: Secret\ndata: {a: eA==}\n'),
      says: "the file manifests/web.yaml was changed by step 'Keep a backup'",
    },
    {
      what: 'a manifest behind a link that took the place of its folder',
      one: MANIFEST,
      swap: async execution => {
        const folder = path.join(execution.workspace, 'manifests');
        await write('other/web.yaml', DEPLOYMENT.replace('2', '0'))(execution);
        await rm(folder, { recursive: true });
        await symlink('other', folder);
      },
      says: "the file manifests was added by step 'Keep a backup'",
    },
  ];

  it.each(ATTACKS)('and not $what', async ({ one, swap, says }) => {
    await open();
    bench.steps.set(PREPARE.id, swap);
    const runId = await approveAfterChange(one);
    expect(await bench.settled(runId, one.id)).toEqual({
      status: 'pending',
      returnedBecause: expect.stringContaining(says),
    });
    expect(bench.executions.map(({ stepId }) => stepId)).toEqual([PREPARE.id]);
  });

  it.each(ATTACKS)(
    'by the comparison at the start: without it $what runs',
    async ({ one, swap }) => {
      await open(true);
      bench.steps.set(PREPARE.id, swap);
      const runId = await approveAfterChange(one);
      expect((await bench.settled(runId, one.id)).status).toBe('succeeded');
      expect(bench.executions.map(({ stepId }) => stepId)).toEqual([
        PREPARE.id,
        one.id,
      ]);
    },
  );

  const leave = (value: string) => async (one: StepExecution) => ({
    carried: {
      ...one.carried,
      variables: { POD: { value, exported: false } },
    },
  });

  it.each([
    {
      blind: false,
      then: { status: 'pending', because: 'POD is now auth-2' },
    },
    { blind: true, then: { status: 'succeeded', because: '' } },
  ])(
    'and not a variable that changed after it was asked for (defence taken away: $blind)',
    async ({ blind, then }) => {
      await open(blind);
      const runId = await bench.start([PREPARE, VARIABLE]);
      const run = async () => {
        await bench.command(runId, REQUESTER, {
          kind: 'run-step',
          stepId: PREPARE.id,
        });
        await bench.settled(runId, PREPARE.id);
      };
      bench.steps.set(PREPARE.id, leave('auth-1'));
      await run();
      const asked = await bench.command(runId, REQUESTER, {
        kind: 'request-approval',
        stepId: VARIABLE.id,
        confirmation: 'auth-service',
      });
      bench.steps.set(PREPARE.id, leave('auth-2'));
      await run();
      const waiting = asked.steps[VARIABLE.id];
      if (waiting.status !== 'waiting-approval') throw new Error();
      await bench.command(runId, OWNER, {
        kind: 'approve',
        stepId: VARIABLE.id,
        digest: waiting.request.digest,
      });
      expect(asked.steps[VARIABLE.id]).toMatchObject({
        request: {
          binding: {
            inputs: { variables: [{ name: 'POD', value: 'auth-1' }] },
          },
        },
      });
      const after = await bench.settled(runId, VARIABLE.id);
      expect({ status: after.status, because: returned(after) }).toEqual(then);
    },
  );

  it('is asked for only when the variables that decide it have values', async () => {
    await open();
    const runId = await bench.start([PREPARE, VARIABLE]);
    await expect(bench.ask(runId, VARIABLE.id)).rejects.toThrow(
      '"Delete the pod" reads $POD, which no step has set yet',
    );
  });

  it('shows the approver the difference of what an earlier step changed, and runs exactly that', async () => {
    await open();
    const text = DEPLOYMENT.replace('2', '3');
    bench.steps.set(PREPARE.id, write('manifests/web.yaml', text));
    const runId = await bench.start([PREPARE, MANIFEST]);
    await bench.command(runId, REQUESTER, {
      kind: 'run-step',
      stepId: PREPARE.id,
    });
    await bench.settled(runId, PREPARE.id);
    const approve = await bench.ask(runId, MANIFEST.id);
    const state = (await bench.runs.get(runId)).steps[MANIFEST.id];
    if (state.status !== 'waiting-approval') throw new Error(state.status);
    expect(state.request.differences).toEqual([
      {
        path: 'manifests/web.yaml',
        change: 'changed',
        changedBy: PREPARE.id,
        text: expect.stringContaining('-  replicas: 2\n+  replicas: 3'),
      },
    ]);
    let applied = '';
    bench.steps.set(MANIFEST.id, async ({ workspace }) => {
      applied = await readFile(
        path.join(workspace, 'manifests/web.yaml'),
        'utf8',
      );
    });
    await approve();
    expect((await bench.settled(runId, MANIFEST.id)).status).toBe('succeeded');
    expect(applied).toBe(text);
  });

  it('shows the approver the scripts and manifests that the words name, as git has them', async () => {
    await open();
    const filesOf = async (one: PlannedStep) => {
      const runId = await bench.start([PREPARE, one]);
      const run = await bench.runs.get(runId);
      return bench.binder.files(run, one, OWNER);
    };
    const shown = { whole: true, hidesValues: false };
    expect(await filesOf(SCRIPT)).toEqual({
      files: [
        {
          path: 'scripts/restart.sh',
          text: 'kubectl rollout restart deployment/auth-service\n',
          linesToMind: [1],
          ...shown,
        },
      ],
      more: 0,
      unseen: [],
    });
    expect(await filesOf(MANIFEST)).toEqual({
      files: [{ path: 'manifests/web.yaml', text: DEPLOYMENT, ...shown }],
      more: 0,
      unseen: [],
    });
    expect(await filesOf(PREPARE)).toEqual({
      files: [],
      more: 0,
      unseen: [],
    });
  });

  it('shows a changed script by its difference alone, and nothing that lies outside', async () => {
    await open();
    bench.steps.set(
      PREPARE.id,
      write('scripts/restart.sh', 'kubectl get pods\n'),
    );
    const both = {
      ...MANIFEST,
      text: 'bash scripts/restart.sh; kubectl apply -f manifests/web.yaml -f ../../etc/passwd',
    };
    const runId = await bench.start([PREPARE, both]);
    await bench.command(runId, REQUESTER, {
      kind: 'run-step',
      stepId: PREPARE.id,
    });
    await bench.settled(runId, PREPARE.id);
    const { files } = await bench.binder.files(
      await bench.runs.get(runId),
      both,
      OWNER,
    );
    expect(files.map(({ path: name }) => name)).toEqual(['manifests/web.yaml']);
  });

  it('hides the values of a Secret from the approver, and is bound to them by a digest that tells nothing of them', async () => {
    await open();
    const secret =
      'apiVersion: v1\nkind: Secret\nmetadata: {name: db}\ndata:\n  pin: NDcxMQ==\n';
    bench.steps.set(PREPARE.id, write('manifests/web.yaml', secret));
    const asked = async () => {
      const runId = await bench.start([PREPARE, MANIFEST]);
      await bench.command(runId, REQUESTER, {
        kind: 'run-step',
        stepId: PREPARE.id,
      });
      await bench.settled(runId, PREPARE.id);
      await bench.ask(runId, MANIFEST.id);
      const state = (await bench.runs.get(runId)).steps[MANIFEST.id];
      if (state.status !== 'waiting-approval') throw new Error(state.status);
      return state.request;
    };
    const [one, other] = [await asked(), await asked()];
    expect(one.differences[0]).toMatchObject({
      text: expect.stringContaining('+  pin: ••••••'),
      hidesValues: true,
    });
    expect(one.binding.requires.kind).toBe('approval');
    const digestIn = ({ binding }: typeof one) =>
      binding.inputs.files[0].digest;
    expect(digestIn(one)).toEqual(expect.any(String));
    // The same file: whoever guesses a short value cannot compare it.
    expect(digestIn(one)).not.toBe(digestIn(other));
  });

  it('needs an approval where a step that only read would run a script that was changed to write', async () => {
    await open();
    bench.steps.set(
      PREPARE.id,
      write('scripts/check.sh', 'kubectl delete pod auth-1\n'),
    );
    const runId = await bench.start([PREPARE, LOOK]);
    await bench.command(runId, REQUESTER, {
      kind: 'run-step',
      stepId: PREPARE.id,
    });
    await bench.settled(runId, PREPARE.id);
    await expect(
      bench.command(runId, REQUESTER, { kind: 'run-step', stepId: LOOK.id }),
    ).rejects.toThrow('it needs an approval first');
  });

  describe('in the cluster too', () => {
    const replicas = (before: string): Preview => ({
      outcome: 'changes',
      objects: [
        {
          change: 'change',
          object: {
            kind: 'Deployment',
            group: 'apps',
            namespace: 'fintech-services',
            name: 'auth-service',
          },
          fields: [{ path: 'spec.replicas', before, after: '4' }],
        },
      ],
      notes: [],
      digest: before,
    });

    it('so that a step starts whose preview is still the one that was approved', async () => {
      await open();
      bench.previewNow = replicas('2');
      const runId = await bench.start([SCRIPT]);
      const approve = await bench.ask(runId, SCRIPT.id);
      await approve();
      expect((await bench.settled(runId, SCRIPT.id)).status).toBe('succeeded');
    });

    it('so that one goes back, with what differs, that would change something else by then', async () => {
      await open();
      bench.previewNow = replicas('2');
      const runId = await bench.start([SCRIPT]);
      const approve = await bench.ask(runId, SCRIPT.id);
      bench.previewNow = replicas('3');
      await approve();
      expect(await bench.settled(runId, SCRIPT.id)).toMatchObject({
        status: 'pending',
        returnedBecause:
          'Deployment auth-service would go from 3 to 4 replicas now, not from 2',
      });
      expect(bench.executions).toEqual([]);
    });

    it('so that it does not start where all changes are stopped while it is looked at', async () => {
      await open();
      bench.previewNow = replicas('2');
      const runId = await bench.start([SCRIPT]);
      const approve = await bench.ask(runId, SCRIPT.id);
      bench.previewing = () => {
        bench.holdsNow = () => [
          { kind: 'stop', name: 'All changes are stopped', because: 'a fire' },
        ];
      };
      await approve();
      expect(await bench.settled(runId, SCRIPT.id)).toMatchObject({
        status: 'pending',
        returnedBecause: expect.stringContaining('a fire'),
      });
      expect(bench.executions).toEqual([]);
    });

    it('so that its run writes only what the preview shows that was made before it', async () => {
      await open();
      bench.previewNow = replicas('2');
      const runId = await bench.start([SCRIPT]);
      const approve = await bench.ask(runId, SCRIPT.id);
      await approve();
      await bench.settled(runId, SCRIPT.id);
      const [{ bound }] = bench.gateways;
      const scaled = {
        verb: 'patch',
        group: 'apps',
        resource: 'deployments',
        subresource: '',
        namespace: 'fintech-services',
        name: 'auth-service',
        before: { spec: { replicas: 2 } },
        answer: { status: 200, body: { spec: { replicas: 9 } } },
      };
      await expect(bound?.decide(scaled)).resolves.toEqual({
        kind: 'refuse',
        because: expect.stringContaining('2 to 9 replicas'),
      });
    });

    it('so that it does not start where its run cannot be bound to a whole preview', async () => {
      await open();
      bench.previewNow = replicas('2');
      bench.boundNow = undefined;
      const runId = await bench.start([SCRIPT]);
      const approve = await bench.ask(runId, SCRIPT.id);
      await approve();
      expect(await bench.settled(runId, SCRIPT.id)).toEqual({
        status: 'pending',
        returnedBecause: 'its run cannot be bound to its preview',
      });
      expect(bench.executions).toEqual([]);
    });

    it('but not where there is no preview, or none that is whole', async () => {
      for (const preview of [
        { outcome: 'not-possible', because: 'it runs a script' },
        { ...replicas('2'), cutShort: true },
      ] as Preview[]) {
        await open();
        bench.previewNow = preview;
        bench.boundNow = undefined;
        const runId = await bench.start([SCRIPT]);
        const approve = await bench.ask(runId, SCRIPT.id);
        await approve();
        const { status } = await bench.settled(runId, SCRIPT.id);
        expect(status).toBe('succeeded');
        expect(bench.gateways[0].bound).toBeUndefined();
      }
    });
  });

  it('does not start where the approver has left meanwhile', async () => {
    await open();
    const runId = await bench.start([SCRIPT]);
    const approve = await bench.ask(runId, SCRIPT.id);
    bench.entitled.delete(OWNER);
    await approve();
    expect(await bench.settled(runId, SCRIPT.id)).toEqual({
      status: 'pending',
      returnedBecause: `${OWNER} has left`,
    });
    expect(bench.executions).toEqual([]);
  });

  it('does not start, nor is asked for, where the entity would not get that scope any more', async () => {
    await open();
    const runId = await bench.start([SCRIPT]);
    const approve = await bench.ask(runId, SCRIPT.id);
    bench.scopeNow = { ...bench.scopeNow!, namespaces: ['elsewhere'] };
    await approve();
    expect(await bench.settled(runId, SCRIPT.id)).toMatchObject({
      status: 'pending',
      returnedBecause: expect.stringContaining(
        'may not go into fintech-services any more',
      ),
    });
    expect(bench.executions).toEqual([]);
    await expect(bench.ask(runId, SCRIPT.id)).rejects.toThrow(
      'may not go into fintech-services any more',
    );
  });

  it('is stopped when another worker took the run: nothing of it is stored or recorded', async () => {
    await open();
    const runId = await bench.start([LOOK]);
    let isStopped = false;
    bench.steps.set(LOOK.id, async (one, signal) => {
      await one.onOutput('stdout', Buffer.from('before\n'));
      bench.runs.take(runId, 'w2');
      await one.onOutput('stdout', Buffer.alloc(2 * 1024 * 1024, 'x'));
      await new Promise(resolve => {
        signal.addEventListener('abort', resolve, { once: true });
        if (signal.aborted) resolve(undefined);
      });
      isStopped = true;
    });
    await bench.command(runId, REQUESTER, {
      kind: 'run-step',
      stepId: LOOK.id,
    });
    await bench.runs.until(
      runId,
      ({ steps }) => steps[LOOK.id].status === 'running',
    );
    await bench.worker.stop();
    expect(isStopped).toBe(true);
    const { steps } = await bench.runs.get(runId);
    expect(steps[LOOK.id].status).toBe('running');
    expect([...bench.runs.outputs.values()].join('')).not.toContain('xxx');
    expect(await bench.runs.getSecret(runId, 'carried')).toBeUndefined();
  });

  it('is never a success where a command of it failed, though it went on to its end', async () => {
    await open();
    bench.steps.set(LOOK.id, async () => ({
      ok: true,
      commands: [
        {
          line: 1,
          text: 'kubectl logs a',
          exitCode: 1,
          failed: 'kubectl logs',
        },
        { line: 2, text: 'echo done', exitCode: 0 },
      ],
    }));
    const runId = await bench.start([LOOK]);
    await bench.command(runId, REQUESTER, {
      kind: 'run-step',
      stepId: LOOK.id,
    });
    expect(await bench.settled(runId, LOOK.id)).toMatchObject({
      status: 'failed',
      result: { ok: false, verdict: '1 of 2 commands failed' },
    });
  });
});

/** The first reason for which a step came back; '' where it did not. */
function returned(state: StepState): string {
  return state.status === 'pending'
    ? (state.returnedBecause ?? '').split(';')[0]
    : '';
}
