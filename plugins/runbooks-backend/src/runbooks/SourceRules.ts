import path from 'node:path';
import type { RootConfigService } from '@backstage/backend-plugin-api';
import type { Entity } from '@backstage/catalog-model';
import type { Config } from '@backstage/config';
import {
  filterPredicateToFilterFunction,
  readOptionalFilterPredicateFromConfig,
} from '@backstage/filter-predicates';
import type { ScmIntegrations } from '@backstage/integration';
import {
  readAllowedLocation,
  type AllowedLocation,
} from '@backstage-runbooks/plugin-runbooks-common';
import { sourceHostOf } from './sourceHostOf';

const KEY = 'runbooks.sources.allow';

interface SourceRule {
  allows: AllowedLocation | { kind: 'folder'; folder: string };
  appliesTo(entity: Entity): boolean;
}

/** What an operator lets documents be read from besides the place where an entity itself came from. */
export class SourceRules {
  readonly #rules: SourceRule[];

  /**
   * Reads `runbooks.sources.allow`.
   *
   * @throws with the key, the value and what is expected.
   */
  static fromConfig(
    config: RootConfigService,
    integrations: ScmIntegrations,
  ): SourceRules {
    return new SourceRules(
      (config.getOptionalConfigArray(KEY) ?? []).map((one, index) =>
        readRule(one, `${KEY}[${index}]`, integrations),
      ),
    );
  }

  private constructor(rules: SourceRule[]) {
    this.#rules = rules;
  }

  /** Places behind addresses that documents of the entity may be read from. */
  locationsFor(entity: Entity): AllowedLocation[] {
    return this.#rules.flatMap(({ allows, appliesTo }) =>
      allows.kind !== 'folder' && appliesTo(entity) ? [allows] : [],
    );
  }

  /** Folders on the backend's disk that documents of the entity may be read from. */
  foldersFor(entity: Entity): string[] {
    return this.#rules.flatMap(({ allows, appliesTo }) =>
      allows.kind === 'folder' && appliesTo(entity) ? [allows.folder] : [],
    );
  }
}

function readRule(
  config: Config,
  key: string,
  integrations: ScmIntegrations,
): SourceRule {
  const unknown = config
    .keys()
    .find(one => !['location', 'entities'].includes(one));
  // A filter under a mistyped key would otherwise be no filter at all.
  if (unknown !== undefined) {
    throw new Error(
      `The configuration has '${unknown}' in '${key}'; expected 'location' and 'entities'`,
    );
  }
  return {
    allows: readLocation(config.getString('location'), key, integrations),
    appliesTo: readFilter(config, key),
  };
}

function readLocation(
  location: string,
  key: string,
  integrations: ScmIntegrations,
): SourceRule['allows'] {
  if (location.startsWith('file:')) {
    return { kind: 'folder', folder: path.resolve(location.slice(5)) };
  }
  const host = sourceHostOf(integrations, location);
  if (!host) {
    throw new Error(
      `The configuration has '${location}' as '${key}.location'; expected an address on a host that 'integrations' names, or 'file:' and a folder`,
    );
  }
  const read = readAllowedLocation(location, host);
  if ('problem' in read) {
    throw new Error(
      `The configuration has '${location}' as '${key}.location': ${read.problem}`,
    );
  }
  return read.allowed;
}

function readFilter(config: Config, key: string): (entity: Entity) => boolean {
  try {
    const filter = readOptionalFilterPredicateFromConfig(config, {
      key: 'entities',
    });
    return filter ? filterPredicateToFilterFunction(filter) : () => true;
  } catch (error) {
    throw new Error(
      `The configuration has ${JSON.stringify(
        config.getOptional('entities'),
      )} as '${key}.entities'; expected a filter of entities such as { kind: Group }`,
      { cause: error },
    );
  }
}
