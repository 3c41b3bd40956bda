import { NotAllowedError, NotFoundError } from '@backstage/errors';
import {
  concernedEntities,
  evidenceExportPermission,
  letsGo,
  lockingEntities,
  runCreatePermission,
  runReadPermission,
  stepApprovePermission,
  type EntityPermission,
  type EntityRef,
  type Permitted,
  type Run,
  type RunCommandRequest,
} from '@backstage-runbooks/plugin-runbooks-common';
import type { Access, Selecting, UserCredentials } from '../http/access';
import { LockedError } from './LockedError';
import type { ViewerPermissions } from './RunService';
import type { RunStore } from './RunStore';

/** Whose runs a person may list. */
export interface ReadableHistory {
  /** All runs of these. */
  all: EntityRef[];
  /** Of these only the runs that the person started. */
  own: EntityRef[];
  /** Those among them that the catalog has no more. */
  gone: ReadonlySet<EntityRef>;
}

/** Says, of entities, whose runs somebody may list. */
export type ReadingHistory = (
  entityRefs: Iterable<EntityRef>,
) => Promise<ReadableHistory>;

/**
 * What a person may do with a run, by the permissions that they have for its entities.
 *
 * Driving needs the permission for the run's own entity. Reading and approving need it for one of those that the run
 * concerns: an owner of what a step writes must be able to see and approve it, though the run is of another entity.
 * Which approval they can give is decided for each entity, see `RunService`.
 */
export class RunAccess {
  readonly #access: Access;
  readonly #store: Pick<RunStore, 'get' | 'list'>;

  constructor(options: {
    access: Access;
    store: Pick<RunStore, 'get' | 'list'>;
  }) {
    this.#access = options.access;
    this.#store = options.store;
  }

