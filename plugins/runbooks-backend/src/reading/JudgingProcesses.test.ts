import { monitorEventLoopDelay } from 'node:perf_hooks';
import {
  bindTask,
  planTask,
  readRunbook,
  REDACTED,
  type BindQuestions,
  type BindTask,
  type PlanTask,
} from '@backstage-runbooks/plugin-runbooks-common';
import { planOf } from '../testing/runs';
import { JudgingProcesses } from './JudgingProcesses';

const ANN = 'user:default/ann';
const BOB = 'user:default/bob';
const { scope } = planOf();

function taskOf(commands: string[]): PlanTask {
  const blocks = commands.map(
    (text, index) => `### Part ${index + 1}\n\n\`\`\`bash\n${text}\n\`\`\`\n`,
  );
  const [procedure] = readRunbook(
    `# Operations\n\n## Restart\n\n${blocks.join('\n')}`,
    'operations.md',
  ).procedures;
  return {
    entityRef: 'component:default/shop',
    runbook: { id: 'r', path: 'operations.md', title: 'T', revision: 'e' },
    procedure,
    clusters: ['one'],
    namespace: scope.namespaces[0],
    scope,
    inventory: { id: 'local', hasNetwork: false },
    present: [],
    values: {},
    confirmation: 'shop',
    approvalNotices: ['nobody could approve'],
    notices: [],
    stepTimeoutSeconds: 60,
  };
}

const ASKED = {
  isThere: (path: string) => path === 'restart.sh',
  hasTool: (name: string) => name !== 'helm',
  fileText: (path: string) =>
    path === 'restart.sh' ? 'kubectl rollout restart deploy/web\n' : undefined,
};
/** What takes a while: many commands, each of which is judged. */
const LONG = 'kubectl delete pod web-0 | grep web | sort | head -n 3\n'.repeat(
  1_000,
);

