import { randomBytes, randomUUID } from 'node:crypto';
import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  decideRun,
  type BoundStep,
  type PlannedStep,
  type Hold,
  type Preview,
  type Run,
  type Scope,
  type RunCommandRequest,
  type RunCommand,
} from '@backstage-runbooks/plugin-runbooks-common';
import type {
  StepExecution,
  StepExecutionResult,
  StepExecutor,
} from '@backstage-runbooks/plugin-runbooks-node';
import { refusalToError } from '../http/refusalToError';
import { HiddenValues } from '../runs/HiddenValues';
import type { GatewayAttempt } from '../gateway/GatewayAttempt';
import { AttemptRunner } from '../runs/AttemptRunner';
import { RunWorker } from '../runs/RunWorker';
import { SealedVault } from '../runs/SealedVault';
import { SecretParameters } from '../runs/SecretParameters';
import type { BoundPreview } from '../runs/PreviewBinding';
import { StepBinder } from '../runs/StepBinder';
import { ManifestSecrets } from '../workspaces/ManifestSecrets';
import { pack } from '../workspaces/archives';
import { SecretBox } from '../workspaces/SecretBox';
import { Workspaces } from '../workspaces/Workspaces';
import { judgingAtOnce } from './judgingAtOnce';
import { MemoryRuns } from './MemoryRuns';
import { OWNER, planOf, REQUESTER, startedBy } from './runs';

const AUTH = 'component:default/auth-service';

/** What a bench is made with besides its files. */
export interface BenchOptions {
  logger: LoggerService;
  /** Replaces a defence, to see that it is the one that holds. */
  binder?(binder: StepBinder): StepBinder;
}

/** What a step does in place of bash. */
export type FakeStep = (
  execution: StepExecution,
  signal: AbortSignal,
) => Promise<Partial<StepExecutionResult> | void>;

/**
 * Runs with everything that stands between a person's command and bash, but the database, the cluster and bash:
 * workspaces on disk, binding, the worker.
 */
export class RunBench {
  readonly runs = new MemoryRuns();
  readonly executions: StepExecution[] = [];
  /** By step id. */
  readonly steps = new Map<string, FakeStep>();
  readonly entitled = new Set([REQUESTER, OWNER]);
  /** What the entity of the run would get if it were planned now. */
  scopeNow: Scope | undefined = planOf().scope;
  readonly binder: StepBinder;
  /** What a step would change now. */
  previewNow: Preview | undefined;
  /** To what the run of a step is bound then. */
  boundNow: BoundPreview | undefined = {
    approved: [],
    shown: [],
    secrets: [],
  };
  readonly hidden: HiddenValues;
  /** What each gateway was opened with. */
  readonly gateways: GatewayAttempt[] = [];
  readonly worker: RunWorker;
  readonly attempts: AttemptRunner;

  private constructor(
    directory: string,
    archive: Buffer,
    { logger, ...defences }: BenchOptions,
  ) {
    const box = new SecretBox(randomBytes(32));
    const vault = new SealedVault({ vault: this.runs, box });
    const parameters = new SecretParameters({ vault, logger });
    const workspaces = new Workspaces({
      vault,
      snapshots: { getSnapshot: async () => archive },
      dataDirectory: directory,
    });
    const executor = this.#executor();
    const manifests = new ManifestSecrets({ judging: judgingAtOnce });
    const binder = new StepBinder({
      manifests,
      workspaces,
      parameters,
      vault,
      box,
      inventory: () => executor.inventory(),
      present: { in: async () => [] },
      scopes: { now: async () => this.scopeNow },
      judging: judgingAtOnce,
    });
    this.binder = defences.binder?.(binder) ?? binder;
    this.hidden = new HiddenValues({ parameters, vault, logger });
    this.attempts = new AttemptRunner({
      attempts: this.runs,
      workspaces,
      parameters,
      vault,
      binder: this.binder,
      gateway: {
        open: async attempt => {
          this.gateways.push(attempt);
          return {
            socketPath: attempt.socketPath,
            counts: () => ({ total: 0, writes: 0, refused: 0 }),
            close: async () => {},
          };
        },
      },
      executor,
      manifests,
      judging: judgingAtOnce,
      socketDirectory: directory,
    });
    this.worker = new RunWorker({
      holds: async () => this.holdsNow(),
      id: 'w1',
      queue: this.runs,
      hidden: this.hidden,
      calls: this.runs,
      attempts: this.attempts,
      previews: {
        beforeStart: async () => {
          this.previewing();
          return (
            this.previewNow && {
              preview: this.previewNow,
              bound: this.boundNow,
            }
          );
        },
      },
      signals: this.runs,
      entitlementOf: async userRef =>
        this.entitled.has(userRef)
          ? { entitled: true, entitledBy: 'an owner' }
          : { entitled: false, because: `${userRef} has left` },
      logger,
    });
  }