  /**
   * The run, where the person may read it. One of an entity that is hidden answers like a run that does not exist. Of
   * an entity that is gone from the catalog the run is left to whoever started it, to those who may read runs of another
   * entity that it concerns, and to those who may export all evidence, and so the run with it.
   *
   * @throws NotFoundError, NotAllowedError, AuthenticationError
   */
  async readable(runId: string, credentials: UserCredentials): Promise<Run> {
    const run = await this.#store.get(runId);
    const { entityRef } = run.plan;
    try {
      await this.#access.entity(credentials, entityRef);
    } catch (error) {
      if (!(error instanceof NotFoundError)) throw error;
      const gone = await this.#access.goneAmong([entityRef]);
      if (gone.has(entityRef) && (await this.#isLeft(credentials, run))) {
        return run;
      }
      throw new NotFoundError(`There is no run '${runId}'`);
    }
    check(await this.#forOne(credentials, run, runReadPermission));
    return run;
  }

  /**
   * Whose runs the person may list, of some entities: of those that they may read runs of, and of those that are gone
   * the runs that they started, or all where they may export all evidence.
   */
  history(credentials: UserCredentials): ReadingHistory {
    const select = this.#access.selecting(credentials, runReadPermission);
    return async entityRefs => {
      const refs = [...entityRefs];
      const readable = await select(refs);
      const gone = await this.#access.goneAmong(
        refs.filter(ref => !readable.has(ref)),
      );
      const isAuditor = gone.size > 0 && (await this.#mayAudit(credentials));
      return {
        all: [...readable, ...(isAuditor ? gone : [])],
        own: isAuditor ? [] : [...gone],
        gone,
      };
    };
  }

  /**
   * Refuses somebody who may not list the runs of an entity. One that is gone is listed to those who may export all
   * evidence, where runs of it are kept; to everybody else it answers as if it were hidden, or had never been.
   *
   * @throws NotFoundError, NotAllowedError, AuthenticationError
   */
  async checkHistoryOf(
    entityRef: EntityRef,
    credentials: UserCredentials,
  ): Promise<void> {
    try {
      await this.#access.entity(credentials, entityRef, runReadPermission);
    } catch (error) {
      if (!(error instanceof NotFoundError)) throw error;
      if (!(await this.#mayAudit(credentials))) throw error;
      const gone = await this.#access.goneAmong([entityRef]);
      if (!gone.has(entityRef)) throw error;
      const { runs } = await this.#store.list({
        entityRefs: [entityRef],
        limit: 1,
      });
      if (runs.length === 0) throw error;
    }
  }

  /** Leaves, of entities, those that the person may see, and those that are gone, which nobody can see. */
  seenOrGone(credentials: UserCredentials): Selecting {
    const select = this.#access.selecting(credentials);
    return async entityRefs => {
      const refs = [...entityRefs];
      const seen = await select(refs);
      const gone = await this.#access.goneAmong(
        refs.filter(ref => !seen.has(ref)),
      );
      return new Set([...seen, ...gone]);
    };
  }

  /** The error as the person may read it: with the run that is in the way, where they may read that one too. */
  async named(error: unknown, credentials: UserCredentials): Promise<unknown> {
    if (!(error instanceof LockedError)) return error;
    const other = await this.readable(error.runId, credentials).catch(() => {});
    return other ? error.named() : error;
  }

  /** Checks what a command needs beside reading. @throws NotAllowedError */
  async checkCommand(
    credentials: UserCredentials,
    run: Run,
    command: RunCommandRequest,
  ): Promise<void> {
    const { kind } = command;
    if (letsGo(command)) {
      check(await this.#toLetGo(credentials, run));
      return;
    }
    check(
      kind === 'approve' || kind === 'deny'
        ? await this.#forOne(credentials, run, stepApprovePermission)
        : await this.#toDrive(credentials, run),
    );
  }

  /** What the person may do by permission, for the page of the run. */
  async permissions(
    credentials: UserCredentials,
    run: Run,
  ): Promise<ViewerPermissions> {
    const [mayDrive, mayApprove, mayLetGo] = await Promise.all([
      this.#toDrive(credentials, run),
      this.#forOne(credentials, run, stepApprovePermission),
      this.#toLetGo(credentials, run),
    ]);
    return { mayDrive, mayApprove, mayLetGo };
  }

  /** Of a run of an entity that is gone. */
  async #isLeft(credentials: UserCredentials, run: Run): Promise<boolean> {
    if (await this.#mayAudit(credentials)) return true;
    if (run.requestedBy === credentials.principal.userEntityRef) {
      return this.#access.isSomewhere(credentials, runReadPermission);
    }
    return (await this.#forOne(credentials, run, runReadPermission)).allowed;
  }

  /** Whether the person may read runs, and export those of all entities. */
  async #mayAudit(credentials: UserCredentials): Promise<boolean> {
    return (
      (await this.#access.isSomewhere(credentials, runReadPermission)) &&
      (await this.#access.isGiven(credentials, evidenceExportPermission))
    );
  }

  async #toDrive(credentials: UserCredentials, run: Run): Promise<Permitted> {
    const [permitted] = await this.#access.permitted(
      credentials,
      run.plan.entityRef,
      runCreatePermission,
    );
    return permitted;
  }

  /** For the run's own entity, or for one whose objects it keeps from others. */
  async #toLetGo(credentials: UserCredentials, run: Run): Promise<Permitted> {
    const mayDrive = await this.#toDrive(credentials, run);
    if (mayDrive.allowed) return mayDrive;
    const select = this.#access.selecting(credentials, runCreatePermission);
    const permitted = await select(lockingEntities(run));
    return permitted.size > 0 ? { allowed: true } : mayDrive;
  }

  async #forOne(
    credentials: UserCredentials,
    run: Run,
    permission: EntityPermission,
  ): Promise<Permitted> {
    const select = this.#access.selecting(credentials, permission);
    const permitted = await select(concernedEntities(run));
    return permitted.size > 0
      ? { allowed: true }
      : this.#access.missing(credentials, run.plan.entityRef, permission);
  }
}

function check(permitted: Permitted): void {
  if (!permitted.allowed) throw new NotAllowedError(permitted.because);
}
