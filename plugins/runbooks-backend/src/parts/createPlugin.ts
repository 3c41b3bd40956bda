import type { Router } from 'express';
import { openDatabase } from '../database/openDatabase';
import type { ExecutorChoice } from '../executors/ExecutorChoice';
import { Audit } from '../http/Audit';
import { createRouter } from '../http/createRouter';
import { OpenStreams } from '../http/OpenStreams';
import { PlanService } from '../runs/PlanService';
import { isClosed, RunsClosedError } from '../runs/RunsClosedError';
import { SecretBox } from '../workspaces/SecretBox';
import type { Configuration } from './configuration';
import { createExecution } from './createExecution';
import { createKeys } from './createKeys';
import { createReading } from './createReading';
import { createRunning } from './createRunning';
import { Opening } from './Opening';
import type { Services } from './services';

/** So long the rest of the backend waits for the database of runs. */
const OPEN_WITHIN_MS = 10_000;

/** The plugin, put together. */
export interface RunbooksBackend {
  /** The routes as they are at the moment: runs may be opened later than the rest. */
  router(): Router;
  start(): void;
  stop(): Promise<void>;
}

/** Puts the parts together. What is missing on this machine or in its configuration costs what needs it, and no more. */
export async function createPlugin(
  services: Services,
  configuration: Configuration,
  added: ExecutorChoice,
): Promise<RunbooksBackend> {
  const { logger } = services;
  const { settings } = configuration;
  const execution = await createExecution(services, configuration, added);
  const reading = createReading(services, configuration);
  const keys = createKeys(services, execution.dataDirectory);
  const plans = new PlanService({
    ...settings,
    catalog: services.catalog,
    library: reading.library,
    live: reading.live,
    ownership: reading.ownership,
    scopes: reading.scopes,
    present: reading.present,
    judging: reading.judging,
    inventory: execution.inventory,
    box: isClosed(keys) ? SecretBox.ofTheMoment() : keys.box,
  });
  const opening = new Opening({
    open: async () => {
      if (isClosed(keys)) throw new RunsClosedError(keys);
      return createRunning({
        knex: await openDatabase(services.database, keys.macs),
        services,
        configuration,
        reading,
        execution,
        keys,
        plans,
      });
    },
    logger,
  });
  await opening.begin(OPEN_WITHIN_MS);

  const shared = {
    ...reading,
    plans,
    audit: new Audit(services.auditor),
    streams: new OpenStreams(settings.limits),
    setup: {
      config: services.config,
      settings,
      executor: execution.executor,
      clusters: reading.clusters,
      reader: reading.reader,
      runReader: reading.runReader,
      clusterSettings: configuration.clusters,
      instance: services.instance,
      keyProblem: isClosed(keys) ? keys : undefined,
      database: () =>
        isClosed(opening.state) ? opening.state : opening.state.opened,
    },
  };
  const routerOf = ({ state }: typeof opening) =>
    createRouter(shared, isClosed(state) ? state : state.opened);
  let routed = { state: opening.state, router: routerOf(opening) };
  return {
    router() {
      if (routed.state !== opening.state) {
        routed = { state: opening.state, router: routerOf(opening) };
      }
      return routed.router;
    },
    start() {
      opening.start();
      void reading.judging.warm();
    },
    async stop() {
      try {
        await opening.stop();
      } finally {
        await execution.stop();
        await reading.stop();
      }
    },
  };
}
