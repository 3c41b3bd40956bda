import { execFile } from 'node:child_process';
import { chown, mkdir, mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  carriedVariables,
  isCarriedName,
  statementLines,
  type ExecutorInventory,
  type StatementLines,
} from '@backstage-runbooks/plugin-runbooks-common';
import type {
  ExecutorTool,
  StepExecution,
  StepExecutionResult,
  StepExecutor,
} from '@backstage-runbooks/plugin-runbooks-node';
import type { JoinedNetwork } from './joinCommand';
import { LockedVariableErrors } from './LockedVariableErrors';
import { pumpOutput } from './pumpOutput';
import { startSandbox, type Sandbox } from './Sandbox';
import type {
  SandboxFile,
  SandboxGateway,
  SystemFolder,
} from './sandboxArguments';
import {
  failureText,
  sandboxStartError,
  unreadableTextError,
} from './sandboxFailure';
import { initScript } from './sandboxScripts';
import { StepEnding } from './StepEnding';
import { stepEnd } from './stepEnd';
import { carriedInto, CONSTANTS } from './stepEnvironment';
import { byteLength, stepFiles } from './stepFiles';
import { closeWriters, openStepPipes, type StepPipe } from './stepPipes';
import { StepReport } from './StepReport';
import { StepTools, type ToolBinding } from './StepTools';
import { stepUserOf, type StepUser } from './stepUser';
import { systemFolders } from './systemFolders';
import { toolVersions } from './toolVersions';
import type { TreeBounds } from './measureTree';
import type { Relay } from './Relay';
import type { WarmRelays } from './WarmRelays';
import { WORKSPACE_BOUNDS, WorkspaceWatch } from './WorkspaceWatch';

const run = promisify(execFile);

const PROBE_TIMEOUT_MS = 15_000;

type StepPipes = Record<'stdout' | 'stderr' | 'report', StepPipe>;
/** A result without its times. */
type Outcome = Omit<StepExecutionResult, 'startedAt' | 'durationMs'>;
/** What a sandbox is started with. */
interface Prepared {
  files: readonly SandboxFile[];
  gateway: SandboxGateway;
  network: JoinedNetwork | undefined;
}

/**
 * Runs steps on this machine: bash in a bubblewrap sandbox, with no way out but the attempt's gateway.
 *
 * A step sees a read-only system, its workspace, bounded /tmp and /dev/shm, its own processes, and 127.0.0.1. It runs
 * as a user without rights. When it ends, everything that it started ends too. Without bubblewrap nothing is run:
 * `probe` says what is missing, and nothing else takes its place.
 *
 * Its workspace is looked at while it runs, and a step that fills it is ended; docs/limits.md has the numbers. Not
 * bounded: the sum of memory of a step's processes (each has at most 8 GB), which takes a cgroup around the backend.
 */
export class LocalExecutor implements StepExecutor {
  readonly id = 'local';
  readonly #tools: StepTools;
  readonly #scratchDirectory: string;
  readonly #systemFolders: readonly SystemFolder[];
  readonly #user: StepUser | undefined;
  readonly #workspaceBounds: TreeBounds;
  readonly #relays: WarmRelays | undefined;
  readonly #logger: LoggerService;

  /**
   * Makes a folder for pipes below `dataDirectory`, which the steps' user must be able to pass through.
   *
   * @param options - `toolsDirectory`: folder with kubectl, helm and the like, first on every step's PATH; without it
   *   steps use the kubectl and helm that the backend itself finds;
   *   `stepUser`: who runs the steps where the backend is root, nobody by default. Any other backend runs them as its
   *   own user. `relays`: started ahead; without them each step starts its own.
   */
  static async create(options: {
    toolsDirectory?: string;
    dataDirectory: string;
    logger: LoggerService;
    stepUser?: StepUser;
    workspaceBounds?: TreeBounds;
    relays?: WarmRelays;
  }): Promise<LocalExecutor> {
    const scratchDirectory = path.resolve(options.dataDirectory, 'x');
    await mkdir(scratchDirectory, { recursive: true, mode: 0o711 });
    return new LocalExecutor({ ...options, scratchDirectory });
  }

