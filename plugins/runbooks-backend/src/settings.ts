import path from 'node:path';
import type { RootConfigService } from '@backstage/backend-plugin-api';
import type { ScopeSettings } from '@backstage-runbooks/plugin-runbooks-common';
import { readHoldSettings, type HoldSettings } from './holds/holdSettings';
import { readLimits, type Limits } from './runs/limits';
import { readScopeSettings } from './runs/scopeSettings';

const HOUR_MS = 3_600_000;

/** What the plugin reads from `runbooks` in the configuration. */
export interface Settings {
  localRoots: string[];
  refreshAfterMs: number;
  /** Undefined: the kubectl and helm that the backend itself finds. */
  toolsDirectory?: string;
  /** Undefined: a folder of the user who runs the backend, see `prepareDataDirectory`. */
  dataDirectory?: string;
  approvalExpiresAfterMs: number;
  stepTimeoutSeconds: number;
  /** Where runs may go. */
  scopes: ScopeSettings;
  /** What keeps changes from starting. */
  changes: HoldSettings;
  /** How much one person may have at once. */
  limits: Limits;
  /** Finished runs are removed after so many days; kept for ever where it is undefined. */
  keepRunsDays?: number;
  /** Path in a User entity that tells whose account it is, besides the mail address. */
  identityKey?: string;
  /** Whether a permission policy decides. */
  hasPolicy: boolean;
}

/** @throws with the key, the value and what is expected. */
export function readSettings(config: RootConfigService): Settings {
  const local = 'runbooks.executors.local';
  const identityKey = config.getOptionalString('runbooks.identity.key');
  const dataDirectory = config.getOptionalString(`${local}.dataDirectory`);
  const toolsDirectory = config.getOptionalString(`${local}.toolsDirectory`);
  return {
    ...(dataDirectory === undefined
      ? {}
      : { dataDirectory: path.resolve(dataDirectory) }),
    ...(toolsDirectory === undefined
      ? {}
      : { toolsDirectory: path.resolve(toolsDirectory) }),
    localRoots: (
      config.getOptionalStringArray('runbooks.sources.localRoots') ?? []
    ).map(folder => path.resolve(folder)),
    refreshAfterMs:
      positive(config, 'runbooks.sources.refreshAfterSeconds', 60) * 1_000,
    approvalExpiresAfterMs:
      positive(config, 'runbooks.approvals.expireAfterHours', 24) * HOUR_MS,
    scopes: readScopeSettings(config),
    changes: readHoldSettings(config),
    limits: readLimits(config),
    stepTimeoutSeconds: positive(config, 'runbooks.steps.timeoutSeconds', 900),
    ...(config.has('runbooks.retention.days')
      ? { keepRunsDays: positive(config, 'runbooks.retention.days', 1) }
      : {}),
    hasPolicy: config.getOptionalBoolean('permission.enabled') ?? false,
    ...(identityKey === undefined ? {} : { identityKey }),
  };
}

function positive(
  config: RootConfigService,
  key: string,
  otherwise: number,
): number {
  const value = config.getOptionalNumber(key) ?? otherwise;
  if (value > 0) return value;
  throw new Error(
    `The configuration has ${value} as '${key}'; expected a number above 0`,
  );
}
