import { NotAllowedError, NotFoundError } from '@backstage/errors';
import {
  concernedEntities,
  letsGo,
  lockingEntities,
  runCreatePermission,
  runReadPermission,
  stepApprovePermission,
  type EntityPermission,
  type Permitted,
  type Run,
  type RunCommandRequest,
} from '@backstage-runbooks/plugin-runbooks-common';
import type { Access, UserCredentials } from '../http/access';
import { LockedError } from './LockedError';
import type { ViewerPermissions } from './RunService';
import type { RunStore } from './RunStore';

/**
 * What a person may do with a run, by the permissions that they have for its entities.
 *
 * Driving needs the permission for the run's own entity. Reading and approving need it for one of those that the run
 * concerns: an owner of what a step writes must be able to see and approve it, though the run is of another entity.
 * Which approval they can give is decided for each entity, see `RunService`.
 */
export class RunAccess {
  readonly #access: Access;
  readonly #store: Pick<RunStore, 'get'>;

  constructor(options: { access: Access; store: Pick<RunStore, 'get'> }) {
    this.#access = options.access;
    this.#store = options.store;
  }

  /**
   * The run, where the person may read it. One of an entity that is hidden answers like a run that does not exist. Of
   * an entity that is gone from the catalog the run is left to those who may read runs of another that it concerns.
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
      const mayRead =
        (await this.#access.isGone(entityRef)) &&
        (await this.#forOne(credentials, run, runReadPermission)).allowed;
      if (mayRead) return run;
      throw new NotFoundError(`There is no run '${runId}'`);
    }
    check(await this.#forOne(credentials, run, runReadPermission));
    return run;
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
      : {
          allowed: false,
          because: `You do not have the permission '${permission.name}' for ${run.plan.entityRef}`,
        };
  }
}

function check(permitted: Permitted): void {
  if (!permitted.allowed) throw new NotAllowedError(permitted.because);
}
