import type {
  RootConfigService,
  RootInstanceMetadataService,
} from '@backstage/backend-plugin-api';
import type {
  ClusterFacts,
  SetupFacts,
} from '@backstage-runbooks/plugin-runbooks-common';
import type { StepExecutor } from '@backstage-runbooks/plugin-runbooks-node';
import type { Knex } from 'knex';
import { errorInWords, statusOf } from '../health/ClusterReader';
import { listPath, WATCHED_RESOURCES } from '../health/watchedResources';
import type { ClusterDirectory, KubernetesClient } from '../kubernetes';
import { noticeOf } from '../health/clusterSettings';
import type { ClusterSettings } from '../health';
import type { KeyProblem } from '../parts/createKeys';
import { isClosed, type Closed } from '../runs/RunsClosedError';
import type { Settings } from '../settings';
import { runRights } from './runRights';

const ANSWER_WITHIN_MS = 10_000;
const MAX_CLUSTERS_TRIED = 50;
/** The module of the app template that lets everybody do everything. */
const ALLOW_ALL_MODULE = 'allow-all-policy';

/** Where the facts are found. */
export interface SetupSources {
  config: RootConfigService;
  settings: Settings;
  executor: StepExecutor;
  clusters: Pick<ClusterDirectory, 'list'>;
  /** With the credentials of the kubernetes plugin. */
  reader: Pick<KubernetesClient, 'getJson'>;
  /** With those of runs. */
  runReader: Pick<KubernetesClient, 'getJson' | 'mayI'>;
  /** What `runbooks.clusters` says, by name. */
  clusterSettings: ReadonlyMap<string, ClusterSettings>;
  instance: RootInstanceMetadataService;
  /** What is wrong with the keys. */
  keyProblem: KeyProblem | undefined;
  /** The database of runs, or why there is none. */
  database(): { knex: Knex } | Closed;
}

/** Finds out how the plugin is set up, by trying: programs, clusters, the database. */
export async function setupFacts(sources: SetupSources): Promise<SetupFacts> {
  const { settings } = sources;
  const [database, executor, clusters, plugins] = await Promise.all([
    databaseFacts(sources.database()),
    executorFacts(sources.executor),
    clusterFacts(sources),
    sources.instance.getInstalledPlugins(),
  ]);
  const permission = plugins.find(({ pluginId }) => pluginId === 'permission');
  return {
    database,
    keys: keyFacts(sources),
    executor,
    clusters: clusters.facts,
    unknownClusters: clusters.unknown,
    scopes: {
      rules: settings.scopes.rules.length,
      confirmedByNamespaces: settings.scopes.confirmedByNamespaces,
      trustCatalog: settings.scopes.trustCatalog,
    },
    permissions: {
      enabled: settings.hasPolicy,
      allowsEverybodyAll:
        permission?.modules.some(
          ({ moduleId }) => moduleId === ALLOW_ALL_MODULE,
        ) ?? false,
    },
    hasNotifications: plugins.some(
      ({ pluginId }) => pluginId === 'notifications',
    ),
  };
}

async function databaseFacts(
  database: { knex: Knex } | Closed,
): Promise<SetupFacts['database']> {
  if (isClosed(database)) return { kind: 'closed', ...database };
  try {
    const { rows } = await database.knex
      .raw('show server_version')
      .timeout(ANSWER_WITHIN_MS);
    return { kind: 'open', version: `PostgreSQL ${rows[0].server_version}` };
  } catch {
    return { kind: 'closed', because: 'The database does not answer' };
  }
}

async function executorFacts(
  executor: StepExecutor,
): Promise<SetupFacts['executor']> {
  const [{ unavailable, notice }, tools] = await Promise.all([
    executor.inventory().catch(error => ({
      unavailable: `The executor '${
        executor.id
      }' does not answer: ${errorInWords(error)}`,
      notice: undefined,
    })),
    (async () => (await executor.tools?.()) ?? [])().catch(() => []),
  ]);
  return {
    id: executor.id,
    tools,
    ...(unavailable === undefined ? {} : { unavailable }),
    ...(notice === undefined ? {} : { notice }),
  };
}

