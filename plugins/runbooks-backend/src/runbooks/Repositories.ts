import path from 'node:path';
import type { UrlReaderService } from '@backstage/backend-plugin-api';
import {
  ANNOTATION_LOCATION,
  stringifyEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import type { ScmIntegrations } from '@backstage/integration';
import { LocalRepository } from './LocalRepository';
import type { Repository } from './Repository';
import { UrlRepository } from './UrlRepository';

/** A place in a repository: a folder (`dir:`) or a file (`file:`). */
export interface RepositoryPlace {
  repository: Repository;
  /** Relative to the repository, '' for its root. */
  path: string;
  kind: 'dir' | 'file';
}

/** Finds what a reference such as `dir:./runbooks` of an entity means, as techdocs-ref does. */
export class Repositories {
  readonly #localRoots: string[];
  readonly #reader: UrlReaderService;
  readonly #integrations: ScmIntegrations;
  readonly #byUrl = new Map<string, UrlRepository>();

  constructor(options: {
    localRoots: string[];
    reader: UrlReaderService;
    integrations: ScmIntegrations;
  }) {
    this.#localRoots = options.localRoots;
    this.#reader = options.reader;
    this.#integrations = options.integrations;
  }

  /** @throws InputError for a reference that cannot be read as one. */
  async resolve(entity: Entity, ref: string): Promise<RepositoryPlace> {
    const match = /^(dir|file|url):(.+)$/.exec(ref.trim());
    if (!match) {
      throw new InputError(
        `'${ref}' on ${stringifyEntityRef(
          entity,
        )} is not a reference; expected 'dir:./runbooks', 'file:./runbooks/service.md' or 'url:https://...'`,
      );
    }
    const [, kind, target] = match;
    if (kind === 'url')
      return this.#placeOfUrl(target, target.endsWith('/') ? 'dir' : undefined);
    const location = locationOf(entity);
    if (location.type === 'file') {
      return {
        repository: await LocalRepository.open(
          path.dirname(location.target),
          this.#localRoots,
        ),
        path: path.posix.normalize(target).replace(/\/$/, ''),
        kind: kind as 'dir' | 'file',
      };
    }
    const absolute = this.#integrations.resolveUrl({
      url: target,
      base: location.target,
    });
    return this.#placeOfUrl(absolute, kind as 'dir' | 'file');
  }

  #placeOfUrl(url: string, kind: 'dir' | 'file' | undefined): RepositoryPlace {
    const root = this.#integrations.resolveUrl({ url: '/', base: url });
    let repository = this.#byUrl.get(root);
    if (!repository) {
      repository = new UrlRepository({
        url: root,
        reader: this.#reader,
        integrations: this.#integrations,
        now: () => performance.now(),
      });
      this.#byUrl.set(root, repository);
    }
    if (!url.startsWith(root)) {
      throw new InputError(`'${url}' is not below its repository '${root}'`);
    }
    const below = decodeURIComponent(url.slice(root.length)).replace(
      /^\/|\/$/g,
      '',
    );
    return {
      repository,
      path: below,
      kind: kind ?? (/\.(md|markdown)$/i.test(below) ? 'file' : 'dir'),
    };
  }
}

function locationOf(entity: Entity): { type: string; target: string } {
  const location = entity.metadata.annotations?.[ANNOTATION_LOCATION];
  const match = /^([a-z]+):(.+)$/.exec(location ?? '');
  if (!match) {
    throw new InputError(
      `${stringifyEntityRef(entity)} has no readable location ('${
        location ?? ''
      }'); expected an entity that came from a file or an address`,
    );
  }
  return { type: match[1], target: match[2] };
}
