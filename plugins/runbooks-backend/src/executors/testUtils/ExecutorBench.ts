import { chmod, mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  lockedVariables,
  variablesRead,
} from '@backstage-runbooks/plugin-runbooks-common';
import type {
  StepExecution,
  StepExecutionResult,
  StepExecutor,
} from '@backstage-runbooks/plugin-runbooks-node';
import { LocalExecutor } from '../LocalExecutor';
import { WarmRelays } from '../WarmRelays';

const QUIET = () => {};

/** Of a step that was allowed to run what the plan cannot tell. */
const OPEN: Parameters<typeof lockedVariables>[1] = {
  commands: [{ text: '', line: 1, effect: 'unknown', because: '' }],
  writes: { kind: 'none' },
};

/** Says nothing. */
export const quietLogger: LoggerService = {
  error: QUIET,
  warn: QUIET,
  info: QUIET,
  debug: QUIET,
  child: () => quietLogger,
};

/** A result with everything that the step printed. */
export interface BenchResult extends StepExecutionResult {
  stdout: string;
  stderr: string;
}

type RunOptions = Partial<StepExecution> & { signal?: AbortSignal };

/** A real executor with folders of its own. */
export class ExecutorBench {
  readonly executor: LocalExecutor;
  /** None is started until `fill` is called. */
  readonly relays: WarmRelays;
  readonly workspace: string;
  readonly folder: string;

  static async create(toolsDirectory?: string): Promise<ExecutorBench> {
    const folder = await mkdtemp(path.join(tmpdir(), 'bench-'));
    await chmod(folder, 0o711);
    const tools = path.join(folder, 'tools');
    const workspace = path.join(folder, 'ws');
    await Promise.all([mkdir(tools), mkdir(workspace)]);
    const shared = { dataDirectory: folder, logger: quietLogger };
    const relays = new WarmRelays(shared);
    const executor = await LocalExecutor.create({
      ...shared,
      toolsDirectory: toolsDirectory ?? tools,
      relays,
    });
    return new ExecutorBench({ executor, relays, folder, workspace });
  }

  private constructor(
    parts: Pick<ExecutorBench, 'executor' | 'relays' | 'folder' | 'workspace'>,
  ) {
    this.executor = parts.executor;
    this.relays = parts.relays;
    this.folder = parts.folder;
    this.workspace = parts.workspace;
  }

  /** Runs texts with another executor. */
  with(executor: StepExecutor): (text: string) => Promise<BenchResult> {
    return text => this.#runWith(executor, text, {});
  }

  /** Runs a text and collects its output. */
  run(text: string, options: RunOptions = {}): Promise<BenchResult> {
    return this.#runWith(this.executor, text, options);
  }

  async #runWith(
    executor: StepExecutor,
    text: string,
    options: RunOptions,
  ): Promise<BenchResult> {
    const output = { stdout: '', stderr: '' };
    const { signal = new AbortController().signal, ...execution } = options;
    const result = await executor.execute(
      {
        runId: 'run-1',
        stepId: 'step-1',
        attempt: 1,
        text,
        environment: {},
        carried: { variables: {}, workingDirectory: '' },
        variables: variablesRead(text),
        locked: lockedVariables(text, OPEN),
        stopAtFailure: false,
        workspace: this.workspace,
        namespace: 'default',
        timeoutMs: 30_000,
        endsAtTimeout: false,
        killAfterMs: 1_000,
        onOutput: (stream, chunk) => {
          output[stream] += chunk.toString('utf8');
        },
        ...execution,
      },
      signal,
    );
    return { ...result, ...output };
  }

  async dispose(): Promise<void> {
    await this.relays.stop();
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** Waits until a process of this machine holds a text in its command line. Rejects where none does for 20 seconds. */
export async function processStarted(text: string): Promise<void> {
  const end = Date.now() + 20_000;
  while ((await processesWith(text)).length === 0) {
    if (Date.now() > end) throw new Error(`no process holds '${text}'`);
    await sleep(20);
  }
}

/** Command lines of this machine's processes that hold a text. */
export async function processesWith(text: string): Promise<string[]> {
  const numbers = (await readdir('/proc')).filter(name => /^\d+$/.test(name));
  const lines = await Promise.all(
    numbers.map(number =>
      readFile(`/proc/${number}/cmdline`, 'utf8').catch(() => ''),
    ),
  );
  return lines
    .map(line => line.replaceAll('\0', ' '))
    .filter(line => line.includes(text));
}