function keyFacts({ config, keyProblem }: SetupSources): SetupFacts['keys'] {
  const isProduction = process.env.NODE_ENV === 'production';
  const stateOf = (key: KeyProblem['key']) => {
    if (keyProblem?.key === key) return 'wrong';
    if (config.has(`runbooks.${key}`)) return 'configured';
    return isProduction ? 'missing' : 'made';
  };
  return {
    encryption: stateOf('encryptionKey'),
    signing: stateOf('ledger.signingKey'),
    ...(keyProblem === undefined ? {} : { problem: keyProblem.because }),
  };
}

async function clusterFacts(sources: SetupSources): Promise<{
  facts: SetupFacts['clusters'];
  unknown: string[];
}> {
  const configured = [...sources.clusterSettings.keys()];
  try {
    const known = await sources.clusters.list();
    const names = new Set(known.map(({ name }) => name));
    return {
      facts:
        known.length === 0
          ? { kind: 'none', because: 'the kubernetes plugin knows none' }
          : {
              kind: 'some',
              clusters: await Promise.all(
                known
                  .slice(0, MAX_CLUSTERS_TRIED)
                  .map(({ name }) => tryCluster(sources, name)),
              ),
            },
      unknown: configured.filter(name => !names.has(name)),
    };
  } catch (error) {
    return {
      facts: { kind: 'none', because: errorInWords(error) },
      unknown: [],
    };
  }
}

/**
 * Reads its version with both credentials, and one object's metadata of each kind that health looks at; asks what the
 * account of runs may do.
 */
async function tryCluster(
  sources: SetupSources,
  name: string,
): Promise<ClusterFacts> {
  const { reader, clusterSettings } = sources;
  const signal = AbortSignal.timeout(ANSWER_WITHIN_MS);
  const inWords = (error: unknown) =>
    signal.aborted
      ? `It did not answer within ${ANSWER_WITHIN_MS / 1_000} seconds`
      : errorInWords(error);
  const facts = {
    name,
    hasRunCredential: clusterSettings.get(name)?.credential !== undefined,
  };
  try {
    const { gitVersion } = await reader.getJson<{ gitVersion?: string }>(
      name,
      '/version',
      { signal },
    );
    return {
      ...facts,
      notPermitted: await refusedKinds(reader, name, signal),
      ...(gitVersion === undefined ? {} : { version: gitVersion }),
      ...(await ofRuns(sources, name, signal).catch(error => ({
        runsUnreachable: inWords(error),
      }))),
    };
  } catch (error) {
    const unreachable =
      (await noticeOf(clusterSettings.get(name))) ?? inWords(error);
    return { ...facts, notPermitted: [], unreachable };
  }
}

async function ofRuns(
  { runReader, settings, clusterSettings }: SetupSources,
  name: string,
  signal: AbortSignal,
): Promise<Pick<ClusterFacts, 'runRights'>> {
  await runReader.getJson(name, '/api', { signal });
  const namespaces = settings.scopes.rules
    .filter(({ clusters }) => clusters?.includes(name) ?? true)
    .flatMap(rule => rule.namespaces);
  return {
    runRights: await runRights(runReader, name, {
      namespaces: [...new Set(namespaces)],
      impersonation: clusterSettings.get(name)?.impersonate,
      signal,
    }),
  };
}

async function refusedKinds(
  reader: SetupSources['reader'],
  cluster: string,
  signal: AbortSignal,
): Promise<string[]> {
  const refused = await Promise.all(
    WATCHED_RESOURCES.map(async resource => {
      const path = `${listPath(resource, undefined)}?limit=1`;
      try {
        await reader.getJson(cluster, path, { signal, only: 'metadata' });
        return [];
      } catch (error) {
        if (statusOf(error) === 403) return [resource.resource];
        // A cluster that does not know the kind has none of it.
        if (statusOf(error) === 404) return [];
        throw error;
      }
    }),
  );
  return refused.flat();
}
