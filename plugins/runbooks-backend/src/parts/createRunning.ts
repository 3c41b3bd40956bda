import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import path from 'node:path';
import type { Knex } from 'knex';
import { DatabaseClock } from '../database/DatabaseClock';
import { Holds } from '../holds/Holds';
import { Stops } from '../holds/Stops';
import { KubernetesGateway } from '../gateway/KubernetesGateway';
import { CheckpointStore } from '../ledger/CheckpointStore';
import { EvidenceExport } from '../ledger/EvidenceExport';
import { LedgerReader } from '../ledger/LedgerReader';
import { LedgerSealer } from '../ledger/LedgerSealer';
import { AttemptRunner } from '../runs/AttemptRunner';
import { DatabaseAttemptStore } from '../runs/DatabaseAttemptStore';
import { DatabaseRunQueue } from '../runs/DatabaseRunQueue';
import { DatabaseRunStore } from '../runs/DatabaseRunStore';
import { DatabaseRunVault } from '../runs/DatabaseRunVault';
import { DatabaseSnapshotStore } from '../runs/DatabaseSnapshotStore';
import { HiddenValues } from '../runs/HiddenValues';
import { Outbox } from '../runs/Outbox';
import { OutboxWorker } from '../runs/OutboxWorker';
import { PatientAttemptStore, PatientVault } from '../runs/PatientAttemptStore';
import type { PlanService } from '../runs/PlanService';
import { RunLists } from '../runs/RunLists';
import { RunNotices } from '../runs/RunNotices';
import { RunNotifier } from '../runs/RunNotifier';
import { RunService } from '../runs/RunService';
import { RunSignals } from '../runs/RunSignals';
import { RunWorker } from '../runs/RunWorker';
import { SealedVault } from '../runs/SealedVault';
import { SecretParameters } from '../runs/SecretParameters';
import { StepBinder } from '../runs/StepBinder';
import { StepPreviews } from '../runs/StepPreviews';
import { ManifestSecrets } from '../workspaces/ManifestSecrets';
import { WorkerPresence } from '../runs/WorkerPresence';
import { Workspaces } from '../workspaces/Workspaces';
import type { Configuration } from './configuration';
import type { Execution } from './createExecution';
import type { Keys } from './createKeys';
import type { Reading } from './createReading';
import type { Services } from './services';

/** What keeps runs and drives them. */
export type Running = ReturnType<typeof createRunning>;

/** Everything that needs the database. Nothing works before `start`. */
export function createRunning(parts: {
  knex: Knex;
  services: Services;
  configuration: Configuration;
  reading: Reading;
  execution: Execution;
  keys: Keys;
  plans: PlanService;
}) {
  const { knex, services, reading, execution, keys, plans } = parts;
  const { settings, clusters } = parts.configuration;
  const { logger } = services;
  const { box, macs, signer } = keys;
  const { publicKeys } = keys.ledgerKeys;
  const { ownership } = reading;

  const clock = new DatabaseClock(knex);
  const store = new DatabaseRunStore(knex, macs, settings.limits);
  const attempts = new DatabaseAttemptStore(knex);
  const snapshots = new DatabaseSnapshotStore(knex);
  const signals = new RunSignals({ knex, logger });
  const vault = new SealedVault({
    vault: new PatientVault(new DatabaseRunVault(knex)),
    box,
  });
  const parameters = new SecretParameters({ vault, logger });
  const hidden = new HiddenValues({ parameters, vault, logger });
  const workspaces = new Workspaces({
    vault,
    snapshots,
    dataDirectory: execution.folder.directory,
  });
  const manifests = new ManifestSecrets({ judging: reading.judging });
  const binder = new StepBinder({
    manifests,
    workspaces,
    parameters,
    vault,
    box,
    inventory: execution.inventory,
    present: reading.present,
    scopes: reading.scopes,
    judging: reading.judging,
  });
  const gateway = new KubernetesGateway({
    transport: reading.runTransport,
    impersonation: cluster => clusters.get(cluster)?.impersonate,
    logger,
  });
  const { executor } = execution;
  const socketDirectory = path.join(execution.folder.directory, 's');
  const previews = new StepPreviews({
    ...{ workspaces, parameters, hidden, manifests },
    judging: reading.judging,
    ...{ gateway, executor, socketDirectory },
  });
  const stops = new Stops(knex);
  const holds = new Holds({
    settings: settings.changes,
    stops,
    facts: reading.facts,
  });
  const runs = new RunService({
    runs: store,
    attempts,
    snapshots,
    plans,
    ownership,
    binder,
    previews,
    parameters,
    hidden,
    box,
    policy: settings,
    holds,
    ledgers: new LedgerReader({ knex, macs, publicKeys }),
    mayStart: keys.mayStart,
    clock,
  });

  const workerId = `${hostname()}-${process.pid}-${randomUUID().slice(0, 8)}`;
  const presence = new WorkerPresence({ knex, id: workerId, logger });
  const worker = new RunWorker({
    id: workerId,
    queue: new DatabaseRunQueue(knex, macs),
    hidden,
    calls: attempts,
    attempts: new AttemptRunner({
      attempts: new PatientAttemptStore(attempts),
      workspaces,
      parameters,
      vault,
      binder,
      gateway,
      executor,
      manifests,
      judging: reading.judging,
      socketDirectory,
    }),
    previews,
    holds: async refs => holds.on(refs, await clock.now()),
    signals,
    entitlementOf: async (user, entity) =>
      ownership.entitlementOf(user, entity, await clock.now()),
    logger,
  });
  const notices = new RunNotices({
    runs: store,
    ownership,
    notifier: new RunNotifier({ notifications: services.notifications }),
    clock,
    logger,
  });
  const outbox = new OutboxWorker({
    outbox: new Outbox(knex),
    deliver: notice => notices.deliver(notice),
    signals,
    logger,
  });
  const checkpoints = new CheckpointStore({ knex, macs, publicKeys });
  const sealer = new LedgerSealer({
    ...settings,
    store: checkpoints,
    signer,
    logger,
    clock,
  });

  const listening = new AbortController();
  return {
    knex,
    store,
    attempts,
    runs,
    lists: new RunLists({ runs: store, ownership, box, clock }),
    signals,
    holds,
    stops,
    clock,
    checkpoints,
    evidence: new EvidenceExport(knex),
    keys: keys.ledgerKeys,
    mayStart: keys.mayStart,
    start() {
      void signals.run(listening.signal);
      presence.start();
      worker.start();
      outbox.start();
      sealer.start();
    },
    /** Steps that run get the time that `RunWorker.stop` gives them. */
    async stop() {
      await outbox.stop();
      previews.stop();
      await worker.stop();
      await presence.stop();
      await sealer.stop();
      listening.abort();
    },
  };
}