describe('judging beside the event loop', () => {
  const processes = new JudgingProcesses({ timeoutMs: 120_000 });
  beforeAll(() => processes.warm(), 120_000);
  afterAll(() => processes.stop());

  it('a plan is the same as one that is made at once, with what it asks about files and tools', async () => {
    const task = taskOf(['bash restart.sh', 'helm list', 'kubectl get pods']);
    const atOnce = planTask(task, ASKED);
    expect(await processes.plan(task, ASKED, ANN)).toEqual(atOnce);
    expect(JSON.stringify(atOnce)).toMatch(/restart.sh: at worst, restarts/);
    expect(JSON.stringify(atOnce)).toMatch(/helm is not installed/);
    expect(JSON.stringify(atOnce)).toMatch(/nobody could approve/);
  }, 120_000);

  it('a binding is the same as one that is made at once', async () => {
    const plan = planOf();
    const task: BindTask = {
      plan,
      step: { ...plan.steps[1], text: 'bash restart.sh' },
      left: {
        variables: [],
        files: [{ path: 'restart.sh', change: 'changed', digest: 'd' }],
      },
      secretDigests: {},
      secrets: ['made-up-4711'],
      folders: [''],
      inventory: { id: 'local', hasNetwork: false },
      present: [],
      typed: 'shop',
    };
    const asked: BindQuestions = {
      ...ASKED,
      realPath: path => path,
      links: () => new Map(),
      shownPath: path => `./${path}`,
      changedFile: path => ({
        path,
        change: 'changed',
        changedBy: plan.steps[0].id,
        before: { kind: 'file', content: Buffer.from('a\n') },
        after: { kind: 'file', content: Buffer.from('b made-up-4711\n') },
      }),
    };
    const binding = await processes.bind(task, asked, ANN);
    expect(binding).toEqual(bindTask(task, asked));
    expect(JSON.stringify(binding.binding.requires)).toContain(
      `./restart.sh was changed by step '${plan.steps[0].title}' and cannot be shown`,
    );
    expect(binding.differences).toEqual([
      {
        path: './restart.sh',
        change: 'changed',
        changedBy: plan.steps[0].id,
        text: `-a\n+b ${REDACTED}`,
      },
    ]);
  }, 120_000);

  it('the event loop goes on while a long procedure is planned', async () => {
    const task = taskOf([LONG, LONG]);
    const ticks: number[] = [];
    const timer = setInterval(() => ticks.push(performance.now()), 5);
    await processes.plan(task, ASKED, ANN);
    clearInterval(timer);
    const gaps = ticks.slice(1).map((at, index) => at - ticks[index]);
    expect(ticks.length).toBeGreaterThan(10);
    expect(Math.max(...gaps)).toBeLessThan(1000);
  }, 120_000);

  it('the event loop goes on while differences of files and Secrets of manifests are looked at', async () => {
    const keys = Array.from({ length: 20_000 }, (_, n) => `  k${n}: eA==`);
    const manifest = `kind: Secret\ndata:\n${keys.join('\n')}\n`;
    const plan = planOf();
    const histogram = monitorEventLoopDelay({ resolution: 5 });
    histogram.enable();
    const [found, { differences }] = await Promise.all([
      processes.secretValues(manifest, BOB),
      processes.bind(
        {
          plan,
          step: { ...plan.steps[1], text: 'kubectl apply -f a.yaml' },
          left: {
            variables: [],
            files: [{ path: 'a.yaml', change: 'changed', digest: 'd' }],
          },
          secretDigests: {},
          secrets: [],
          folders: [''],
          inventory: { id: 'local', hasNetwork: false },
          present: [],
          typed: 'shop',
        },
        {
          ...ASKED,
          realPath: path => path,
          links: () => new Map(),
          shownPath: path => path,
          changedFile: path => ({
            path,
            change: 'changed',
            before: { kind: 'file', content: Buffer.from('kind: Pod\n') },
            after: { kind: 'file', content: Buffer.from(manifest) },
          }),
        },
        ANN,
      ),
    ]);
    histogram.disable();
    expect([...found.values]).toEqual(['eA==']);
    expect(found.complete).toBe(true);
    expect(differences[0].hidesValues).toBe(true);
    expect(histogram.max / 1e6).toBeLessThan(1000);
  }, 120_000);

  it('what somebody asks for besides a long procedure waits for it, and what others ask for does not', async () => {
    const ended: string[] = [];
    const planned = (name: string, commands: string[], person: string) =>
      processes
        .plan(taskOf(commands), ASKED, person)
        .then(() => ended.push(name));
    await Promise.all([
      planned('long', [LONG, LONG, LONG], ANN),
      planned('second of hers', ['ls'], ANN),
      planned('his', ['ls'], BOB),
    ]);
    expect(ended).toEqual(['his', 'long', 'second of hers']);
  }, 120_000);

  it('what takes too long is given up at the step where it did, and the next one is planned', async () => {
    const hurried = new JudgingProcesses({ timeoutMs: 500, processes: 1 });
    await hurried.warm();
    const task = taskOf(['ls', ...Array<string>(15).fill(LONG)]);
    const failed = await hurried.plan(task, ASKED, ANN).catch(error => error);
    expect(failed).toMatchObject({
      name: 'ReadingGivenUp',
      message: 'it took longer than 0.5 s',
    });
    const steps = task.procedure.phases.flatMap(phase => phase.steps);
    expect(steps.map(({ id }) => id)).toContain(failed.at);
    await hurried.stop();
  }, 120_000);

  it('what needs too much memory is given up, and says how much it may need', async () => {
    const small = new JudgingProcesses({ memoryMb: 64, processes: 1 });
    const task = {
      ...taskOf(['ls']),
      present: Array.from({ length: 500_000 }, (_, index) => ({
        entityRef: `component:default/${index}`,
        namespace: 'shop',
        objects: [],
      })),
    };
    await expect(small.plan(task, ASKED, ANN)).rejects.toThrow(
      'it needs more than 64 MB of memory',
    );
    await small.stop();
  }, 120_000);

  it('a file that cannot be read makes the step unknown, and the next one is planned', async () => {
    const asked = {
      ...ASKED,
      fileText: () => {
        throw new Error('the disk is gone');
      },
    };
    const [failed, next] = await Promise.all([
      processes.plan(taskOf(['bash restart.sh']), asked, ANN),
      processes.plan(taskOf(['ls']), ASKED, ANN),
    ]);
    expect(failed).toMatchObject({
      plan: {
        steps: [
          {
            effect: 'unknown',
            because: 'cannot be read: Error: the disk is gone',
          },
        ],
      },
    });
    expect(next).toMatchObject({ plan: { steps: [{ effect: 'local' }] } });
  }, 120_000);

  it('refuses what waits when it is stopped', async () => {
    const stopped = new JudgingProcesses();
    const outcomes = Promise.allSettled(
      [1, 2].map(() => stopped.plan(taskOf(['ls']), ASKED, ANN)),
    );
    await stopped.stop();
    expect(await outcomes).toEqual([
      expect.objectContaining({ status: 'rejected' }),
      expect.objectContaining({ status: 'rejected' }),
    ]);
  }, 120_000);
});
