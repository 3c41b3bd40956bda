import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { EntityRef } from '@backstage-runbooks/plugin-runbooks-common';
import type { IdentityOrigins } from './IdentityOrigins';
import { MarkedAccounts } from './MarkedAccounts';

const FRESH_MS = 30_000;
/** Whom the last reading did not find is looked for again after this time, however often and by whomever asked. */
const UNKNOWN_MS = 5_000;
const USERS_OF_A_PAGE = 1_000;
const MAX_USERS = 200_000;

/** Where a User entity says whom it belongs to. */
const EMAIL = 'spec.profile.email';
/** Names in these may hold dots: what follows is one key. */
const MAPS = ['metadata.annotations.', 'metadata.labels.'];

/** One reading of all users; without an end while it is under way. */
interface Index {
  people: Promise<MarkedAccounts>;
  at: number;
  endedAt?: number;
}

/**
 * Which accounts belong to one person, so that four eyes are two people and not two accounts.
 *
 * Two users of the catalog are one person where their `spec.profile.email` is the same, or what stands at the
 * configured key (`runbooks.identity.key`); also by way of a third. Texts are compared without blanks around them, in
 * one case and one Unicode form. `ana+admin@example.com` is another address than `ana@example.com`: only the mail
 * server knows whether both reach ana. Who shares a mailbox counts as one person.
 *
 * What stands at the configured key is a text, a number or a list of such; an account with anything else there is not
 * known, because nobody can tell whose it is.
 *
 * All users are read, by pages, at most every 30 seconds, and for somebody new every 5: the catalog's own search keeps blanks and leaves out long
 * texts. Accounts that nobody answers for are not known, see IdentityOrigins. More than 200,000 users are refused, because then nobody can tell.
 */
export class PersonAccounts {
  readonly #catalog: Pick<CatalogService, 'queryEntities'>;
  readonly #credentials: () => Promise<BackstageCredentials>;
  readonly #origins: IdentityOrigins;
  readonly #paths: string[];
  readonly #now: () => number;
  #index: Index | undefined;

  constructor(options: {
    catalog: Pick<CatalogService, 'queryEntities'>;
    credentials: () => Promise<BackstageCredentials>;
    origins: IdentityOrigins;
    /** Path in a User entity besides the mail address. */
    identityKey?: string;
    now?: () => number;
  }) {
    this.#catalog = options.catalog;
    this.#credentials = options.credentials;
    this.#origins = options.origins;
    this.#paths = [
      EMAIL,
      ...(options.identityKey === undefined ? [] : [options.identityKey]),
    ];
    this.#now = options.now ?? Date.now;
  }

  /**
   * All accounts of the person behind this one, itself among them; undefined where the catalog does not know the
   * account, and so nobody can tell whose it is. Rejects where the catalog does not answer.
   */
  async accountsOf(userRef: EntityRef): Promise<EntityRef[] | undefined> {
    const user = userRef.toLocaleLowerCase('en-US');
    const accounts = (await this.#people()).accountsOf(user);
    return accounts ?? (await this.#latestPeople()).accountsOf(user);
  }

  #people(): Promise<MarkedAccounts> {
    const index = this.#index;
    return index && this.#now() - index.at < FRESH_MS
      ? index.people
      : this.#read();
  }

  /** For somebody who is new: a reading that is under way or ended a moment ago is shared. */
  #latestPeople(): Promise<MarkedAccounts> {
    const index = this.#index;
    const isLatest =
      index &&
      (index.endedAt === undefined || this.#now() - index.endedAt < UNKNOWN_MS);
    return isLatest ? index.people : this.#read();
  }

  #read(): Promise<MarkedAccounts> {
    const index: Index = { people: this.#readAll(), at: this.#now() };
    this.#index = index;
    index.people.then(
      () => {
        index.endedAt = this.#now();
      },
      () => {
        if (this.#index === index) this.#index = undefined;
      },
    );
    return index.people;
  }

  async #readAll(): Promise<MarkedAccounts> {
    const people = new MarkedAccounts();
    const credentials = await this.#credentials();
    const first = {
      filter: { kind: 'user' },
      fields: [
        'kind',
        'metadata.namespace',
        'metadata.name',
        'metadata.annotations',
        ...this.#paths.map(fieldOf),
      ],
      limit: USERS_OF_A_PAGE,
    };
    let cursor: string | undefined;
    do {
      const page = await this.#catalog.queryEntities(
        cursor === undefined ? first : { ...first, cursor },
        { credentials },
      );
      for (const user of page.items) {
        if (!this.#origins.vouchFor(user)) continue;
        const marks = this.#paths.map(path => marksAt(user, path));
        if (marks.includes(undefined)) continue;
        people.add(
          stringifyEntityRef(user),
          marks.flatMap(each => each ?? []),
        );
      }
      if (people.size > MAX_USERS) {
        throw new Error(
          `The catalog has more than ${MAX_USERS} users; which accounts belong to one person cannot be told`,
        );
      }
      cursor = page.pageInfo.nextCursor;
    } while (cursor !== undefined);
    return people;
  }
}

/** Undefined where something else than texts and numbers stands there. */
function marksAt(user: Entity, path: string): string[] | undefined {
  const value = keysOf(path).reduce<unknown>(
    (at, key) =>
      typeof at === 'object' && at !== null && Object.hasOwn(at, key)
        ? (at as Record<string, unknown>)[key]
        : undefined,
    user,
  );
  if (value === undefined || value === null) return [];
  const values: unknown[] = Array.isArray(value) ? value : [value];
  if (!values.every(isTextOrNumber)) return undefined;
  return values
    .map(one => `${one}`.normalize('NFKC').trim().toLocaleLowerCase('en-US'))
    .filter(text => text !== '')
    .map(text => `${path} ${text}`);
}

function isTextOrNumber(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number';
}

function keysOf(path: string): string[] {
  const map = MAPS.find(prefix => path.startsWith(prefix));
  return map
    ? [...map.slice(0, -1).split('.'), path.slice(map.length)]
    : path.split('.');
}

/** What the catalog is asked for: whole maps, because it takes dots for steps. */
function fieldOf(path: string): string {
  const map = MAPS.find(prefix => path.startsWith(prefix));
  return map ? map.slice(0, -1) : path;
}
