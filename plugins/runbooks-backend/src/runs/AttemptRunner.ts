import path from 'node:path';
import {
  createRedactor,
  foundNothing,
  judgeResult,
  sha256Hex,
  type BoundStep,
  type Instant,
  type PlannedStep,
  type Run,
  type SecretForms,
  type StepBinding,
  type StepResult,
} from '@backstage-runbooks/plugin-runbooks-common';
import type {
  StepExecutionResult,
  StepExecutor,
} from '@backstage-runbooks/plugin-runbooks-node';
import type {
  KubernetesGateway,
  OpenGateway,
} from '../gateway/KubernetesGateway';
import type { JudgingProcesses } from '../reading/JudgingProcesses';
import type { ManifestSecrets } from '../workspaces/ManifestSecrets';
import type { Workspace, Workspaces } from '../workspaces/Workspaces';
import { executionOf, rightsOf } from './attemptParts';
import { hideInCall, hiding } from './hideIn';
import { isLeaseLost } from './LeaseLostError';
import { OutputWriter } from './OutputWriter';
import { PreviewBinding, type BoundPreview } from './PreviewBinding';
import { RunSecrets } from './RunSecrets';
import type { AttemptRef, AttemptStore, HeldAttempt, Lease } from './RunStore';
import type { SealedVault } from './SealedVault';
import { secretFormsOf } from './secretFormsOf';
import type { SecretParameters } from './SecretParameters';
import { secretValueVault } from './secretValueVault';
import type { StepBinder } from './StepBinder';

/** Of a long output, so much of both ends is compared with what the document expects. */
const JUDGED_BYTES = 256 * 1024;
/** Of what a step leaves and later ones do not get. */
const DROPPED_NAMED = 100;

/** An attempt as it is recorded to have begun. */
export interface BegunAttempt {
  attempt: number;
  lease: Lease;
  /** Of the database's clock: what is recorded of the attempt counts from there. */
  beganAt: Instant;
  /** To what its writes are bound beyond its rights; undefined where there is no whole preview. */
  bound: BoundPreview | undefined;
}

/** An attempt that is laid out and has not begun. */
export interface PreparedAttempt {
  /** The step as it would run in the workspace that is laid out. */
  bound: BoundStep;
  /**
   * Makes it happen, once. Never rejects for what the step does.
   *
   * @throws LeaseLostError where another worker has the run by now; what the backend's own failures throw
   */
  run(begun: BegunAttempt, signal: AbortSignal): Promise<StepResult>;
  /** Removes what was laid out. */
  discard(): Promise<void>;
}

/** What belongs to one attempt under way. */
interface Held {
  run: Run;
  step: PlannedStep;
  binding: StepBinding;
  attempt: HeldAttempt;
  workspace: Workspace;
  /** Secret parameters by name. */
  parameters: Record<string, string>;
  hidden: RunSecrets;
  /** Of all values that nothing stored of it may show, also of those that are learned on the way. */
  forms: SecretForms;
  output: OutputWriter;
  beganAt: Instant;
  preview: BoundPreview | undefined;
  signal: AbortSignal;
}

/**
 * Makes one attempt of one step happen: workspace, gateway, executor, output. Decides nothing: what it returns is
 * recorded by the worker. What the gateway lets pass comes from the binding, never from the plan alone.
 *
 * Everything that an attempt stores is fenced by its lease. The first write that is refused ends the attempt: its
 * step is stopped, and nothing is recorded of it.
 */
export class AttemptRunner {
  readonly #attempts: AttemptStore;
  readonly #workspaces: Workspaces;
  readonly #parameters: SecretParameters;
  readonly #vault: SealedVault;
  readonly #binder: StepBinder;
  readonly #gateway: Pick<KubernetesGateway, 'open'>;
  readonly #executor: StepExecutor;
  readonly #manifests: Pick<ManifestSecrets, 'in'>;
  readonly #judging: Pick<JudgingProcesses, 'boundWrite'>;
  readonly #socketDirectory: string;

