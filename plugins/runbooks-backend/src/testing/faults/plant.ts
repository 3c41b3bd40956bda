import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { LoggerService } from '@backstage/backend-plugin-api';
import type {
  StepExecution,
  StepExecutor,
} from '@backstage-runbooks/plugin-runbooks-node';
import { knex as openKnex, type Knex } from 'knex';
import { HeadMac } from '../../ledger/HeadMac';
import { AttemptRunner } from '../../runs/AttemptRunner';
import { DatabaseAttemptStore } from '../../runs/DatabaseAttemptStore';
import { DatabaseRunStore } from '../../runs/DatabaseRunStore';
import { DatabaseRunVault } from '../../runs/DatabaseRunVault';
import { DatabaseSnapshotStore } from '../../runs/DatabaseSnapshotStore';
import {
  PatientAttemptStore,
  PatientVault,
} from '../../runs/PatientAttemptStore';
import { judgingAtOnce } from '../judgingAtOnce';
import { planOf } from '../runs';
import type { PresenceSettings } from '../../runs/presenceSettings';
import { HiddenValues } from '../../runs/HiddenValues';
import { SealedVault } from '../../runs/SealedVault';
import { SecretParameters } from '../../runs/SecretParameters';
import { StepBinder } from '../../runs/StepBinder';
import { ManifestSecrets } from '../../workspaces/ManifestSecrets';
import { SecretBox } from '../../workspaces/SecretBox';
import { Workspaces } from '../../workspaces/Workspaces';

/** What all processes of a trial share. Plain values: it goes from one to the other as JSON. */
export interface PlantSettings {
  /** As `pg` takes it. */
  connection: object;
  /** Workspaces, logs and the journal are kept below it. */
  folder: string;
  /** 32 bytes in base64. */
  encryptionKey: string;
  presence: PresenceSettings;
  /** How long a frozen event loop stands still. */
  freezeMs: number;
  /** Workspaces of this process are kept here instead. */
  disk?: string;
  /** Backends ask the catalog; people go on queueing steps while it is away. */
  asksCatalog?: boolean;
}

/** Everything between a person's command and bash, on a real database; in place of bash, a process that keeps a journal. */
export function buildPlant(settings: PlantSettings, logger: LoggerService) {
  const knex: Knex = openKnex({
    client: 'pg',
    connection: settings.connection as Knex.PgConnectionConfig,
    pool: { min: 0, max: 12 },
    acquireConnectionTimeout: 10_000,
    // What fails comes out as an error; knex would print it besides.
    log: { warn: () => {}, error: () => {} },
  });
  const attemptStore = new DatabaseAttemptStore(knex);
  const snapshots = new DatabaseSnapshotStore(knex);
  const box = new SecretBox(Buffer.from(settings.encryptionKey, 'base64'));
  const macs = new HeadMac(box);
  const vault = new SealedVault({
    vault: new PatientVault(new DatabaseRunVault(knex)),
    box,
  });
  const parameters = new SecretParameters({ vault, logger });
  const workspaces = new Workspaces({
    vault,
    snapshots,
    dataDirectory: workspacesOf(settings),
  });
  const executor = journalExecutor(journalOf(settings));
  const manifests = new ManifestSecrets({ judging: judgingAtOnce });
  const binder = new StepBinder({
    manifests,
    workspaces,
    parameters,
    vault,
    box,
    inventory: () => executor.inventory(),
    present: { in: async () => [] },
    scopes: {
      now: async () => {
        askCatalog(settings);
        return planOf().scope;
      },
    },
    judging: judgingAtOnce,
  });
  const attempts = new AttemptRunner({
    attempts: new PatientAttemptStore(attemptStore),
    workspaces,
    parameters,
    vault,
    binder,
    gateway: {
      open: async ({ socketPath }) => ({
        socketPath,
        counts: () => ({ total: 0, writes: 0, refused: 0 }),
        close: async () => {},
      }),
    },
    executor,
    manifests,
    judging: judgingAtOnce,
    socketDirectory: settings.folder,
  });
  return {
    knex,
    macs,
    store: new DatabaseRunStore(knex, macs),
    attemptStore,
    snapshots,
    binder,
    attempts,
    hidden: new HiddenValues({ parameters, vault, logger }),
    /** Makes the folders that must be there. */
    prepare: () =>
      mkdir(workspacesOf(settings), { recursive: true, mode: 0o700 }),
  };
}