  private constructor(options: {
    toolsDirectory?: string;
    scratchDirectory: string;
    logger: LoggerService;
    stepUser?: StepUser;
    workspaceBounds?: TreeBounds;
    relays?: WarmRelays;
  }) {
    this.#scratchDirectory = options.scratchDirectory;
    this.#systemFolders = systemFolders();
    this.#user = stepUserOf(options.stepUser);
    this.#tools = new StepTools({
      toolsDirectory: options.toolsDirectory,
      user: this.#user,
    });
    this.#workspaceBounds = options.workspaceBounds ?? WORKSPACE_BOUNDS;
    this.#relays = options.relays;
    this.#logger = options.logger;
  }

  /** Runs a step that does nothing, with everything that a real one gets but a gateway. */
  async probe(): Promise<
    { available: true } | { available: false; because: string }
  > {
    const workspace = await mkdtemp(
      path.join(this.#scratchDirectory, 'probe-'),
    );
    try {
      const { ok, failure, exitCode } = await this.execute(
        probeOf(workspace),
        new AbortController().signal,
      );
      if (ok) {
        void this.#relays?.fill();
        return { available: true };
      }
      return {
        available: false,
        because:
          failure ??
          `a step that does nothing ended with exit code ${exitCode}`,
      };
    } finally {
      await rm(workspace, { recursive: true, force: true });
    }
  }

  async inventory(): Promise<ExecutorInventory> {
    const names = await this.#tools.names();
    const notice = await this.#tools.problem();
    return {
      id: this.id,
      hasTool: name => name.includes('/') || names.has(name),
      hasNetwork: false,
      ...(notice === undefined ? {} : { notice }),
    };
  }

  /** Bubblewrap, bash, and the kubectl and helm that steps find. */
  tools(): Promise<ExecutorTool[]> {
    return toolVersions(() => this.#tools.bindings());
  }

  /** Rejects only where the backend itself fails: no room for pipes, or a receiver of output that rejects. */
  async execute(
    execution: StepExecution,
    signal: AbortSignal,
  ): Promise<StepExecutionResult> {
    const startedAt = new Date();
    const began = performance.now();
    const outcome = await this.#outcomeOf(execution, signal);
    return { ...outcome, startedAt, durationMs: performance.now() - began };
  }

  async #outcomeOf(
    execution: StepExecution,
    signal: AbortSignal,
  ): Promise<Outcome> {
    const nothing: Outcome = {
      ok: false,
      timedOut: false,
      cancelled: false,
      commands: [],
      carried: execution.carried,
      dropped: [],
    };
    if (signal.aborted) return { ...nothing, cancelled: true };
    const folder = await mkdtemp(path.join(this.#scratchDirectory, 's-'));
    let relay: Relay | undefined;
    try {
      relay = await this.#relayFor(execution);
      const gateway = gatewayOf(execution, relay);
      const pieces = statementLines(execution.text);
      const names = await this.#tools.names();
      const files = stepFiles(execution, pieces, names, gateway.relay);
      const pipes = await this.#openPipes(folder, execution);
      return await this.#runIn(pipes, execution, {
        ...{ pieces, files, gateway, signal },
        network: relay?.network,
      });
    } catch (error) {
      const failure = failureText(error);
      if (failure === undefined) throw error;
      this.#logger.warn(
        `Step ${execution.stepId} of run ${execution.runId} could not run: ${failure}`,
      );
      return { ...nothing, failure };
    } finally {
      if (relay) this.#relays?.release(relay);
      await rm(folder, { recursive: true, force: true });
    }
  }

  async #relayFor({ gatewaySocket }: StepExecution) {
    return gatewaySocket === undefined
      ? undefined
      : this.#relays?.take(gatewaySocket);
  }

  /** While another program gives the workspace to the step, which takes as long. */
  async #openPipes(
    folder: string,
    execution: StepExecution,
  ): Promise<StepPipes> {
    const [given, opened] = await Promise.allSettled([
      this.#giveToStep(folder, execution),
      openStepPipes(folder, ['stdout', 'stderr', 'report'], this.#user),
    ]);
    if (opened.status === 'rejected') throw opened.reason;
    if (given.status === 'fulfilled') return opened.value;
    const pipes = Object.values(opened.value);
    closeWriters(pipes);
    pipes.forEach(({ reader }) => reader.destroy());
    throw given.reason;
  }

  /** Files of the workspace belong to the step; so does the right to connect to its gateway. */
  async #giveToStep(folder: string, execution: StepExecution): Promise<void> {
    if (!this.#user) return;
    const { uid, gid } = this.#user;
    await chown(folder, uid, gid);
    await run('chown', [
      ...['--recursive', '--no-dereference', `${uid}:${gid}`, '--'],
      execution.workspace,
    ]);
    if (execution.gatewaySocket) {
      await chown(execution.gatewaySocket, uid, gid);
    }
  }

  async #runIn(
    pipes: StepPipes,
    execution: StepExecution,
    held: Prepared & {
      pieces: readonly StatementLines[];
      signal: AbortSignal;
    },
  ): Promise<Outcome> {
    const { pieces, signal } = held;
    const tools = await this.#tools.bindings();
    const sandbox = this.#start(pipes, execution, { ...held, tools });
    const ending = new StepEnding(sandbox, execution, signal);
    const watch = new WorkspaceWatch(
      execution.workspace,
      this.#workspaceBounds,
      () => sandbox.kill(),
    );
    const report = new StepReport(() => ending.stepStarted());
    pipes.report.reader.on('data', chunk => report.push(chunk));
    closeWriters([pipes.stdout, pipes.stderr]);

    const locks = new LockedVariableErrors(execution.locked);
    const [ended, pumped] = await Promise.allSettled([
      sandbox.ended,
      pumpOutput(
        pipes,
        (stream, chunk) => {
          locks.push(stream, chunk);
          return execution.onOutput(stream, chunk);
        },
        () => sandbox.kill(),
      ),
    ]);
    ending.dispose();
    watch.stop();
    await readToEnd(pipes.report);
    if (ended.status === 'rejected') throw ended.reason;
    if (pumped.status === 'rejected') throw pumped.reason;

    const wasStopped =
      ending.cancelled || ending.timedOut || watch.excess !== undefined;
    if (!report.hasStarted && !wasStopped) {
      const { errorHead } = pumped.value;
      throw report.isUnreadable()
        ? unreadableTextError(errorHead)
        : sandboxStartError(errorHead, ended.value.exitCode);
    }
    const failure =
      watch.excess === undefined
        ? locks.failure()
        : `it was ended because ${watch.excess}`;
    return {
      ...stepEnd({ execution, end: ended.value, ending, report, pieces }),
      ...leftBy(execution, report),
      ...(failure === undefined
        ? {}
        : { ok: false, failure, failedAfterStart: true }),
    };
  }

  #start(
    pipes: StepPipes,
    execution: StepExecution,
    held: Prepared & { tools: readonly ToolBinding[] },
  ): Sandbox {
    const { tools, gateway, files, network } = held;
    return startSandbox({
      layout: {
        systemFolders: this.#systemFolders,
        workspace: execution.workspace,
        tools,
        report: pipes.report.path,
        gateway,
      },
      files,
      network,
      initScript: initScript({ startsRelay: gateway.relay === 'inside' }),
      stdout: pipes.stdout.writer,
      stderr: pipes.stderr.writer,
      user: this.#user,
    });
  }
}