  constructor(options: {
    attempts: AttemptStore;
    workspaces: Workspaces;
    parameters: SecretParameters;
    vault: SealedVault;
    binder: StepBinder;
    gateway: Pick<KubernetesGateway, 'open'>;
    executor: StepExecutor;
    manifests: Pick<ManifestSecrets, 'in'>;
    judging: Pick<JudgingProcesses, 'boundWrite'>;
    /** Short: the path of a Unix socket has at most 107 bytes. */
    socketDirectory: string;
  }) {
    this.#attempts = options.attempts;
    this.#workspaces = options.workspaces;
    this.#parameters = options.parameters;
    this.#vault = options.vault;
    this.#binder = options.binder;
    this.#gateway = options.gateway;
    this.#executor = options.executor;
    this.#manifests = options.manifests;
    this.#judging = options.judging;
    this.#socketDirectory = options.socketDirectory;
  }

  get executorId(): string {
    return this.#executor.id;
  }

  /** Lays out the workspace of a step and says what would run in it. Must be discarded. */
  async prepare(run: Run, step: PlannedStep): Promise<PreparedAttempt> {
    const workspace = await this.#workspaces.open(run);
    try {
      const bound = await this.#binder.bindIn(run, step, workspace);
      return {
        bound,
        run: (begun, signal) => {
          const attempt: HeldAttempt = {
            runId: run.id,
            stepId: step.id,
            attempt: begun.attempt,
            lease: begun.lease,
          };
          const { binding } = bound;
          const { beganAt, bound: preview } = begun;
          return this.#run(
            { run, step, binding, attempt, workspace, beganAt, preview },
            signal,
          );
        },
        discard: () => workspace.discard(),
      };
    } catch (error) {
      await workspace.discard();
      throw error;
    }
  }

  async #run(
    given: Pick<
      Held,
      | 'run'
      | 'step'
      | 'binding'
      | 'attempt'
      | 'workspace'
      | 'beganAt'
      | 'preview'
    >,
    signal: AbortSignal,
  ): Promise<StepResult> {
    const { run, attempt, workspace } = given;
    const [parameters, hidden, inManifests] = await Promise.all([
      this.#parameters.valuesOf(run.id),
      RunSecrets.load(secretValueVault(this.#vault, attempt)),
      this.#manifests.in(workspace.directory, run.requestedBy),
    ]);
    for (const value of Object.values(parameters)) hidden.add(value);
    for (const value of inManifests.values) hidden.add(value);
    const forms = await secretFormsOf([
      ...Object.values(parameters),
      ...hidden.all(),
    ]);
    hidden.onAdded(value => forms.add(value));
    const lost = new AbortController();
    const fenced = async (write: Promise<void>) =>
      write.catch(error => {
        if (isLeaseLost(error)) lost.abort(error);
        throw error;
      });
    const output = new OutputWriter({
      append: (offset, text) =>
        fenced(this.#attempts.appendOutput(attempt, offset, text)),
      makeRedactor: () => createRedactor({ secrets: forms }),
    });
    if (inManifests.notHidden) output.note(`(${inManifests.notHidden})`);
    const held: Held = {
      ...given,
      parameters,
      hidden,
      forms,
      output,
      signal: AbortSignal.any([signal, lost.signal]),
    };
    const gateway = await this.#openGateway(held, fenced);
    let result: StepExecutionResult;
    try {
      result = await this.#execute(held, gateway);
    } finally {
      await gateway?.close();
    }
    lost.signal.throwIfAborted();
    const saved = await workspace.save(attempt, result.carried);
    for (const text of [saved.note, saved.failure]) {
      if (text) output.note(`(${text})`);
    }
    await hidden.saved();
    return this.#resultOf(
      held,
      saved.failure === undefined || result.failure !== undefined
        ? result
        : {
            ...result,
            ok: false,
            failure: saved.failure,
            failedAfterStart: true,
          },
    );
  }

  async #execute(
    {
      run,
      step,
      binding,
      attempt,
      workspace,
      parameters,
      output,
      signal,
    }: Held,
    gateway: OpenGateway | undefined,
  ): Promise<StepExecutionResult> {
    const result = await this.#executor.execute(
      {
        ...executionOf({ run, step, binding, workspace, parameters }),
        attempt: attempt.attempt,
        ...(gateway ? { gatewaySocket: gateway.socketPath } : {}),
        timeoutMs: step.timeoutSeconds * 1000,
        endsAtTimeout: step.boundedSeconds !== undefined,
        onOutput: (stream, chunk) => output.write(stream, chunk),
      },
      signal,
    );
    if (result.failure) {
      output.note(
        result.failedAfterStart
          ? `This step did not end by itself: ${result.failure}`
          : `This step could not run: ${result.failure}`,
      );
    }
    for (const { name, because } of result.dropped.slice(0, DROPPED_NAMED)) {
      output.note(`(Not kept for later steps: ${name}; ${because}.)`);
    }
    const more = result.dropped.length - DROPPED_NAMED;
    if (more > 0) output.note(`(Not kept for later steps: ${more} more.)`);
    return result;
  }

  async #openGateway(
    { run, binding, attempt, beganAt, hidden, forms, preview }: Held,
    fenced: (write: Promise<void>) => Promise<void>,
  ): Promise<OpenGateway | undefined> {
    if (run.plan.cluster === undefined) return undefined;
    const { runId, stepId } = attempt;
    const { hide } = hiding(forms);
    const shown = namesShown(run, binding);
    const bound =
      preview &&
      new PreviewBinding({
        preview,
        judging: this.#judging,
        person: run.requestedBy,
        secrets: () => hidden.all(),
      });
    return this.#gateway.open({
      runId,
      stepId,
      attempt: attempt.attempt,
      ...rightsOf(run, binding, run.plan.cluster),
      ...(bound ? { bound } : {}),
      socketPath: path.join(
        this.#socketDirectory,
        `${run.id.slice(0, 8)}-${attemptName(attempt)}.sock`,
      ),
      recordCall: call =>
        fenced(
          this.#attempts.recordCall(attempt, hideInCall(call, hide, shown)),
        ),
      onSecret: value => hidden.add(value),
      now: clockFrom(beganAt),
    });
  }

  async #resultOf(
    { step, attempt, output, beganAt }: Held,
    result: StepExecutionResult,
  ): Promise<StepResult> {
    const isEmptySearch = foundNothing(result);
    if (isEmptySearch) output.note('(The search found nothing.)');
    const stored = await output.end();
    const [calls, printed] = await Promise.all([
      this.#attempts.callCounts(attempt),
      this.#endsOfOutput(attempt, stored.bytes),
    ]);
    const ended = {
      ok: result.ok || isEmptySearch,
      ...(result.exitCode === undefined ? {} : { exitCode: result.exitCode }),
      startedAt: beganAt,
      durationMs: Math.round(result.durationMs),
      timedOut: result.timedOut,
      cancelled: result.cancelled,
      truncated: stored.truncated,
      outputBytes: stored.bytes,
      outputDigest: stored.digest,
      commands: result.commands,
      calls,
      ...(result.failure === undefined ? {} : { failure: result.failure }),
      ...(result.failedAfterStart ? { failedAfterStart: true as const } : {}),
    };
    return { ...ended, ...judgeResult(step, ended, printed) };
  }

  /** The output, or its first and last part where it is long. */
  async #endsOfOutput(attempt: AttemptRef, bytes: number): Promise<string> {
    const first = await this.#attempts.readOutput(attempt, 0, JUDGED_BYTES);
    if (first.nextOffset >= bytes) return first.text;
    const from = Math.max(first.nextOffset, bytes - JUDGED_BYTES);
    const last = await this.#attempts.readOutput(attempt, from, JUDGED_BYTES);
    return `${first.text}\n${last.text}`;
  }
}

/** Goes on from an instant of the database's clock, whatever the clock of this machine says. */
function clockFrom(instant: Instant): () => Date {
  const origin = Date.parse(instant) - performance.now();
  return () => new Date(origin + performance.now());
}

/** Of objects and namespaces: what the plan and the binding tell anyway. */
function namesShown({ plan }: Run, { verdict }: StepBinding): Set<string> {
  const written =
    verdict.writes.kind === 'listed'
      ? verdict.writes.writes.flatMap(({ name, namespace }) => [
          name,
          namespace,
        ])
      : [];
  return new Set(
    [plan.namespace, ...plan.scope.namespaces, ...written].filter(
      name => name !== undefined && name !== '',
    ),
  );
}

/** Short, because the path of a socket is. */
function attemptName(ref: AttemptRef): string {
  return `${sha256Hex(ref.stepId).slice(0, 8)}-${ref.attempt}`;
}
