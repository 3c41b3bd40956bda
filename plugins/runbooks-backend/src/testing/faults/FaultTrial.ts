import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import {
  mkdtemp,
  open,
  readdir,
  readFile,
  rm,
  writeFile,
} from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { DatabaseClock } from '../../database/DatabaseClock';
import { migrationsDirectory } from '../../database/openDatabase';
import { revisionOf } from '../../runbooks/revisionOf';
import { CheckpointStore } from '../../ledger/CheckpointStore';
import { EvidenceExport } from '../../ledger/EvidenceExport';
import { LedgerSealer } from '../../ledger/LedgerSealer';
import { newSigner } from '../newSigner';
import type { PresenceSettings } from '../../runs/presenceSettings';
import { throughOutage } from '../../runs/throughOutage';
import { pack } from '../../workspaces/archives';
import { brokenInvariants } from './brokenInvariants';
import type { WorkerMessage } from './faultWorker';
import { People } from './People';
import {
  buildPlant,
  catalogIsAway,
  journalOf,
  plainLogger,
  type PlantSettings,
} from './plant';
import { random } from './random';

/** More than a disk that counts as full still takes. */
const REPOSITORY_BYTES = 256 * 1024;
const HOUR_MS = 3_600_000;
/** Runs that people bring to their ends at the same time; of more, the others are started after them. */
const MOST_AT_ONCE = 100;

/** What can go wrong, each at one of two backends; `crowd`: nothing, there are only many runs. */
export const FAULTS = [
  'kill',
  'stop',
  'freeze',
  'term',
  'database',
  'catalog',
  'disk',
  'clock',
  'crowd',
] as const;
export type Fault = (typeof FAULTS)[number];

/** What the log of a backend says that felt it. */
const SIGNS: Partial<Record<Fault, string>> = {
  catalog: 'fetch failed',
  disk: 'ENOSPC',
};

/** One seeded trial. */
export interface Trial {
  seed: number;
  fault: Fault;
  /** Of `crowd`, in all; else under way at once, one started after the other until the fault is over. */
  runs: number;
  /** Of `kill`: how often, one after the other, each at a moment of its own. */
  kills?: number;
}

/** How long things take. */
export interface TrialTimes {
  presence: PresenceSettings;
  /** SIGSTOP until SIGCONT. */
  stopMs: number;
  freezeMs: number;
  databaseMs: number;
  catalogMs: number;
  diskMs: number;
  /** An hour ahead, and then an hour behind for as long. */
  clockMs: number;
  /** A longest step. */
  stepMs: number;
  /** A trial that takes longer has lost a run. */
  patienceMs: number;
}

/** What trials need. */
export interface TrialOptions {
  /** As `pg` takes it. */
  connection: object;
  times: TrialTimes;
  /** Takes the database away for so long; without it that fault cannot be tried. */
  restartDatabase?(awayMs: number): Promise<void>;
  /** A folder on a disk of a few megabytes that may be filled; without it that fault cannot be tried. */
  smallDisk?: string;
}

/** What a trial measured. */
export interface TrialReport extends Trial {
  /** When it happened, after the first run was started. */
  faultAfterMs: number;
  /** How many times. */
  faults: number;
  attempts: number;
  /** Steps whose end nobody saw: reads that were tried again by themselves, and those that a person decided about. */
  interrupted: number;
  repeatedReads: number;
  /** The longest that a run stood still, from the first fault on. */
  longestSilenceMs: number;
  tookMs: number;
  broken: string[];
}

/** Two backends as processes of their own on one database, and people who bring runs to their ends meanwhile. */
export class FaultTrial {
  readonly #settings: PlantSettings;
  readonly #times: TrialTimes;
  readonly #restartDatabase: ((awayMs: number) => Promise<void>) | undefined;
  readonly #smallDisk: string | undefined;
  readonly #plant: ReturnType<typeof buildPlant>;
  #workers: ChildProcess[] = [];
  #started = 0;
  #revision = '';

  private constructor(
    settings: PlantSettings,
    { times, restartDatabase, smallDisk }: TrialOptions,
  ) {
    this.#settings = settings;
    this.#times = times;
    this.#restartDatabase = restartDatabase;
    this.#smallDisk = smallDisk;
    this.#plant = buildPlant(settings, plainLogger());
  }

