import type {
  LoggerService,
  RootConfigService,
} from '@backstage/backend-plugin-api';
import { ScmIntegrations } from '@backstage/integration';
import { readClusterSettings } from '../health';
import { IdentityOrigins } from '../oncall/IdentityOrigins';
import { SourceRules } from '../runbooks/SourceRules';
import { readSettings } from '../settings';

/** All that is configured, read and checked, but the keys. */
export type Configuration = ReturnType<typeof readAll>;

/** Reads everything below `runbooks`, but the keys. What is wrong comes as an error with key, value and expectation. */
export function readConfiguration(
  config: RootConfigService,
  logger: LoggerService,
): Configuration | { error: unknown } {
  try {
    return readAll(config, logger);
  } catch (error) {
    return { error };
  }
}

function readAll(config: RootConfigService, logger: LoggerService) {
  const integrations = ScmIntegrations.fromConfig(config);
  return {
    settings: readSettings(config),
    clusters: readClusterSettings(config),
    integrations,
    sources: SourceRules.fromConfig(config, integrations),
    origins: IdentityOrigins.fromConfig(config, logger),
  };
}
