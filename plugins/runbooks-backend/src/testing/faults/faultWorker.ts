import { randomUUID } from 'node:crypto';
import { DatabaseRunQueue } from '../../runs/DatabaseRunQueue';
import { Outbox } from '../../runs/Outbox';
import { OutboxWorker } from '../../runs/OutboxWorker';
import { RunSignals } from '../../runs/RunSignals';
import { RunWorker } from '../../runs/RunWorker';
import { WorkerPresence } from '../../runs/WorkerPresence';
import {
  askCatalog,
  buildPlant,
  journalOf,
  plainLogger,
  writeTold,
  type PlantSettings,
} from './plant';

/*
 * One backend of a trial: the worker of the product with its queue, presence and outbox, as `plugin.ts` wires them.
 * SIGTERM stops it in order, SIGUSR2 holds its event loop up, and a message says by how much its clock is wrong. It says
 * `ready` and its id when it works.
 */
export interface WorkerMessage {
  clockIsAheadMs: number;
}

const RealDate = Date;
const settings: PlantSettings = JSON.parse(process.env.RUNBOOKS_PLANT!);
void begin();

async function begin(): Promise<void> {
  const logger = plainLogger();
  const plant = buildPlant(settings, logger);
  const { knex } = plant;
  await plant.prepare();
  const id = `${process.pid}-${randomUUID().slice(0, 8)}`;
  const signals = new RunSignals({ knex, logger });
  const presence = new WorkerPresence({
    knex,
    id,
    logger,
    settings: settings.presence,
  });
  const worker = new RunWorker({
    holds: async () => [],
    id,
    queue: new DatabaseRunQueue(knex, plant.macs, {
      presence: settings.presence,
    }),
    hidden: plant.hidden,
    calls: plant.attemptStore,
    attempts: plant.attempts,
    previews: { beforeStart: async () => undefined },
    signals,
    entitlementOf: async () => {
      askCatalog(settings);
      return { entitled: true, entitledBy: 'an owner' };
    },
    logger,
  });
  const outbox = new OutboxWorker({
    outbox: new Outbox(knex),
    deliver: async ({ runId, stepId, kind }) => {
      if (kind === 'approval-requested' && stepId !== undefined) {
        writeTold(journalOf(settings), runId, stepId);
      }
    },
    signals,
    logger,
  });
  const listening = new AbortController();
  void signals.run(listening.signal);
  presence.start();
  worker.start();
  outbox.start();

  process.on('SIGUSR2', () => {
    Atomics.wait(
      new Int32Array(new SharedArrayBuffer(4)),
      0,
      0,
      settings.freezeMs,
    );
  });
  process.on('message', ({ clockIsAheadMs }: WorkerMessage) =>
    setClock(clockIsAheadMs),
  );
  // Without the trial there is nobody left who would end it.
  process.once('disconnect', () => process.exit(1));
  process.once('SIGTERM', async () => {
    await outbox.stop();
    await worker.stop();
    await presence.stop();
    listening.abort();
    process.exit(0);
  });
  process.stdout.write(`ready ${id}\n`);
}

/** Of this process only: timers go on as they did. */
function setClock(aheadMs: number): void {
  globalThis.Date = class extends RealDate {
    constructor(...given: unknown[]) {
      super(
        ...((given.length > 0 ? given : [RealDate.now() + aheadMs]) as [
          number,
        ]),
      );
    }

    static now(): number {
      return RealDate.now() + aheadMs;
    }
  } as DateConstructor;
}