  /**
   * @param directory - Where workspaces are laid out.
   * @param repository - A folder, and the files of it that make the snapshot.
   */
  static async create(
    directory: string,
    repository: { folder: string; files: string[] },
    options: BenchOptions,
  ): Promise<RunBench> {
    const archive = await pack(repository.folder, repository.files);
    return new RunBench(directory, archive, options);
  }

  /** Is called while a preview is made before a start. */
  previewing: () => void = () => {};

  /** What keeps changes from starting. */
  holdsNow: () => Hold[] = () => [];

  async start(steps: PlannedStep[]): Promise<string> {
    const runId = randomUUID();
    await this.runs.create(
      {
        runId,
        events: startedBy(REQUESTER, planOf({ steps })),
        secrets: [],
      },
      new Date(),
    );
    return runId;
  }

  /** What a person does, by the same binding and decision as in the product. */
  async command(
    runId: string,
    userRef: string,
    request: RunCommandRequest,
  ): Promise<Run> {
    const command = await this.#bound(runId, request);
    const recorded = await this.hidden.recording(runId);
    return this.runs.change(runId, new Date(), run => {
      const decision = decideRun(
        run,
        command,
        {
          userRef,
          sameAs: [],
          entitlements: { [AUTH]: { entitled: true, entitledBy: 'an owner' } },
        },
        { approvalExpiresAfterMs: 60_000 },
        new Date().toISOString(),
      );
      if (decision.kind === 'refused') throw refusalToError(decision.refusal);
      return recorded(decision.events);
    });
  }

  /** Asked for by the requester and approved by the owner, as the owner saw it then. */
  async ask(
    runId: string,
    stepId: string,
    confirmation?: string,
  ): Promise<() => Promise<Run>> {
    const run = await this.command(runId, REQUESTER, {
      kind: 'request-approval',
      stepId,
      ...(confirmation === undefined ? {} : { confirmation }),
    });
    const state = run.steps[stepId];
    if (state.status !== 'waiting-approval') throw new Error(state.status);
    const { digest } = state.request;
    return () =>
      this.command(runId, OWNER, { kind: 'approve', stepId, digest });
  }

  /** Resolves when the step is neither queued nor running any more. */
  async settled(runId: string, stepId: string) {
    const run = await this.runs.until(
      runId,
      ({ steps }) => !['queued', 'running'].includes(steps[stepId].status),
    );
    return run.steps[stepId];
  }

  async #bound(runId: string, request: RunCommandRequest): Promise<RunCommand> {
    if (request.kind !== 'run-step' && request.kind !== 'request-approval') {
      return request;
    }
    const run = await this.runs.get(runId);
    const step = run.plan.steps.find(({ id }) => id === request.stepId)!;
    const bound: BoundStep = await this.binder.bind(run, step);
    return request.kind === 'request-approval' && this.previewNow
      ? { ...request, ...bound, preview: this.previewNow }
      : { ...request, ...bound };
  }

  #executor(): StepExecutor {
    return {
      id: 'fake',
      probe: async () => ({ available: true }),
      inventory: async () => ({
        id: 'fake',
        hasTool: () => true,
        hasNetwork: false,
      }),
      execute: async (execution, signal) => {
        this.executions.push(execution);
        const startedAt = new Date();
        const done = await this.steps.get(execution.stepId)?.(
          execution,
          signal,
        );
        return {
          ok: true,
          exitCode: 0,
          startedAt,
          durationMs: 1,
          timedOut: false,
          cancelled: signal.aborted,
          commands: [],
          carried: execution.carried,
          dropped: [],
          ...done,
        };
      },
    };
  }
}
