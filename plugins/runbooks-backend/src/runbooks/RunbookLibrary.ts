import type {
  BackstageCredentials,
  LoggerService,
} from '@backstage/backend-plugin-api';
import {
  RELATION_OWNED_BY,
  RELATION_PART_OF,
  stringifyEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import { NotFoundError, toError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import {
  readRunbook,
  runbookReadPermission,
  sha256Hex,
  type Runbook,
  type SourceProblem,
} from '@backstage-runbooks/plugin-runbooks-common';
import type { Access } from '../http/access';
import type { Repositories } from './Repositories';
import type { Repository } from './Repository';

/** The annotation that ties documents to an entity. */
export const RUNBOOKS_REF = 'backstage-runbooks.io/runbooks-ref';

/** How many understood documents are kept by the hash of their text. */
const KEPT_DOCUMENTS = 2_000;

/** One document of an entity, read and understood. */
export interface LibraryDocument {
  /** Opaque: names it among the documents of the entity it is annotated on. */
  id: string;
  path: string;
  runbook: Runbook;
  repository: Repository;
  /** Hash of the text. */
  revision: string;
  url?: string;
  /** Set where the annotation is on another entity than the one that was asked for. */
  inheritedFrom?: string;
}

/** What was found for an entity. One bad reference or document never hides the others. */
export interface Shelf {
  documents: LibraryDocument[];
  problems: SourceProblem[];
  /** At least one of the entities looked at carries the annotation. */
  annotated: boolean;
}

/** Finds and reads the runbooks of an entity: its own, and those of its system, domain and owner group. */
export class RunbookLibrary {
  readonly #catalog: CatalogService;
  readonly #access: Pick<Access, 'selecting'>;
  readonly #repositories: Repositories;
  readonly #logger: LoggerService;
  readonly #understood = new Map<string, Runbook>();

  constructor(options: {
    catalog: CatalogService;
    access: Pick<Access, 'selecting'>;
    repositories: Repositories;
    logger: LoggerService;
  }) {
    this.#catalog = options.catalog;
    this.#access = options.access;
    this.#repositories = options.repositories;
    this.#logger = options.logger;
  }

  /**
   * The entity's runbooks, which the caller has checked that the person may read, and those that it inherits from
   * entities whose runbooks they may read: everybody can write the name of another team's group or system into a card
   * of their own.
   */
  async shelfOf(
    entity: Entity,
    credentials: BackstageCredentials,
  ): Promise<Shelf> {
    const shelf: Shelf = { documents: [], problems: [], annotated: false };
    const own = stringifyEntityRef(entity);
    for (const holder of await this.#holdersOf(entity, credentials)) {
      const refs = refsOf(holder);
      if (refs.length > 0) shelf.annotated = true;
      const inherited =
        stringifyEntityRef(holder) === own
          ? {}
          : { inheritedFrom: stringifyEntityRef(holder) };
      for (const ref of refs) {
        const found = await this.#read(holder, ref);
        shelf.problems.push(...found.problems);
        for (const document of found.documents) {
          if (!shelf.documents.some(({ id }) => id === document.id)) {
            shelf.documents.push({ ...document, ...inherited });
          }
        }
      }
    }
    return shelf;
  }

  /** @throws NotFoundError where the entity has no such document. */
  async document(
    entity: Entity,
    id: string,
    credentials: BackstageCredentials,
  ): Promise<LibraryDocument> {
    const { documents } = await this.shelfOf(entity, credentials);
    const document = documents.find(one => one.id === id);
    if (!document) {
      throw new NotFoundError(
        `${stringifyEntityRef(entity)} has no runbook '${id}'`,
      );
    }
    return document;
  }

  async #holdersOf(
    entity: Entity,
    credentials: BackstageCredentials,
  ): Promise<Entity[]> {
    const above = relatedTo(entity, RELATION_PART_OF);
    const owners = relatedTo(entity, RELATION_OWNED_BY);
    const first = await this.#entities([...above, ...owners], credentials);
    const domains = first.flatMap(one =>
      one.kind === 'System' ? relatedTo(one, RELATION_PART_OF) : [],
    );
    const second = await this.#entities(domains, credentials);
    const inherited = [...first, ...second].filter(
      ({ kind }) => kind !== 'User',
    );
    const readable = await this.#access.selecting(
      credentials,
      runbookReadPermission,
    )(inherited.map(one => stringifyEntityRef(one)));
    return [
      entity,
      ...inherited.filter(one => readable.has(stringifyEntityRef(one))),
    ];
  }

  async #entities(
    refs: string[],
    credentials: BackstageCredentials,
  ): Promise<Entity[]> {
    if (refs.length === 0) return [];
    const { items } = await this.#catalog.getEntitiesByRefs(
      { entityRefs: refs },
      { credentials },
    );
    return items.filter(item => item !== undefined);
  }

  async #read(
    holder: Entity,
    ref: string,
  ): Promise<Pick<Shelf, 'documents' | 'problems'>> {
    const problems: SourceProblem[] = [];
    const documents: LibraryDocument[] = [];
    const entityRef = stringifyEntityRef(holder);
    const fail = (error: unknown, path?: string) => {
      this.#logger.debug(
        `Reading ${ref} of ${entityRef} failed`,
        toError(error),
      );
      problems.push({
        ref,
        entityRef,
        message: toError(error).message,
        ...(path === undefined ? {} : { path }),
      });
    };
    try {
      const place = await this.#repositories.resolve(holder, ref);
      const paths =
        place.kind === 'file'
          ? [place.path]
          : await place.repository.listMarkdown(place.path);
      if (paths.length === 0) {
        throw new NotFoundError(`There is no Markdown file below '${ref}'`);
      }
      for (const path of paths) {
        try {
          documents.push(
            await this.#document(place.repository, path, entityRef),
          );
        } catch (error) {
          fail(error, path);
        }
      }
    } catch (error) {
      fail(error);
    }
    return { documents, problems };
  }

  async #document(
    repository: Repository,
    path: string,
    entityRef: string,
  ): Promise<LibraryDocument> {
    const text = await repository.readText(path);
    const revision = sha256Hex(text);
    const url = repository.urlOf(path);
    return {
      id: documentId(entityRef, path),
      path,
      repository,
      revision,
      runbook: this.#understand(text, path, revision),
      ...(url === undefined ? {} : { url }),
    };
  }

  #understand(text: string, path: string, revision: string): Runbook {
    const key = `${revision} ${path}`;
    const known = this.#understood.get(key);
    if (known) return known;
    const runbook = readRunbook(text, path);
    if (this.#understood.size >= KEPT_DOCUMENTS) {
      this.#understood.delete(this.#understood.keys().next().value!);
    }
    this.#understood.set(key, runbook);
    return runbook;
  }
}

function refsOf(entity: Entity): string[] {
  return (entity.metadata.annotations?.[RUNBOOKS_REF] ?? '')
    .split(',')
    .map(ref => ref.trim())
    .filter(ref => ref !== '');
}

function relatedTo(entity: Entity, type: string): string[] {
  return (entity.relations ?? [])
    .filter(relation => relation.type === type)
    .map(relation => relation.targetRef);
}

/** `operations-3f2a9c41`: readable, and different for the same path on different entities. */
function documentId(entityRef: string, path: string): string {
  const name = path
    .slice(path.lastIndexOf('/') + 1)
    .replace(/\.[a-z]+$/i, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  return `${name || 'runbook'}-${sha256Hex(`${entityRef} ${path}`).slice(
    0,
    8,
  )}`;
}
