import { createBackendPlugin } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import { runbooksPermissions } from '@backstage-runbooks/plugin-runbooks-common';
import { stepExecutorExtensionPoint } from '@backstage-runbooks/plugin-runbooks-node';
import { ExecutorChoice } from './executors/ExecutorChoice';
import { unconfiguredRouter } from './http/unconfiguredRouter';
import { readConfiguration } from './parts/configuration';
import { createPlugin } from './parts/createPlugin';
import { services } from './parts/services';

/**
 * The runbooks backend. Nothing that is missing or configured wrongly stops the backend that it is in: what it costs is
 * said in the log, and on the pages that need it.
 */
export const runbooksPlugin = createBackendPlugin({
  pluginId: 'runbooks',
  register(env) {
    const added = new ExecutorChoice();
    env.registerExtensionPoint(stepExecutorExtensionPoint, {
      addExecutor: executor => added.add(executor),
    });

    env.registerInit({
      deps: services,
      async init(given) {
        const { config, httpRouter, lifecycle, logger } = given;
        given.permissionsRegistry.addPermissions(runbooksPermissions);
        const configuration = readConfiguration(config, logger);
        if ('error' in configuration) {
          logger.error(
            'The configuration of the runbooks plugin is wrong, and nothing of it works until it is mended',
            toError(configuration.error),
          );
          httpRouter.use(unconfiguredRouter());
          return;
        }
        const plugin = await createPlugin(given, configuration, added);
        lifecycle.addStartupHook(() => plugin.start());
        lifecycle.addShutdownHook(() => plugin.stop());
        httpRouter.use((req, res, next) => plugin.router()(req, res, next));
      },
    });
  },
});
