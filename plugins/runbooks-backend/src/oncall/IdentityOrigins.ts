import path from 'node:path';
import type {
  LoggerService,
  RootConfigService,
} from '@backstage/backend-plugin-api';
import {
  ANNOTATION_ORIGIN_LOCATION,
  type Entity,
} from '@backstage/catalog-model';
import type { Config } from '@backstage/config';
import type { EntityRef } from '@backstage-runbooks/plugin-runbooks-common';
import { readOriginPrefix, type OriginPrefix } from './originPrefix';

const KEY = 'runbooks.identity.origins';
const KINDS = ['group', 'user'] as const;
/** Origins of these types are files that people write; of any other type, what a provider of the operator fetched. */
const FILES = /^(url|file|.*-discovery)$/;

type IdentityKind = (typeof KINDS)[number];

/**
 * Which Groups and Users count: for ownership, membership, on-call, and for which accounts are one person.
 *
 * Who may register a location may write any Group and User into it, where `catalog.rules` allow these kinds for all
 * locations: a group below somebody else's, a user who is a member of it, a second account of one's own. So such an
 * entity counts only where its origin (`backstage.io/managed-by-origin-location`, which the catalog writes over
 * whatever an author wrote) is a place that the operator answers for:
 *
 * - a provider of people and groups, that is no address and no file (`ldap:`, `msgraph:`, ...);
 * - a location of `catalog.locations`, or one that a rule of `catalog.rules` names exactly;
 * - a place of `runbooks.identity.origins`.
 *
 * Where the rules let no location that people register have the kind, which is the catalog's default, every entity of
 * that kind counts: nobody could have registered it. A location answers for all that it points on to.
 */
export class IdentityOrigins {
  readonly #open: ReadonlySet<string>;
  readonly #named: ReadonlySet<string>;
  readonly #prefixes: readonly OriginPrefix[];

  /**
   * Reads `catalog.rules`, `catalog.locations` and `runbooks.identity.origins`, and logs which case holds.
   *
   * @throws with the key, the value and what is expected.
   */
  static fromConfig(
    config: RootConfigService,
    logger?: Pick<LoggerService, 'info' | 'warn'>,
  ): IdentityOrigins {
    const rules = config.getOptionalConfigArray('catalog.rules') ?? [];
    const origins = new IdentityOrigins({
      open: KINDS.filter(kind => rules.some(rule => opens(rule, kind))),
      named: [...rules.flatMap(exactOrigins), ...staticOrigins(config)],
      prefixes: (config.getOptionalStringArray(KEY) ?? []).map((text, index) =>
        readOriginPrefix(text, `${KEY}[${index}]`),
      ),
    });
    origins.#say(logger);
    return origins;
  }

  private constructor(options: {
    open: readonly IdentityKind[];
    named: readonly string[];
    prefixes: readonly OriginPrefix[];
  }) {
    this.#open = new Set(options.open);
    this.#named = new Set(options.named);
    this.#prefixes = options.prefixes;
  }

  /** Whether the entity counts. Entities of other kinds always do: they are nobody's right to anything. */
  vouchFor(entity: Entity): boolean {
    if (!this.#open.has(entity.kind.toLocaleLowerCase('en-US'))) return true;
    const origin = entity.metadata.annotations?.[ANNOTATION_ORIGIN_LOCATION];
    if (origin === undefined) return false;
    return (
      this.#named.has(origin) ||
      isOfProvider(origin) ||
      this.#prefixes.some(prefix => prefix.holds(origin))
    );
  }

  /** Why nothing is found by that name, in words for people. */
  missing(ref: EntityRef): string {
    const [kind] = ref.toLocaleLowerCase('en-US').split(':');
    return this.#open.has(kind)
      ? `${ref} is not in the catalog, or comes from a place that nobody answers for (see ${KEY})`
      : `${ref} is not in the catalog`;
  }

  #say(logger: Pick<LoggerService, 'info' | 'warn'> | undefined): void {
    if (this.#open.size === 0) {
      logger?.info(
        'Every Group and User of the catalog counts for ownership: catalog.rules let no registered location have one',
      );
      return;
    }
    const kinds = [...this.#open].join(' and ');
    logger?.warn(
      `catalog.rules let registered locations have the kind ${kinds}, so anybody who may register a location can write one: ` +
        `only those of providers, of the ${
          this.#named.size
        } locations in catalog.locations and catalog.rules, ` +
        `and of the ${
          this.#prefixes.length
        } places in ${KEY} count for ownership`,
    );
  }
}

/** Whether a rule lets a location that the operator did not name have the kind. */
function opens(rule: Config, kind: IdentityKind): boolean {
  const locations = rule.getOptionalConfigArray('locations');
  const isForNamedOnly =
    locations !== undefined && locations.every(one => one.has('exact'));
  return !isForNamedOnly && allowedKinds(rule).includes(kind);
}

function allowedKinds(rule: Config): string[] {
  const allow = rule.getOptional('allow');
  return (Array.isArray(allow) ? allow : []).map(one =>
    String(
      typeof one === 'object' && one !== null && 'kind' in one ? one.kind : one,
    ).toLocaleLowerCase('en-US'),
  );
}

/** A pattern takes in whatever fits it, so it is no place that the operator named. */
function exactOrigins(rule: Config): string[] {
  if (!allowedKinds(rule).some(kind => kind === 'group' || kind === 'user')) {
    return [];
  }
  return (rule.getOptionalConfigArray('locations') ?? []).flatMap(one => {
    const exact = one.getOptionalString('exact');
    return exact === undefined ? [] : [`${one.getString('type')}:${exact}`];
  });
}

/** As the catalog writes them: files by their whole path. */
function staticOrigins(config: RootConfigService): string[] {
  return (config.getOptionalConfigArray('catalog.locations') ?? []).map(one => {
    const type = one.getString('type');
    const target = one.getString('target');
    return `${type}:${type === 'file' ? path.resolve(target) : target}`;
  });
}

function isOfProvider(origin: string): boolean {
  const colon = origin.indexOf(':');
  return colon > 0 && !FILES.test(origin.slice(0, colon).toLowerCase());
}
