import { CatalogEntityParts, HealthWatcher } from '../health';
import { AnnotatedEntities } from '../health/AnnotatedEntities';
import { HealthFacts } from '../health/HealthFacts';
import { WrittenEntities } from '../health/WrittenEntities';
import { Access } from '../http/access';
import {
  ClusterDirectory,
  ClusterTransport,
  KubernetesClient,
  RunCredentials,
} from '../kubernetes';
import { OnCallService } from '../oncall/OnCallService';
import { Ownership } from '../oncall/Ownership';
import { JudgingProcesses } from '../reading/JudgingProcesses';
import { ReadingProcesses } from '../reading/ReadingProcesses';
import { Repositories } from '../runbooks/Repositories';
import { RepositoryRefReader } from '../runbooks/RepositoryRefReader';
import { RunbookLibrary } from '../runbooks/RunbookLibrary';
import { EntityFacts } from '../runs/EntityFacts';
import { EntityScopes } from '../runs/EntityScopes';
import { AnnotatedNamespaceOwners } from '../runs/NamespaceOwners';
import type { Configuration } from './configuration';
import type { Services } from './services';

/** What shows runbooks, health and on-call, and decides where runs may go and who may decide. */
export type Reading = ReturnType<typeof createReading>;

/** All that works without a database, and without a cluster as far as it goes. */
export function createReading(
  services: Services,
  configuration: Configuration,
) {
  const { catalog, logger } = services;
  const { settings, integrations, origins } = configuration;
  const credentials = () => services.auth.getOwnServiceCredentials();

  const access = new Access({
    httpAuth: services.httpAuth,
    permissions: services.permissions,
    catalog,
    own: credentials,
    ...settings,
  });
  const repositories = new Repositories({
    ...settings,
    rules: configuration.sources,
    reader: services.urlReader,
    integrations,
  });
  const processes = new ReadingProcesses();
  const judging = new JudgingProcesses();
  const refs = new RepositoryRefReader({ repositories });
  const library = new RunbookLibrary({
    catalog,
    access,
    repositories,
    reading: processes,
    logger,
  });

  const clusters = new ClusterDirectory({ access: services.kubernetesAccess });
  const transport = new ClusterTransport({ clusters });
  const reader = new KubernetesClient({ transport });
  const runTransport = new ClusterTransport({
    clusters: new RunCredentials({
      clusters,
      own: name => configuration.clusters.get(name)?.credential,
    }),
  });
  const runReader = new KubernetesClient({ transport: runTransport });
  const health = new HealthWatcher({
    clusters,
    reader,
    settings: configuration.clusters,
    parts: new CatalogEntityParts({ catalog, credentials }),
    logger,
  });
  const live = new HealthFacts({ health });

  const people = { catalog, credentials, origins, refs, reading: processes };
  const ownership = new Ownership({ ...settings, ...people });
  const onCall = new OnCallService({ ...people, ownership });

  const rules = [...settings.scopes.rules, ...settings.changes.freezes];
  const facts = new EntityFacts({
    catalog,
    credentials,
    wantsDomains: rules.some(({ entities }) => entities?.domains !== undefined),
  });
  const scopes = new EntityScopes({
    facts,
    settings: settings.scopes,
    catalog,
    credentials,
    workloads: live,
    owners: new AnnotatedNamespaceOwners({ reader: runReader, logger }),
  });
  const present = new WrittenEntities({
    entities: new AnnotatedEntities({ catalog, credentials }),
    reader: runReader,
    vouching: scopes,
    logger,
  });
  return {
    access,
    library,
    clusters,
    reader,
    /** With the credentials of runs. */
    runTransport,
    runReader,
    health,
    live,
    ownership,
    onCall,
    facts,
    scopes,
    present,
    judging,
    async stop() {
      health.stop();
      await Promise.all([processes.stop(), judging.stop()]);
    },
  };
}
