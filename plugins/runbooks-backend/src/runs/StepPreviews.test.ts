import {
  approvedChanges,
  boundAsPlanned,
  previewTask,
  type PreviewDecision,
  type PreviewedStep,
} from '@backstage-runbooks/plugin-runbooks-common';
import type {
  StepExecution,
  StepExecutionResult,
} from '@backstage-runbooks/plugin-runbooks-node';
import type { GatewayAttempt } from '../gateway/KubernetesGateway';
import {
  CHANGE_STEP,
  planOf,
  READ_STEP,
  REQUESTER,
  startedBy,
} from '../testing/runs';
import { MemoryRuns } from '../testing/MemoryRuns';
import { StepPreviews } from './StepPreviews';

const RUN_ID = '0b9f7f0e-0000-4000-8000-000000000001';
const SCALED = {
  verb: 'patch',
  group: 'apps',
  resource: 'deployments',
  subresource: '',
  namespace: 'fintech-services',
  name: 'auth-service',
  before: deployment(2),
  answer: { status: 200, body: deployment(4) },
};

describe('the preview of a step', () => {
  let judged: PreviewedStep[];
  let decision: PreviewDecision;
  let opened: GatewayAttempt[];
  let executed: StepExecution[];
  let did: (
    execution: StepExecution,
    gateway: GatewayAttempt,
  ) => Partial<StepExecutionResult>;
  let discarded: number;

  beforeEach(() => {
    judged = [];
    decision = { kind: 'possible', notes: [] };
    opened = [];
    executed = [];
    discarded = 0;
    did = (_execution, { preview }) => {
      preview?.seen(SCALED);
      return {};
    };
  });

  const previewsWith = (
    execute?: (
      execution: StepExecution,
      signal: AbortSignal,
    ) => Promise<Partial<StepExecutionResult>>,
  ) =>
    new StepPreviews({
      workspaces: {
        open: async () =>
          ({
            directory: '/w',
            carried: { variables: {}, workingDirectory: '' },
            discard: async () => {
              discarded += 1;
            },
          } as never),
      },
      parameters: { valuesOf: async () => ({}) },
      hidden: { of: async () => ['s3cret-of-the-run'] },
      manifests: { in: async () => ({ values: new Set<string>() }) },
      judging: {
        mayPreview: async one => {
          judged.push(one);
          return decision;
        },
        preview: async task => previewTask(task),
        approvedChanges: async task => approvedChanges(task),
      },
      gateway: {
        open: async attempt => {
          opened.push(attempt);
          return {
            socketPath: attempt.socketPath,
            counts: () => ({ total: 0, writes: 0, refused: 0 }),
            close: async () => {},
          };
        },
      },
      executor: {
        id: 'fake',
        probe: async () => ({ available: true }),
        inventory: async () => ({
          id: 'fake',
          hasTool: () => true,
          hasNetwork: false,
        }),
        execute: async (execution, signal) => {
          executed.push(execution);
          const done = execute
            ? await execute(execution, signal)
            : did(execution, opened[opened.length - 1]);
          return {
            ok: true,
            exitCode: 0,
            startedAt: new Date(),
            durationMs: 1,
            timedOut: false,
            cancelled: false,
            commands: [],
            carried: execution.carried,
            dropped: [],
            ...done,
          };
        },
      },
      socketDirectory: '/s',
    });

  async function previewOf(
    step = CHANGE_STEP,
    secrets = false,
    previews: Pick<StepPreviews, 'of'> = previewsWith(),
  ) {
    const runs = new MemoryRuns();
    await runs.create(
      { runId: RUN_ID, events: startedBy(REQUESTER), secrets: [] },
      new Date(),
    );
    const { binding } = boundAsPlanned(step);
    const verdict = secrets
      ? { ...binding.verdict, secrets: { kind: 'any' as const } }
      : binding.verdict;
    return previews.of(
      await runs.get(RUN_ID),
      step,
      { ...binding, verdict },
      REQUESTER,
    );
  }

  it('tells what its writes would change, of the step and the writes that would be approved', async () => {
    expect(await previewOf()).toMatchObject({
      outcome: 'changes',
      objects: [{ headline: '2 → 4 replicas' }],
    });
    // As its first attempt would be: it must not see that it is only tried.
    expect(executed).toMatchObject([{ text: CHANGE_STEP.text, attempt: 1 }]);
    expect(opened).toMatchObject([
      {
        allowed: CHANGE_STEP.writes,
        scope: planOf().scope,
        secrets: { kind: 'none' },
        attempt: 0,
      },
    ]);
    expect(opened[0].preview).toBeDefined();
    expect(discarded).toBe(1);
  });

  it('is none of a step that changes nothing in a cluster, and nothing runs for it', async () => {
    expect(await previewOf(READ_STEP)).toBeUndefined();
    expect(executed).toEqual([]);
  });

  it('says why there is none where it would tell something untrue, and nothing runs for it', async () => {
    decision = { kind: 'not-possible', because: 'it runs helm' };
    expect(await previewOf()).toEqual({
      outcome: 'not-possible',
      because: 'it runs helm',
    });
    expect(executed).toEqual([]);
  });

  it('reads no data of Secrets, which nobody has approved yet', async () => {
    expect(await previewOf(CHANGE_STEP, true)).toMatchObject({
      outcome: 'not-possible',
      because: expect.stringContaining('Secrets'),
    });
    expect(executed).toEqual([]);
  });

  it('tells what a command said that failed, without values of the run', async () => {
    did = ({ onOutput }) => {
      void onOutput('stdout', Buffer.from('looking\n'));
      void onOutput(
        'stderr',
        Buffer.from('error: no s3cret-of-the-run here\n'),
      );
      return { ok: false, exitCode: 1 };
    };
    const preview = await previewOf();
    expect(preview).toMatchObject({
      outcome: 'failed',
      because: expect.stringMatching(/^error: no .* here$/),
    });
    expect(JSON.stringify(preview)).not.toContain('s3cret');
  });

  it.each<[string, Partial<StepExecutionResult>, RegExp]>([
    ['takes too long', { ok: false, timedOut: true }, /longer than 20 s/],
    ['cannot run', { ok: false, failure: 'no sandbox' }, /no sandbox/],
    ['says nothing', { ok: false, exitCode: 3 }, /exit code 3/],
  ])('says that it failed where it %s', async (_what, result, says) => {
    did = () => result;
    expect(await previewOf()).toMatchObject({
      outcome: 'failed',
      because: expect.stringMatching(says),
    });
    expect(discarded).toBe(1);
  });

  it('tells what was written before it waited for what a dry run does not bring about', async () => {
    decision = { kind: 'possible', notes: [], waits: true };
    did = (_execution, { preview }) => {
      preview?.seen(SCALED);
      return { ok: false, timedOut: true };
    };
    expect(await previewOf()).toMatchObject({
      outcome: 'changes',
      objects: [{ headline: '2 → 4 replicas' }],
      notes: [expect.stringContaining('it waits for what does not happen')],
    });
  });

  describe('just before the step starts', () => {
    async function beforeStart() {
      const previews = previewsWith();
      let made: Awaited<ReturnType<StepPreviews['beforeStart']>>;
      await previewOf(CHANGE_STEP, false, {
        of: async (...asked) => {
          made = await previews.beforeStart(...asked);
          return made?.preview;
        },
      });
      return made;
    }

    it('comes with what its run may change, and with what no reason shows', async () => {
      expect(await beforeStart()).toMatchObject({
        preview: { outcome: 'changes' },
        bound: {
          approved: [
            {
              resource: 'deployments',
              name: 'auth-service',
              kind: 'change',
              fields: [{ before: 'number=2', after: 'number=4' }],
            },
          ],
          shown: [{ object: { name: 'auth-service' } }],
          secrets: ['s3cret-of-the-run'],
        },
      });
    });

    it('lets the run change nothing where it shows no change', async () => {
      did = () => ({});
      expect(await beforeStart()).toMatchObject({
        preview: { outcome: 'changes-nothing' },
        bound: { approved: [], shown: [] },
      });
    });

    it('binds nothing where it does not show all that the step would do', async () => {
      decision = { kind: 'possible', notes: [], waits: true };
      did = (_execution, { preview }) => {
        preview?.seen(SCALED);
        return { ok: false, timedOut: true };
      };
      const cut = await beforeStart();
      expect(cut).toMatchObject({ preview: { cutShort: true } });
      decision = { kind: 'not-possible', because: 'it runs helm' };
      const none = await beforeStart();
      expect([cut?.bound, none?.bound]).toEqual([undefined, undefined]);
    });
  });

  it('ends with the backend, and with a time of its own where the executor keeps none', async () => {
    const given = previewsWith(async (_execution, signal) => {
      await new Promise(resolve =>
        signal.addEventListener('abort', resolve, { once: true }),
      );
      return { ok: false, cancelled: true };
    });
    const asked = previewOf(CHANGE_STEP, false, given);
    await new Promise(setImmediate);
    given.stop();
    // Whoever asked asks again: no approval is voided because the backend was stopped.
    await expect(asked).rejects.toMatchObject({
      name: 'ServiceUnavailableError',
    });
    expect(discarded).toBe(1);
  });

  it('does not compare more writes than somebody can look at', async () => {
    did = (_execution, { preview }) => {
      for (let n = 0; n < 101; n += 1) preview?.seen(SCALED);
      return {};
    };
    expect(await previewOf()).toEqual({
      outcome: 'failed',
      because: 'it makes more than 100 writes',
    });
  });

  it('does not compare objects that are too large together, and keeps none beyond that', async () => {
    const before = JSON.stringify(deployment(2, 'x'.repeat(1024 * 1024)));
    const body = JSON.stringify(deployment(4, 'x'.repeat(1024 * 1024)));
    let writes = 3;
    did = (_execution, { preview }) => {
      for (let n = 0; n < writes; n += 1) {
        preview?.seen({ ...SCALED, before, answer: { status: 200, body } });
      }
      return {};
    };
    expect(await previewOf()).toMatchObject({
      outcome: 'changes',
      objects: [{ headline: '2 → 4 replicas, 3 times in a row' }],
    });
    writes = 4;
    expect(await previewOf()).toEqual({
      outcome: 'failed',
      because:
        'the objects that it writes, before and after, have more than 8 MiB in all, which is too much to compare',
    });
  });

  it('shows of values that the run keeps secret that they differ, and no more', async () => {
    const body = deployment(2, 's3cret-of-the-run');
    did = (_execution, { preview }) => {
      preview?.seen({ ...SCALED, answer: { status: 200, body } });
      return {};
    };
    const preview = await previewOf();
    expect(preview).toMatchObject({ outcome: 'changes' });
    expect(JSON.stringify(preview)).toContain('hidden');
    expect(JSON.stringify(preview)).not.toContain('s3cret-of-the-run');
  });
});

function deployment(replicas: number, note?: string) {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: {
      name: 'auth-service',
      namespace: 'fintech-services',
      ...(note === undefined ? {} : { annotations: { note } }),
    },
    spec: { replicas },
  };
}
