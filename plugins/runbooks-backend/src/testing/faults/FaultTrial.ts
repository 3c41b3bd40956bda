import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { migrationsDirectory } from '../../database/openDatabase';
import type { PresenceSettings } from '../../runs/presenceSettings';
import { throughOutage } from '../../runs/throughOutage';
import { pack } from '../../workspaces/archives';
import { brokenInvariants } from './brokenInvariants';
import { People } from './People';
import {
  buildPlant,
  journalOf,
  plainLogger,
  type PlantSettings,
} from './plant';
import { random } from './random';

const REVISION = 'e'.repeat(64);

/** What can go wrong, each at one of two backends. */
export const FAULTS = ['kill', 'stop', 'freeze', 'term', 'database'] as const;
export type Fault = (typeof FAULTS)[number];

/** One seeded trial. */
export interface Trial {
  seed: number;
  fault: Fault;
  runs: number;
}

/** How long things take. */
export interface TrialTimes {
  presence: PresenceSettings;
  /** SIGSTOP until SIGCONT. */
  stopMs: number;
  freezeMs: number;
  databaseMs: number;
  /** A longest step. */
  stepMs: number;
  /** A trial that takes longer has lost a run. */
  patienceMs: number;
}

/** What a trial measured. */
export interface TrialReport extends Trial {
  /** When it happened, after the first run was started. */
  faultAfterMs: number;
  attempts: number;
  /** Steps whose end nobody saw: reads that were tried again by themselves, and those that a person decided about. */
  interrupted: number;
  repeatedReads: number;
  /** From the fault to the first event of a run that its worker had. */
  longestSilenceMs: number;
  tookMs: number;
  broken: string[];
}

/** Two backends as processes of their own on one database, and people who bring runs to their ends meanwhile. */
export class FaultTrial {
  readonly #settings: PlantSettings;
  readonly #times: TrialTimes;
  readonly #restartDatabase: ((awayMs: number) => Promise<void>) | undefined;
  readonly #plant: ReturnType<typeof buildPlant>;
  #workers: ChildProcess[] = [];
  #started = 0;

  private constructor(
    settings: PlantSettings,
    times: TrialTimes,
    restartDatabase?: (awayMs: number) => Promise<void>,
  ) {
    this.#settings = settings;
    this.#times = times;
    this.#restartDatabase = restartDatabase;
    this.#plant = buildPlant(settings, plainLogger());
  }

