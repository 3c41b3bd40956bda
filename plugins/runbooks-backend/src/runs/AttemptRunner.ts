import path from 'node:path';
import type { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import {
  createRedactor,
  environmentNameOf,
  foundNothing,
  sha256Hex,
  stopsAtFailure,
  variablesRead,
  type PlannedStep,
  type Run,
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
import type { SecretBox } from '../workspaces/SecretBox';
import type { Workspace, Workspaces } from '../workspaces/Workspaces';
import { OutputWriter } from './OutputWriter';
import type { AttemptRef, RunStore } from './RunStore';

const KILL_AFTER_MS = 5_000;
const SECRET_PARAMETERS = 'parameters';
/** Carried values this short hide nothing and would garble the output. */
const MIN_SECRET_LENGTH = 4;

/**
 * Makes one attempt of one step happen: workspace, gateway, executor, output. Decides nothing: what it returns is
 * recorded by the worker.
 */
export class AttemptRunner {
  readonly #store: RunStore;
  readonly #workspaces: Workspaces;
  readonly #gateway: KubernetesGateway;
  readonly #executor: StepExecutor;
  readonly #box: SecretBox;
  readonly #socketDirectory: string;
  readonly #logger: LoggerService;

  constructor(options: {
    store: RunStore;
    workspaces: Workspaces;
    gateway: KubernetesGateway;
    executor: StepExecutor;
    box: SecretBox;
    /** Short: the path of a Unix socket has at most 107 bytes. */
    socketDirectory: string;
    logger: LoggerService;
  }) {
    this.#store = options.store;
    this.#workspaces = options.workspaces;
    this.#gateway = options.gateway;
    this.#executor = options.executor;
    this.#box = options.box;
    this.#socketDirectory = options.socketDirectory;
    this.#logger = options.logger;
  }

  get executorId(): string {
    return this.#executor.id;
  }

  /** Keeps secret parameter values for the attempts of a run. */
  async keepSecrets(
    runId: string,
    values: Record<string, string>,
  ): Promise<void> {
    if (Object.keys(values).length === 0) return;
    const sealed = this.#box.seal(
      Buffer.from(JSON.stringify(values)),
      `${runId} ${SECRET_PARAMETERS}`,
    );
    await this.#store.putSecret(runId, SECRET_PARAMETERS, sealed);
  }

  /** Never rejects for what the step does; rejects where the backend itself fails. */
  async run(
    run: Run,
    step: PlannedStep,
    attempt: number,
    signal: AbortSignal,
  ): Promise<StepResult> {
    const ref: AttemptRef = { runId: run.id, stepId: step.id, attempt };
    const secrets = await this.#secretValues(run.id);
    const redactors = new Set<ReturnType<typeof createRedactor>>();
    const output = new OutputWriter({
      append: (offset, text) => this.#store.appendOutput(ref, offset, text),
      makeRedactor: () => {
        const redactor = createRedactor({ secrets: Object.values(secrets) });
        redactors.add(redactor);
        return redactor;
      },
    });
    const hide = (value: string) => {
      if (value.length < MIN_SECRET_LENGTH) return;
      for (const redactor of redactors) redactor.add(value);
    };
    const workspace = await this.#workspaces.open(run);
    try {
      const gateway = await this.#openGateway(run, step, ref, hide);
      try {
        const result = await this.#execute(run, step, attempt, {
          workspace,
          gateway,
          output,
          secrets,
          signal,
        });
        const { note } = await workspace.save(result.carried);
        if (note) output.note(note);
        return await this.#resultOf(ref, result, output);
      } finally {
        await gateway?.close();
      }
    } finally {
      await workspace.discard();
    }
  }

  async #execute(
    run: Run,
    step: PlannedStep,
    attempt: number,
    held: {
      workspace: Workspace;
      gateway: OpenGateway | undefined;
      output: OutputWriter;
      secrets: Record<string, string>;
      signal: AbortSignal;
    },
  ): Promise<StepExecutionResult> {
    const environment = environmentOf(run, step, held.secrets);
    const result = await this.#executor.execute(
      {
        runId: run.id,
        stepId: step.id,
        attempt,
        text: step.text,
        environment,
        carried: held.workspace.carried,
        variables: variablesRead(step.text),
        stopAtFailure: stopsAtFailure(step.effect, step.text),
        workspace: held.workspace.directory,
        namespace: run.plan.namespace,
        ...(held.gateway ? { gatewaySocket: held.gateway.socketPath } : {}),
        timeoutMs: step.timeoutSeconds * 1000,
        endsAtTimeout: step.boundedSeconds !== undefined,
        killAfterMs: KILL_AFTER_MS,
        onOutput: (stream, chunk) => held.output.write(stream, chunk),
      },
      held.signal,
    );
    if (result.failure)
      held.output.note(`This step could not run: ${result.failure}`);
    for (const { name, because } of result.dropped)
      held.output.note(`(Not kept for later steps: ${name}; ${because}.)`);
    return result;
  }

  async #openGateway(
    run: Run,
    step: PlannedStep,
    ref: AttemptRef,
    onSecret: (value: string) => void,
  ): Promise<OpenGateway | undefined> {
    if (run.plan.cluster === undefined) return undefined;
    return this.#gateway.open({
      ...ref,
      entityRef: run.plan.entityRef,
      clusterName: run.plan.cluster,
      namespace: run.plan.namespace,
      allowed: step.writes,
      scope: run.plan.scope,
      secrets: step.secrets,
      observeOnly: run.plan.procedure.observeOnly,
      socketPath: path.join(
        this.#socketDirectory,
        `${run.id.slice(0, 8)}-${attemptName(ref)}.sock`,
      ),
      recordCall: call => this.#store.recordCall(ref, call),
      onSecret,
    });
  }

  async #resultOf(
    ref: AttemptRef,
    result: StepExecutionResult,
    output: OutputWriter,
  ): Promise<StepResult> {
    const isEmptySearch = foundNothing(result);
    if (isEmptySearch) output.note('(The search found nothing.)');
    const stored = await output.end();
    const calls = await this.#store.callCounts(ref);
    return {
      ok: result.ok || isEmptySearch,
      ...(result.exitCode === undefined ? {} : { exitCode: result.exitCode }),
      startedAt: result.startedAt.toISOString(),
      durationMs: Math.round(result.durationMs),
      timedOut: result.timedOut,
      cancelled: result.cancelled,
      truncated: stored.truncated,
      outputBytes: stored.bytes,
      outputDigest: stored.digest,
      commands: result.commands,
      calls,
      ...(result.failure === undefined ? {} : { failure: result.failure }),
    };
  }

  async #secretValues(runId: string): Promise<Record<string, string>> {
    const sealed = await this.#store.getSecret(runId, SECRET_PARAMETERS);
    if (!sealed) return {};
    try {
      return JSON.parse(
        this.#box.open(sealed, `${runId} ${SECRET_PARAMETERS}`).toString(),
      );
    } catch (error) {
      this.#logger.error(
        `Secret parameters of run ${runId} cannot be read`,
        toError(error),
      );
      throw new Error(
        'The secret parameters of this run cannot be read: runbooks.encryptionKey is another one than when it was started',
      );
    }
  }
}

/** Values by the names that the step's text uses, see `environmentNameOf`. */
function environmentOf(
  run: Run,
  step: PlannedStep,
  secrets: Record<string, string>,
): Record<string, string> {
  const environment: Record<string, string> = {};
  for (const { name, value, secret } of run.plan.parameters) {
    if (!step.parameters.includes(name)) continue;
    const given = secret ? secrets[name] ?? '' : value;
    environment[environmentNameOf({ form: 'angle', parameter: name })] = given;
    environment[environmentNameOf({ form: 'variable', parameter: name })] =
      given;
  }
  return environment;
}

/** Short, because the path of a socket is. */
function attemptName(ref: AttemptRef): string {
  return `${sha256Hex(ref.stepId).slice(0, 8)}-${ref.attempt}`;
}