function gatewayOf(
  { gatewaySocket: socket }: StepExecution,
  relay: Relay | undefined,
): SandboxGateway {
  if (socket === undefined) return { relay: 'none' };
  if (relay) return { relay: 'ahead' };
  return { relay: 'inside', socket, nodePath: process.execPath };
}

function probeOf(workspace: string): StepExecution {
  return {
    runId: 'probe',
    stepId: 'probe',
    attempt: 1,
    text: 'cat /proc/self/status > /dev/null && echo fine > /dev/stderr',
    environment: {},
    carried: { variables: {}, workingDirectory: '' },
    variables: [],
    locked: [],
    stopAtFailure: false,
    workspace,
    namespace: 'default',
    timeoutMs: PROBE_TIMEOUT_MS,
    endsAtTimeout: false,
    killAfterMs: 0,
    onOutput: () => {},
  };
}

/** The sandbox has ended, so ours is the last writing end: the reader ends when it is closed. */
async function readToEnd(pipe: StepPipe): Promise<void> {
  const closed = new Promise(resolve => pipe.reader.once('close', resolve));
  closeWriters([pipe]);
  await closed;
}

/**
 * What later steps get: what this one left, and what it was not given. A step that was killed leaves what it found.
 */
function leftBy(
  execution: StepExecution,
  report: StepReport,
): Pick<Outcome, 'carried' | 'dropped'> {
  const state = report.state();
  const files = report.droppedFiles();
  if (!state) return { carried: execution.carried, dropped: files };
  const given = carriedInto(execution);
  const others = Object.entries(execution.carried.variables).filter(
    ([name]) => !(name in given),
  );
  const { variables, dropped } = carriedVariables(
    { ...Object.fromEntries(others), ...state.variables },
    { ...CONSTANTS, ...execution.environment },
    byteLength,
  );
  const arrays = state.arrays.filter(isCarriedName).map(name => ({
    name: `$${name}`,
    because: 'it is an array, and only plain variables are carried',
  }));
  return {
    carried: { variables, workingDirectory: state.workingDirectory },
    dropped: [...dropped, ...arrays, ...files],
  };
}