function workspacesOf({ disk, folder }: PlantSettings): string {
  return path.join(disk ?? folder, `w${process.pid}`);
}

/** While this file is there, the catalog does not answer. */
export function catalogIsAway({
  folder,
}: Pick<PlantSettings, 'folder'>): string {
  return path.join(folder, 'catalog-is-away');
}

/** In place of a question to the catalog: fails as its client does where nobody listens. */
export function askCatalog(settings: PlantSettings): void {
  if (!settings.asksCatalog || !existsSync(catalogIsAway(settings))) return;
  throw new TypeError('fetch failed', {
    cause: Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:7007'), {
      code: 'ECONNREFUSED',
    }),
  });
}

/** One line for everything that happened outside of the database: `begin`, `end` and `told`, and of what. */
export function journalOf({ folder }: Pick<PlantSettings, 'folder'>): string {
  return path.join(folder, 'journal');
}

/** The line of the journal that tells what happened to an attempt or an approval. */
export function journalLine(
  what: 'begin' | 'end' | 'told',
  runId: string,
  stepId: string,
  attempt: number,
): string {
  return `${what} ${runId} ${stepId} ${attempt}`;
}

/** Runs a shell that writes when it begins and ends; the step's text is how many seconds it takes. */
function journalExecutor(journal: string): StepExecutor {
  return {
    id: 'journal',
    probe: async () => ({ available: true }),
    inventory: async () => ({
      id: 'journal',
      hasTool: () => true,
      hasNetwork: false,
    }),
    execute: async (execution, signal) => {
      const startedAt = new Date();
      const startedMs = performance.now();
      const exitCode = await runShell(execution, journal, signal);
      return {
        ok: exitCode === 0,
        exitCode,
        startedAt,
        durationMs: performance.now() - startedMs,
        timedOut: false,
        cancelled: signal.aborted,
        commands: [],
        carried: execution.carried,
        dropped: [],
      };
    },
  };
}

async function runShell(
  { runId, stepId, attempt, text, onOutput }: StepExecution,
  journal: string,
  signal: AbortSignal,
): Promise<number> {
  const line = (what: 'begin' | 'end') =>
    journalLine(what, runId, stepId, attempt);
  const seconds = /sleep (\d+(?:\.\d+)?)/.exec(text)?.[1] ?? '0.1';
  const shell = spawn(
    'bash',
    [
      '-c',
      'echo "$1" >> "$3"; for i in 1 2 3; do echo part $i; sleep "$4"; done; echo "$2" >> "$3"',
      'bash',
      line('begin'),
      line('end'),
      journal,
      seconds,
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const kill = () => shell.kill('SIGKILL');
  signal.addEventListener('abort', kill, { once: true });
  shell.stdout.on('data', chunk => void onOutput('stdout', chunk));
  const [code] = await once(shell, 'close');
  return code ?? 137;
}

/** Writes down that an approver was told. */
export function writeTold(journal: string, runId: string, stepId: string) {
  appendFileSync(journal, `${journalLine('told', runId, stepId, 0)}\n`);
}

/** Warnings and errors on standard error. */
export function plainLogger(): LoggerService {
  const write = (level: string) => (message: string, meta?: unknown) => {
    const detail = meta instanceof Error ? `: ${meta.message}` : '';
    process.stderr.write(
      `${new Date().toISOString()} ${level} ${message}${detail}\n`,
    );
  };
  const logger: LoggerService = {
    error: write('error') as LoggerService['error'],
    warn: write('warn') as LoggerService['warn'],
    info: write('info') as LoggerService['info'],
    debug: () => {},
    child: () => logger,
  };
  return logger;
}