  /** @param options - `restartDatabase`: takes the database away for so long; without it that fault is not tried. */
  static async create(options: {
    connection: object;
    times: TrialTimes;
    restartDatabase?(awayMs: number): Promise<void>;
  }): Promise<FaultTrial> {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'runbooks-faults-'));
    const settings: PlantSettings = {
      connection: options.connection,
      folder,
      encryptionKey: randomBytes(32).toString('base64'),
      presence: options.times.presence,
      freezeMs: options.times.freezeMs,
    };
    await writeFile(journalOf(settings), '');
    const trial = new FaultTrial(
      settings,
      options.times,
      options.restartDatabase,
    );
    const { knex, snapshots, prepare } = trial.#plant;
    await knex.migrate.latest({ directory: migrationsDirectory() });
    await prepare();
    await writeFile(path.join(folder, 'README.md'), '# Trial\n');
    await snapshots.putSnapshot(REVISION, await pack(folder, ['README.md']));
    trial.#workers = await Promise.all([
      trial.#startWorker(),
      trial.#startWorker(),
    ]);
    return trial;
  }

  /** Where the logs of the backends are. */
  get folder(): string {
    return this.#settings.folder;
  }

  /** Runs one trial; the next begins with two working backends again. */
  async run(trial: Trial): Promise<TrialReport> {
    const dice = random(trial.seed);
    const people = new People(this.#plant, REVISION);
    const tired = new AbortController();
    const patience = setTimeout(() => tired.abort(), this.#times.patienceMs);
    const startedAt = performance.now();
    const runIds: string[] = [];
    const driving = Array.from({ length: trial.runs }, async (_, number) => {
      const runId = await people.start(
        number,
        () => ((0.2 + 0.8 * dice()) * this.#times.stepMs) / 1000,
      );
      runIds.push(runId);
      await people.drive(runId, number, tired.signal);
    });
    const faultAfterMs = Math.round(300 + dice() * 3 * this.#times.stepMs);
    await delay(faultAfterMs);
    const victim = dice() < 0.5 ? 0 : 1;
    const faultAt = Date.now();
    const causing = this.#cause(trial.fault, victim);
    await Promise.all(driving);
    clearTimeout(patience);
    const tookMs = Math.round(performance.now() - startedAt);
    await causing;
    const judged = await this.#judge(runIds, faultAt);
    if (judged.broken.length > 0) judged.broken.push(...people.refusals);
    return { ...trial, faultAfterMs, tookMs, ...judged };
  }

  async end(): Promise<void> {
    for (const worker of this.#workers) {
      worker.kill('SIGTERM');
      if (worker.exitCode === null) await once(worker, 'exit');
    }
    await this.#plant.knex.destroy();
    await rm(this.folder, { recursive: true, force: true });
  }

  /** Until it is over and there are two working backends again. */
  async #cause(fault: Fault, victim: number): Promise<void> {
    const worker = this.#workers[victim];
    const gone = once(worker, 'exit');
    switch (fault) {
      case 'kill':
      case 'term':
        worker.kill(fault === 'kill' ? 'SIGKILL' : 'SIGTERM');
        await gone;
        this.#workers[victim] = await this.#startWorker();
        return;
      case 'stop':
        worker.kill('SIGSTOP');
        await delay(this.#times.stopMs);
        worker.kill('SIGCONT');
        return;
      case 'freeze':
        worker.kill('SIGUSR2');
        await delay(this.#times.freezeMs);
        return;
      case 'database':
        await this.#restartDatabase?.(this.#times.databaseMs);
        return;
      default:
        throw new Error(`There is no fault '${fault}'`);
    }
  }

  async #judge(runIds: string[], faultAt: number) {
    const { knex, store } = this.#plant;
    // What is told is told beside the run, and leases end a moment after it.
    await throughOutage(() => this.#untilNothingIsDue());
    const text = await readFile(journalOf(this.#settings), 'utf8');
    const journal = text.split('\n');
    const broken: string[] = [];
    let attempts = 0;
    let interrupted = 0;
    let repeatedReads = 0;
    let longestSilenceMs = 0;
    for (const runId of runIds) {
      const ledger = await store.ledger(runId);
      const count = async (table: string) =>
        (await knex(table).where({ run_id: runId })).length;
      const left = {
        locks: await count('change_locks'),
        leases: (
          await knex('runs').where({ id: runId }).whereNotNull('lease_owner')
        ).length,
        secrets: await count('run_secrets'),
        outbox: await count('outbox'),
      };
      broken.push(...brokenInvariants({ runId, ledger, left }, journal));
      for (const { event } of ledger) {
        if (event.kind === 'step-started') attempts += 1;
        if (event.kind === 'step-interrupted') interrupted += 1;
        if (event.kind === 'step-queued' && event.by.includes('system/')) {
          repeatedReads += 1;
        }
      }
      longestSilenceMs = Math.max(
        longestSilenceMs,
        longestGap(
          ledger.map(({ at }) => Date.parse(at)),
          faultAt,
        ),
      );
    }
    return { attempts, interrupted, repeatedReads, longestSilenceMs, broken };
  }

  async #untilNothingIsDue(): Promise<void> {
    const { knex } = this.#plant;
    const giveUpAt = performance.now() + 10_000;
    while (performance.now() < giveUpAt) {
      const [outbox, leased] = await Promise.all([
        knex('outbox'),
        knex('runs').whereNotNull('lease_owner'),
      ]);
      if (outbox.length + leased.length === 0) return;
      await delay(100);
    }
  }

  async #startWorker(): Promise<ChildProcess> {
    this.#started += 1;
    const log = path.join(this.folder, `backend-${this.#started}.log`);
    const worker = spawn(
      process.execPath,
      [
        '--require',
        require.resolve('@backstage/cli/config/nodeTransform.cjs'),
        require.resolve('./faultWorker.ts'),
      ],
      {
        env: { ...process.env, RUNBOOKS_PLANT: JSON.stringify(this.#settings) },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    worker.stderr.pipe(createWriteStream(log));
    await new Promise<void>((resolve, reject) => {
      worker.stdout.once('data', () => resolve());
      worker.once('exit', code =>
        reject(
          new Error(`A backend ended with ${code} at its start; see ${log}`),
        ),
      );
    });
    return worker;
  }
}

/** The longest time without an event that began before, and ended after, the fault. */
function longestGap(instants: number[], faultAt: number): number {
  const after = instants.findIndex(at => at >= faultAt);
  return after > 0 ? instants[after] - instants[after - 1] : 0;
}
