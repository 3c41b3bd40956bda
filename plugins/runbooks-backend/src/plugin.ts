import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import path from 'node:path';
import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { ScmIntegrations } from '@backstage/integration';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { notificationService } from '@backstage/plugin-notifications-node';
import { runbooksPermissions } from '@backstage-runbooks/plugin-runbooks-common';
import {
  kubernetesAccessRef,
  stepExecutorExtensionPoint,
} from '@backstage-runbooks/plugin-runbooks-node';
import { openDatabase } from './database/migrate';
import { claimDataFolder } from './executors/claimDataFolder';
import { createLocalExecutor } from './executors/createLocalExecutor';
import { prepareDataDirectory } from './executors/dataDirectory';
import { ExecutorChoice } from './executors/ExecutorChoice';
import { KubernetesGateway } from './gateway/KubernetesGateway';
import {
  CatalogEntityParts,
  HealthWatcher,
  readClusterSettings,
} from './health';
import { AnnotatedEntities } from './health/AnnotatedEntities';
import { HealthFacts } from './health/HealthFacts';
import { WrittenEntities } from './health/WrittenEntities';
import { Access } from './http/access';
import { Audit } from './http/Audit';
import { createRouter } from './http/createRouter';
import { OpenStreams } from './http/OpenStreams';
import {
  ClusterDirectory,
  ClusterTransport,
  KubernetesClient,
} from './kubernetes';
import { CheckpointStore } from './ledger/CheckpointStore';
import { EvidenceExport } from './ledger/EvidenceExport';
import { LedgerKeys } from './ledger/LedgerKeys';
import { LedgerReader } from './ledger/LedgerReader';
import { LedgerSealer } from './ledger/LedgerSealer';
import { mayStartRuns } from './ledger/mayStartRuns';
import { SigningKey } from './ledger/SigningKey';
import { IdentityOrigins } from './oncall/IdentityOrigins';
import { OnCallService } from './oncall/OnCallService';
import { Ownership } from './oncall/Ownership';
import { ReadingThreads } from './reading/ReadingThreads';
import { Repositories } from './runbooks/Repositories';
import { RepositoryRefReader } from './runbooks/RepositoryRefReader';
import { RunbookLibrary } from './runbooks/RunbookLibrary';
import { SourceRules } from './runbooks/SourceRules';
import { ApprovalNotices } from './runs/ApprovalNotices';
import { ApprovalNotifier } from './runs/ApprovalNotifier';
import { AttemptRunner } from './runs/AttemptRunner';
import { DatabaseAttemptStore } from './runs/DatabaseAttemptStore';
import { DatabaseRunQueue } from './runs/DatabaseRunQueue';
import { DatabaseRunStore } from './runs/DatabaseRunStore';
import { DatabaseRunVault } from './runs/DatabaseRunVault';
import { DatabaseSnapshotStore } from './runs/DatabaseSnapshotStore';
import { EntityScopes } from './runs/EntityScopes';
import { HiddenValues } from './runs/HiddenValues';
import { AnnotatedNamespaceOwners } from './runs/NamespaceOwners';
import { Outbox } from './runs/Outbox';
import { OutboxWorker } from './runs/OutboxWorker';
import { PatientAttemptStore, PatientVault } from './runs/PatientAttemptStore';
import { PlanService } from './runs/PlanService';
import { RunService } from './runs/RunService';
import { RunSignals } from './runs/RunSignals';
import { RunWorker } from './runs/RunWorker';
import { SealedVault } from './runs/SealedVault';
import { SecretParameters } from './runs/SecretParameters';
import { StepBinder } from './runs/StepBinder';
import { WorkerPresence } from './runs/WorkerPresence';
import { readSettings } from './settings';
import { SecretBox } from './workspaces/SecretBox';
import { Workspaces } from './workspaces/Workspaces';