  static async create(options: TrialOptions): Promise<FaultTrial> {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'runbooks-faults-'));
    const settings: PlantSettings = {
      connection: options.connection,
      folder,
      encryptionKey: randomBytes(32).toString('base64'),
      presence: options.times.presence,
      freezeMs: options.times.freezeMs,
    };
    await writeFile(journalOf(settings), '');
    const trial = new FaultTrial(settings, options);
    const { knex, snapshots, prepare } = trial.#plant;
    await knex.migrate.latest({ directory: migrationsDirectory() });
    await prepare();
    const content = randomBytes(REPOSITORY_BYTES);
    await writeFile(path.join(folder, 'data'), content);
    const revision = revisionOf([{ path: 'data', content, executable: false }]);
    await snapshots.putSnapshot(revision, await pack(folder, ['data']));
    trial.#revision = revision;
    trial.#workers = await Promise.all([
      trial.#startWorker(0),
      trial.#startWorker(1),
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
    const people = new People(this.#plant, this.#revision);
    const tired = new AbortController();
    const patience = setTimeout(() => tired.abort(), this.#times.patienceMs);
    const startedAt = performance.now();
    const runIds: string[] = [];
    let isOver = trial.fault === 'crowd';
    let started = 0;
    const drive = async () => {
      const number = started;
      started += 1;
      const runId = await people.start(
        number,
        () => ((0.2 + 0.8 * dice()) * this.#times.stepMs) / 1000,
      );
      runIds.push(runId);
      await people.drive(runId, number, tired.signal);
    };
    const driving = Array.from(
      { length: Math.min(trial.runs, MOST_AT_ONCE) },
      async () => {
        while (started < trial.runs || (!isOver && !tired.signal.aborted)) {
          await drive();
        }
      },
    );
    const faultAfterMs = Math.round(300 + dice() * 3 * this.#times.stepMs);
    const feltBefore = await this.#feelingsOf(trial.fault);
    await delay(faultAfterMs);
    const faultAt = Date.now();
    const causing = this.#cause(trial, dice, tired.signal).finally(() => {
      isOver = true;
    });
    await Promise.all(driving);
    clearTimeout(patience);
    const tookMs = Math.round(performance.now() - startedAt);
    const faults = await causing;
    const judged = await this.#judge(runIds, faultAt);
    // A fault that no backend noticed has proven nothing.
    if (
      SIGNS[trial.fault] !== undefined &&
      (await this.#feelingsOf(trial.fault)) === feltBefore
    ) {
      judged.broken.push('no backend felt the fault');
    }
    if (judged.broken.length > 0) judged.broken.push(...people.refusals);
    const runs = runIds.length;
    return { ...trial, runs, faultAfterMs, faults, tookMs, ...judged };
  }

  /**
   * Seals all ledgers and writes the evidence of all trials so far into a file, for `runbooks verify`.
   *
   * @returns the public key, in hex
   */
  async exportEvidence(file: string): Promise<string> {
    const { knex, macs } = this.#plant;
    const signer = newSigner();
    const store = new CheckpointStore({
      knex,
      macs,
      publicKeys: [signer.publicKeyHex],
    });
    const logger = plainLogger();
    const clock = new DatabaseClock(knex);
    await new LedgerSealer({ store, signer, logger, clock }).sealAll();
    const lines = new EvidenceExport(knex).ofAll({});
    await pipeline(async function* texts() {
      for await (const line of lines) yield `${JSON.stringify(line)}\n`;
    }, createWriteStream(file));
    return signer.publicKeyHex;
  }

  async end(): Promise<void> {
    for (const worker of this.#workers) {
      worker.kill('SIGTERM');
      if (worker.exitCode === null) await once(worker, 'exit');
    }
    await this.#plant.knex.destroy();
    await rm(this.folder, { recursive: true, force: true });
  }

  /** Until it is over and there are two working backends again. Returns how many times it happened. */
  async #cause(
    { fault, kills = 1 }: Trial,
    dice: () => number,
    tired: AbortSignal,
  ): Promise<number> {
    const victim = dice() < 0.5 ? 0 : 1;
    const worker = this.#workers[victim];
    const times = this.#times;
    switch (fault) {
      case 'kill':
        return this.#killAgainAndAgain(kills, dice, tired);
      case 'term':
        await this.#endWorker(victim, 'SIGTERM');
        return 1;
      case 'stop':
        worker.kill('SIGSTOP');
        await delay(times.stopMs);
        worker.kill('SIGCONT');
        return 1;
      case 'freeze':
        worker.kill('SIGUSR2');
        await delay(times.freezeMs);
        return 1;
      case 'database':
        if (!this.#restartDatabase) throw new Error('No database to restart');
        await this.#restartDatabase(times.databaseMs);
        return 1;
      case 'catalog': {
        const sign = catalogIsAway(this.#settings);
        await writeFile(sign, '');
        await delay(times.catalogMs);
        await rm(sign);
        return 1;
      }
      case 'disk':
        if (!this.#smallDisk) throw new Error('There is no small disk');
        await keepFull(path.join(this.#smallDisk, 'filler'), times.diskMs);
        return 1;
      case 'clock':
        for (const clockIsAheadMs of [HOUR_MS, -HOUR_MS, 0]) {
          worker.send({ clockIsAheadMs } satisfies WorkerMessage);
          if (clockIsAheadMs !== 0) await delay(times.clockMs);
        }
        return 2;
      case 'crowd':
        return 0;
      default:
        throw new Error(`There is no fault '${fault}'`);
    }
  }

  async #killAgainAndAgain(
    kills: number,
    dice: () => number,
    tired: AbortSignal,
  ): Promise<number> {
    for (let killed = 0; killed < kills; killed += 1) {
      if (tired.aborted) return killed;
      // Often one soon after the other, sometimes so late that what was lost has been taken over.
      if (killed > 0) await delay(dice() ** 2 * 10 * this.#times.stepMs);
      await this.#endWorker(dice() < 0.5 ? 0 : 1, 'SIGKILL');
    }
    return kills;
  }

  async #endWorker(
    victim: number,
    signal: 'SIGKILL' | 'SIGTERM',
  ): Promise<void> {
    const worker = this.#workers[victim];
    const gone = once(worker, 'exit');
    worker.kill(signal);
    await gone;
    this.#workers[victim] = await this.#startWorker(victim);
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

  /** How often the logs of the backends say that they felt it. */
  async #feelingsOf(fault: Fault): Promise<number> {
    const sign = SIGNS[fault];
    if (sign === undefined) return 0;
    const names = await readdir(this.folder);
    const logs = await Promise.all(
      names
        .filter(name => name.endsWith('.log'))
        .map(name => readFile(path.join(this.folder, name), 'utf8')),
    );
    return logs.join('').split(sign).length - 1;
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

  /** @param number - 0 or 1; the first has its workspaces on the small disk, where there is one. */
  async #startWorker(number: number): Promise<ChildProcess> {
    this.#started += 1;
    const settings: PlantSettings = {
      ...this.#settings,
      asksCatalog: true,
      ...(number === 0 && this.#smallDisk ? { disk: this.#smallDisk } : {}),
    };
    const log = path.join(this.folder, `backend-${this.#started}.log`);
    const worker = spawn(
      process.execPath,
      [
        '--require',
        require.resolve('@backstage/cli/config/nodeTransform.cjs'),
        require.resolve('./faultWorker.ts'),
      ],
      {
        env: { ...process.env, RUNBOOKS_PLANT: JSON.stringify(settings) },
        stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      },
    );
    worker.stderr!.pipe(createWriteStream(log));
    await new Promise<void>((resolve, reject) => {
      worker.stdout!.once('data', () => resolve());
      worker.once('exit', code =>
        reject(
          new Error(`A backend ended with ${code} at its start; see ${log}`),
        ),
      );
    });
    return worker;
  }
}

/** The longest time between two events of which the second came after the fault. */
function longestGap(instants: number[], faultAt: number): number {
  const gaps = instants.map((at, index) =>
    index > 0 && at >= faultAt ? at - instants[index - 1] : 0,
  );
  return Math.max(0, ...gaps);
}

/** Takes all the room that there is, and what is given back meanwhile. */
async function keepFull(file: string, forMs: number): Promise<void> {
  const filler = await open(file, 'w');
  const page = Buffer.alloc(4096);
  const endAt = performance.now() + forMs;
  try {
    while (performance.now() < endAt) {
      try {
        await filler.write(page);
      } catch (error) {
        if ((error as { code?: string }).code !== 'ENOSPC') throw error;
        await delay(20);
      }
    }
  } finally {
    await filler.close();
    await rm(file);
  }
}
