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
import { InputError, NotFoundError, toError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import {
  runbookReadPermission,
  sha256Hex,
  type Procedure,
  type Runbook,
  type SourceProblem,
} from '@backstage-runbooks/plugin-runbooks-common';
import type { Access } from '../http/access';
import type { ReadingProcesses } from '../reading/ReadingProcesses';
import { KeptByContent } from './KeptByContent';
import type { Repositories, RepositoryPlace } from './Repositories';
import type { Repository } from './Repository';
import { snapshotOf, snapshotOfProcedure, type Snapshot } from './snapshotOf';

/** The annotation that ties documents to an entity. */
export const RUNBOOKS_REF = 'backstage-runbooks.io/runbooks-ref';

/** The annotation that names the folder which steps work with, where their files cannot be told from their words. */
export const WORKSPACE_REF = 'backstage-runbooks.io/workspace-ref';

/** A card with more references is a mistake or a machine's. */
const MAX_REFS = 50;

/** Understood documents are kept by the hash of their text. */
const KEPT = { maxEntries: 2_000, maxSize: 32 * 1024 * 1024 };

/** One document of an entity, read and understood. */
export interface LibraryDocument {
  /** Opaque: names it among the documents of the entity it is annotated on. */
  id: string;
  path: string;
  runbook: Runbook;
  repository: Repository;
  /** The entity that carries the annotation, for which it was judged whether the document may be read. */
  holder: Entity;
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
  readonly #reading: Pick<ReadingProcesses, 'readRunbook'>;
  readonly #logger: LoggerService;
  readonly #understood = new KeptByContent<Runbook>(KEPT);

  constructor(options: {
    catalog: CatalogService;
    access: Pick<Access, 'selecting'>;
    repositories: Repositories;
    reading: Pick<ReadingProcesses, 'readRunbook'>;
    logger: LoggerService;
  }) {
    this.#catalog = options.catalog;
    this.#access = options.access;
    this.#repositories = options.repositories;
    this.#reading = options.reading;
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
      if (refs.length > MAX_REFS) {
        shelf.problems.push({
          ref: refs[MAX_REFS],
          entityRef: stringifyEntityRef(holder),
          message: `${RUNBOOKS_REF} names ${refs.length} places; the first ${MAX_REFS} are read`,
        });
      }
      for (const ref of refs.slice(0, MAX_REFS)) {
        const found = await this.#read(holder, ref, whoAsks(credentials));
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

  /**
   * The files that a run of a procedure works with: the folder that the entity names in its annotation
   * `backstage-runbooks.io/workspace-ref`, or else what the procedure's commands name.
   *
   * @param values - What the person chose for the parameters: they can be names of files.
   * @throws InputError where names collide or there is too much; NotAllowedError for a folder that may not be read.
   */
  async snapshotOf(
    document: LibraryDocument,
    procedure: Procedure,
    values: string[],
  ): Promise<Snapshot> {
    const { holder, repository, path } = document;
    const ref = holder.metadata.annotations?.[WORKSPACE_REF]?.trim();
    if (!ref) {
      return snapshotOfProcedure(repository, {
        procedure,
        documentPath: path,
        values,
      });
    }
    const place = await this.#repositories.resolve(holder, ref);
    if (place.kind !== 'dir') {
      throw new InputError(
        `${WORKSPACE_REF} of ${stringifyEntityRef(
          holder,
        )} is '${ref}'; expected a folder such as 'dir:./ops'`,
      );
    }
    return snapshotOf(place.repository, { files: { folder: place.path } });
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
    person: string,
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
      const found =
        place.kind === 'file'
          ? await readOne(place)
          : await place.repository.readDocuments(place.path);
      for (const { message, path } of found.problems) {
        fail(new Error(message), path);
      }
      for (const { path, text } of found.documents) {
        try {
          documents.push(
            await this.#document(place, path, text, { holder, person }),
          );
        } catch (error) {
          fail(error, path);
        }
      }
      if (found.documents.length + found.problems.length === 0) {
        throw new NotFoundError(`There is no Markdown file below '${ref}'`);
      }
    } catch (error) {
      fail(error);
    }
    return { documents, problems };
  }

  async #document(
    place: RepositoryPlace,
    path: string,
    text: string,
    { holder, person }: { holder: Entity; person: string },
  ): Promise<LibraryDocument> {
    const { repository } = place;
    const revision = sha256Hex(text);
    const url = repository.urlOf(path);
    return {
      id: documentId(
        stringifyEntityRef(holder),
        // Two repositories may have a document of the same path.
        place.isOwn ? path : `${repository.key} ${path}`,
        path,
      ),
      path,
      repository,
      holder,
      revision,
      runbook: await this.#understood.get(
        `${revision} ${path}`,
        text,
        person,
        signal => this.#reading.readRunbook({ person, signal }, text, path),
      ),
      ...(url === undefined ? {} : { url }),
    };
  }
}

/** People take turns, and so do services. */
function whoAsks({ principal }: BackstageCredentials): string {
  const { userEntityRef, subject } = principal as {
    userEntityRef?: string;
    subject?: string;
  };
  return userEntityRef ?? subject ?? 'nobody';
}

async function readOne({ repository, path }: RepositoryPlace) {
  const text = await repository.readText(path);
  return { documents: [{ path, text }], problems: [] };
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
function documentId(entityRef: string, place: string, path: string): string {
  const name = path
    .slice(path.lastIndexOf('/') + 1)
    .replace(/\.[a-z]+$/i, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  return `${name || 'runbook'}-${sha256Hex(`${entityRef} ${place}`).slice(
    0,
    8,
  )}`;
}