/** The runbooks backend. It needs the kubernetes plugin's access; see the package's default export. */
export const runbooksPlugin = createBackendPlugin({
  pluginId: 'runbooks',
  register(env) {
    const added = new ExecutorChoice();
    env.registerExtensionPoint(stepExecutorExtensionPoint, {
      addExecutor: executor => added.add(executor),
    });

    env.registerInit({
      deps: {
        auditor: coreServices.auditor,
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        database: coreServices.database,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        kubernetesAccess: kubernetesAccessRef,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        notifications: notificationService,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        urlReader: coreServices.urlReader,
      },
      async init(deps) {
        const { catalog, config, lifecycle, logger, permissions } = deps;
        const settings = readSettings(config);
        const data = await prepareDataDirectory({
          configured: settings.dataDirectory,
          logger,
        });
        const dataDirectory = data.directory;
        const folder = await claimDataFolder(data, logger);
        const credentials = () => deps.auth.getOwnServiceCredentials();

        const knex = await openDatabase(deps.database);
        const store = new DatabaseRunStore(knex, settings.limits);
        const attemptStore = new DatabaseAttemptStore(knex);
        const snapshots = new DatabaseSnapshotStore(knex);
        const signals = new RunSignals({ knex, logger });
        const box = SecretBox.fromConfig({ config, dataDirectory, logger });
        const signer = SigningKey.fromConfig({ config, dataDirectory, logger });
        const keys = LedgerKeys.fromConfig(config, signer);
        const mayStart = mayStartRuns(signer);
        const checkpoints = new CheckpointStore(knex);
        const sealer = new LedgerSealer({
          ...settings,
          store: checkpoints,
          signer,
          logger,
        });
        const vault = new SealedVault({
          vault: new PatientVault(new DatabaseRunVault(knex)),
          box,
        });
        const parameters = new SecretParameters({ vault, logger });
        const hidden = new HiddenValues({ parameters, vault, logger });
        const workspaces = new Workspaces({
          vault,
          snapshots,
          dataDirectory: folder.directory,
        });

        const clusters = new ClusterDirectory({
          access: deps.kubernetesAccess,
        });
        const transport = new ClusterTransport({ clusters });
        const clusterSettings = readClusterSettings(config);
        const gateway = new KubernetesGateway({
          transport,
          impersonation: cluster => clusterSettings.get(cluster)?.impersonate,
          logger,
        });
        const executor = await added.choose(
          await createLocalExecutor({
            ...settings,
            data: folder,
            logger,
          }),
          logger,
        );

        const access = new Access({
          httpAuth: deps.httpAuth,
          permissions,
          catalog,
          own: credentials,
          ...settings,
        });
        const integrations = ScmIntegrations.fromConfig(config);
        const repositories = new Repositories({
          ...settings,
          rules: SourceRules.fromConfig(config, integrations),
          reader: deps.urlReader,
          integrations,
        });
        const reading = new ReadingThreads();
        const library = new RunbookLibrary({
          catalog,
          access,
          repositories,
          reading,
          logger,
        });
        const reader = new KubernetesClient({ transport });
        const health = new HealthWatcher({
          clusters,
          reader,
          settings: clusterSettings,
          parts: new CatalogEntityParts({ catalog, credentials }),
          logger,
        });
        const refs = new RepositoryRefReader({ repositories });
        const origins = IdentityOrigins.fromConfig(config, logger);
        const ownership = new Ownership({
          ...settings,
          catalog,
          credentials,
          origins,
          refs,
          reading,
        });
        const onCall = new OnCallService({
          catalog,
          credentials,
          ownership,
          origins,
          refs,
          reading,
        });

        const live = new HealthFacts({ health });
        const scopes = new EntityScopes({
          settings: settings.scopes,
          catalog,
          credentials,
          workloads: live,
          owners: new AnnotatedNamespaceOwners({ reader, logger }),
        });
        const present = new WrittenEntities({
          entities: new AnnotatedEntities({ catalog, credentials }),
          reader,
          vouching: scopes,
          logger,
        });
        const plans = new PlanService({
          ...settings,
          catalog,
          library,
          live,
          ownership,
          scopes,
          inventory: () => executor.inventory(),
          present,
          box,
        });
        const binder = new StepBinder({
          workspaces,
          parameters,
          vault,
          box,
          inventory: () => executor.inventory(),
          present,
          scopes,
        });
        const attempts = new AttemptRunner({
          attempts: new PatientAttemptStore(attemptStore),
          workspaces,
          parameters,
          vault,
          binder,
          gateway,
          executor,
          socketDirectory: path.join(folder.directory, 's'),
        });
        const notifier = new ApprovalNotifier({
          notifications: deps.notifications,
        });
        const runs = new RunService({
          runs: store,
          attempts: attemptStore,
          snapshots,
          plans,
          ownership,
          binder,
          parameters,
          hidden,
          box,
          policy: settings,
          ledgers: new LedgerReader({ ...keys, knex }),
          mayStart,
        });
        const workerId = `${hostname()}-${process.pid}-${randomUUID().slice(
          0,
          8,
        )}`;
        const presence = new WorkerPresence({ knex, id: workerId, logger });
        const worker = new RunWorker({
          id: workerId,
          queue: new DatabaseRunQueue(knex),
          hidden,
          calls: attemptStore,
          attempts,
          signals,
          entitlementOf: (user, entity) =>
            ownership.entitlementOf(user, entity, new Date()),
          logger,
        });

        const notices = new ApprovalNotices({
          runs: store,
          ownership,
          notifier,
        });
        const outbox = new OutboxWorker({
          outbox: new Outbox(knex),
          deliver: notice => notices.deliver(notice),
          signals,
          logger,
        });

        const listening = new AbortController();
        lifecycle.addStartupHook(() => {
          void signals.run(listening.signal);
          presence.start();
          worker.start();
          outbox.start();
          sealer.start();
        });
        lifecycle.addShutdownHook(async () => {
          await outbox.stop();
          await worker.stop();
          await presence.stop();
          await sealer.stop();
          await folder.release();
          health.stop();
          await reading.stop();
          listening.abort();
        });
        deps.permissionsRegistry.addPermissions(runbooksPermissions);
        deps.httpRouter.use(
          createRouter({
            access,
            audit: new Audit(deps.auditor),
            mayStart,
            keys,
            checkpoints,
            evidence: new EvidenceExport(knex),
            library,
            plans,
            runs,
            store,
            attempts: attemptStore,
            signals,
            streams: new OpenStreams(settings.limits),
            health,
            onCall,
          }),
        );
      },
    });
  },
});
