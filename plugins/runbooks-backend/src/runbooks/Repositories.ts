import path from 'node:path';
import type { UrlReaderService } from '@backstage/backend-plugin-api';
import {
  ANNOTATION_LOCATION,
  stringifyEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import { InputError, NotAllowedError } from '@backstage/errors';
import type { ScmIntegrations } from '@backstage/integration';
import {
  decideSource,
  folderOf,
  readRepositoryAddress,
  readSourceReference,
  resolvePath,
  type RepositoryAddress,
  type SourceReference,
} from '@backstage-runbooks/plugin-runbooks-common';
import { LocalRepository } from './LocalRepository';
import { ReadCache } from './ReadCache';
import type { Repository } from './Repository';
import { sourceHostOf } from './sourceHostOf';
import type { SourceRules } from './SourceRules';
import { UrlRepository } from './UrlRepository';

/** A place in a repository: a folder (`dir:`) or a file (`file:`). */
export interface RepositoryPlace {
  repository: Repository;
  /** Relative to the repository, '' for its root. */
  path: string;
  kind: 'dir' | 'file';
  /** It lies in the repository that the entity itself came from. */
  isOwn: boolean;
}

type Beside = Extract<SourceReference, { kind: 'beside' }>;

const LIMITS = {
  maxBytes: 256 * 1024 * 1024,
  maxEntries: 20_000,
  rememberFailureMs: 60_000,
  maxAtOnce: 16,
  giveUpAfterMs: 180_000,
};

/**
 * Finds what a reference such as `dir:./runbooks` of an entity means, and whether it may be read for that entity: the
 * portal reads with rights of its own, and a card must not lend them to its author.
 *
 * An entity may read the repository and branch that the catalog read it from, and what the operator allowed
 * (`runbooks.sources.allow`). Where it came from is told by `backstage.io/managed-by-location` alone, which the catalog
 * writes over whatever a card says. `backstage.io/source-location` is not looked at: authors write it.
 * `managed-by-origin-location` is not either: it is the catalog's own, but a repository that registers those of other
 * teams is not theirs to read.
 */
export class Repositories {
  readonly #localRoots: string[];
  readonly #rules: SourceRules;
  readonly #reader: UrlReaderService;
  readonly #integrations: ScmIntegrations;
  readonly #cache: ReadCache;

  constructor(options: {
    localRoots: string[];
    rules: SourceRules;
    refreshAfterMs: number;
    reader: UrlReaderService;
    integrations: ScmIntegrations;
    now?: () => number;
  }) {
    this.#localRoots = options.localRoots;
    this.#rules = options.rules;
    this.#reader = options.reader;
    this.#integrations = options.integrations;
    this.#cache = new ReadCache({
      limits: { ...LIMITS, refreshAfterMs: options.refreshAfterMs },
      now: options.now ?? (() => performance.now()),
    });
  }

  /**
   * Fetches nothing.
   *
   * @throws InputError for a reference that cannot be read as one; NotAllowedError for a place that may not be read
   * for the entity, saying which is asked for, which are allowed and how an operator allows another.
   */
  async resolve(entity: Entity, ref: string): Promise<RepositoryPlace> {
    const read = readSourceReference(ref);
    if ('problem' in read) {
      throw new InputError(`${stringifyEntityRef(entity)}: ${read.problem}`);
    }
    const { reference } = read;
    const location = locationOf(entity);
    if (reference.kind === 'address') {
      const asked = this.#addressOf(reference.url);
      return this.#placeAt(entity, asked, kindOfAddress(reference.url, asked));
    }
    if (location?.type === 'file') {
      return this.#placeOnDisk(
        entity,
        path.dirname(location.target),
        reference,
      );
    }
    if (location?.type === 'url') {
      const own = this.#addressOf(location.target);
      const folder = reference.fromRoot ? '' : folderOf(own.path);
      const below = resolvePath(folder, reference.segments);
      if (below === undefined) {
        throw new NotAllowedError(
          `'${ref}' leads out of the repository that ${stringifyEntityRef(
            entity,
          )} comes from; name another one with 'url:'`,
        );
      }
      return this.#placeAt(entity, { ...own, path: below }, reference.what);
    }
    throw new InputError(
      `${stringifyEntityRef(entity)} has no readable location ('${
        entity.metadata.annotations?.[ANNOTATION_LOCATION] ?? ''
      }'); expected an entity that came from a file or an address`,
    );
  }

  #placeAt(
    entity: Entity,
    asked: RepositoryAddress,
    kind: 'dir' | 'file',
  ): RepositoryPlace {
    const decision = decideSource({
      asked,
      own: this.#ownAddress(entity),
      allowed: this.#rules.locationsFor(entity),
    });
    if (decision.kind === 'refused') {
      throw new NotAllowedError(
        `This may not be read for ${stringifyEntityRef(entity)}. ${
          decision.because
        }`,
      );
    }
    return {
      repository: new UrlRepository({
        address: asked,
        reader: this.#reader,
        cache: this.#cache,
      }),
      path: asked.path,
      kind,
      isOwn: decision.kind === 'own',
    };
  }

  async #placeOnDisk(
    entity: Entity,
    folder: string,
    reference: Beside,
  ): Promise<RepositoryPlace> {
    const { segments, what, fromRoot } = reference;
    const below = fromRoot ? undefined : resolvePath('', segments);
    if (below !== undefined) {
      return {
        repository: await LocalRepository.open(folder, this.#localRoots),
        path: below,
        kind: what,
        isOwn: true,
      };
    }
    const asked = fromRoot
      ? path.resolve('/', ...segments)
      : path.resolve(folder, ...segments);
    const allowed = this.#rules.foldersFor(entity);
    const root = allowed.find(one => isBelow(one, asked));
    if (root === undefined) {
      throw new NotAllowedError(
        // Of the host's own folders people are told no path.
        `This may not be read for ${stringifyEntityRef(entity)}. It asks for '${
          fromRoot ? '/' : ''
        }${segments.join(
          '/',
        )}', which leads out of the folder where its catalog file lies${
          allowed.length === 0 ? '' : ' and of what is allowed besides'
        }. An operator can allow that folder: runbooks.sources.allow: [{ location: 'file:FOLDER' }]`,
      );
    }
    return {
      repository: await LocalRepository.open(root, this.#localRoots),
      path: path.relative(root, asked).split(path.sep).join('/'),
      kind: what,
      isOwn: false,
    };
  }

  /** Where the catalog read the entity; undefined where that is no file of a repository. */
  #ownAddress(entity: Entity): RepositoryAddress | undefined {
    const location = locationOf(entity);
    if (location?.type !== 'url') return undefined;
    try {
      const own = this.#addressOf(location.target);
      return own.path === '' ? undefined : own;
    } catch {
      return undefined;
    }
  }

  /** @throws InputError */
  #addressOf(url: string): RepositoryAddress {
    const host = sourceHostOf(this.#integrations, url);
    if (!host) {
      throw new InputError(
        `'${url}' is on no host that this portal reads source code from; expected one that 'integrations' names`,
      );
    }
    const read = readRepositoryAddress(url, host);
    if ('problem' in read) throw new InputError(read.problem);
    return read.address;
  }
}

function kindOfAddress(
  url: string,
  { path: below }: RepositoryAddress,
): 'dir' | 'file' {
  if (url.endsWith('/')) return 'dir';
  return /\.(md|markdown|ya?ml)$/i.test(below) ? 'file' : 'dir';
}

function locationOf(
  entity: Entity,
): { type: string; target: string } | undefined {
  const location = entity.metadata.annotations?.[ANNOTATION_LOCATION];
  const match = /^([a-z]+):(.+)$/.exec(location ?? '');
  return match ? { type: match[1], target: match[2] } : undefined;
}

/** Both are absolute and without dots. */
function isBelow(folder: string, file: string): boolean {
  return file === folder || file.startsWith(folder + path.sep);
}
