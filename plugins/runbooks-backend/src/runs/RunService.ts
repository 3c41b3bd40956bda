import { randomUUID } from 'node:crypto';
import {
  ConflictError,
  InputError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import {
  approvingEntities,
  canonicalText,
  concerns,
  decideRun,
  lockingEntities,
  missingPermissionWords,
  runActionsOf,
  stepActionsOf,
  stepApprovePermission,
  type Actor,
  type BoundStep,
  type ClusterSummary,
  type EntityRef,
  type Hold,
  type OutputPage,
  type Permitted,
  type Preview,
  type Run,
  type RunCommandRequest,
  type RunLedger,
  type RunPolicy,
  type RunView,
  type StartRunRequest,
  type UsedFiles,
} from '@backstage-runbooks/plugin-runbooks-common';
import type { Clock } from '../database/DatabaseClock';
import type { Holds } from '../holds/Holds';
import type { Selecting, UserCredentials } from '../http/access';
import { refusalToError } from '../http/refusalToError';
import type { LedgerReader } from '../ledger/LedgerReader';
import type { SecretBox } from '../workspaces/SecretBox';
import { actorOf, type RunOwnership } from './actorOf';
import { approversFor } from './approversFor';
import { BoundCommands } from './BoundCommands';
import type { HiddenValues } from './HiddenValues';
import type { PlanService } from './PlanService';
import type { SecretParameters } from './SecretParameters';
import type {
  AttemptRef,
  AttemptStore,
  RunStore,
  SnapshotStore,
  StartKey,
} from './RunStore';
import type { StepBinder } from './StepBinder';
import { stepOf } from './stepOf';
import type { StepPreviews } from './StepPreviews';

const OUTPUT_PAGE_BYTES = 512 * 1024;

/** What the person looking may do by permission, before anything else is asked. */
export interface ViewerPermissions {
  mayDrive: Permitted;
  mayApprove: Permitted;
  /** Cancel, finish and settle. */
  mayLetGo: Permitted;
}

/** What it does with runs that are kept. */
type KeptRuns = Pick<
  RunStore,
  'get' | 'vouched' | 'change' | 'create' | 'startedWith' | 'retryOf'
>;

/**
 * What people do with a run: start, drive, approve, look. Each use case loads, decides, saves; workers act. Whether a
 * person may see a run at all is asked before, see RunAccess.
 */
export class RunService {
  readonly #runs: KeptRuns;
  readonly #attempts: AttemptStore;
  readonly #snapshots: Pick<SnapshotStore, 'putSnapshot'>;
  readonly #plans: Pick<PlanService, 'plan' | 'entity' | 'clusters'>;
  readonly #ownership: RunOwnership;
  readonly #binder: Pick<StepBinder, 'files'>;
  readonly #bound: BoundCommands;
  readonly #parameters: Pick<SecretParameters, 'sealed'>;
  readonly #hidden: Pick<HiddenValues, 'recording'>;
  readonly #box: Pick<SecretBox, 'keyedDigest'>;
  readonly #policy: RunPolicy;
  readonly #holds: Pick<Holds, 'on'>;
  readonly #ledgers: Pick<LedgerReader, 'read'>;
  readonly #mayStart: Permitted;
  readonly #clock: Clock;

  constructor(options: {
    runs: KeptRuns;
    attempts: AttemptStore;
    snapshots: Pick<SnapshotStore, 'putSnapshot'>;
    plans: Pick<PlanService, 'plan' | 'entity' | 'clusters'>;
    ownership: RunOwnership;
    binder: Pick<StepBinder, 'bind' | 'files'>;
    previews: Pick<StepPreviews, 'of'>;
    parameters: Pick<SecretParameters, 'sealed'>;
    box: Pick<SecretBox, 'keyedDigest'>;
    hidden: Pick<HiddenValues, 'recording'>;
    policy: RunPolicy;
    /** What keeps changes from starting. */
    holds: Pick<Holds, 'on'>;
    ledgers: Pick<LedgerReader, 'read'>;
    /** Whether any run may start, see `mayStartRuns`. */
    mayStart: Permitted;
    /** By which requests expire, and which tells when something was done. */
    clock: Clock;
  }) {
    this.#runs = options.runs;
    this.#attempts = options.attempts;
    this.#snapshots = options.snapshots;
    this.#plans = options.plans;
    this.#ownership = options.ownership;
    this.#binder = options.binder;
    this.#bound = new BoundCommands(options);
    this.#parameters = options.parameters;
    this.#hidden = options.hidden;
    this.#box = options.box;
    this.#policy = options.policy;
    this.#holds = options.holds;
    this.#ledgers = options.ledgers;
    this.#mayStart = options.mayStart;
    this.#clock = options.clock;
  }

  /**
   * Starts exactly the plan that the person saw. With an idempotency key that they used before: the run that it
   * started, and no other.
   *
   * @throws ServiceUnavailableError where no run may start, InputError where it cannot be planned, ConflictError where it is another plan by now, or where the key
   *   started something else.
   */
  async start(
    request: StartRunRequest,
    credentials: UserCredentials,
  ): Promise<Run> {
    const { planDigest, idempotencyKey, ...planRequest } = request;
    const by = credentials.principal.userEntityRef;
    const key = idempotencyKey && this.#startKey(request, by);
    const known = key && (await this.#runs.startedWith(key));
    if (known) return known;
    if (!this.#mayStart.allowed) {
      throw new ServiceUnavailableError(this.#mayStart.because);
    }
    const { decision, snapshot, secrets } = await this.#plans.plan(
      planRequest,
      by,
      credentials,
    );
    if (decision.kind === 'refused') {
      throw new InputError(
        decision.problems.map(({ message }) => message).join('; '),
      );
    }
    const { plan } = decision;
    if (plan.digest !== planDigest) {
      throw new ConflictError(
        `'${plan.procedure.title}' is not what you saw any more: the runbook or its repository has changed; look at it again`,
      );
    }
    await this.#snapshots.putSnapshot(
      snapshot.revision,
      await snapshot.archive(),
    );
    const runId = randomUUID();
    return this.#runs.create(
      {
        runId,
        events: [{ kind: 'run-started', by, plan }],
        secrets: this.#parameters.sealed(runId, secrets),
        ...(key ? { key } : {}),
      },
      await this.#clock.now(),
    );
  }

  /** Does what a person wants done. @throws what `refusalToError` makes of a refusal. */
  async command(
    runId: string,
    request: RunCommandRequest,
    credentials: UserCredentials,
    approvable: Selecting,
  ): Promise<Run> {
    const userRef = credentials.principal.userEntityRef;
    const seen = await this.#runs.vouched(runId);
    const at = await this.#clock.now();
    const known = await this.#actorOf(seen, userRef, at);
    const actor = isDecision(request)
      ? await onlyApprovable(known, approvable)
      : known;
    const policy = await this.#policyOn(seen, at);
    const command = await this.#bound.command(seen, request, userRef, planned =>
      decideRun(seen, planned, actor, policy, at.toISOString()),
    );
    // Bound, it may write what has others too.
    const now =
      'binding' in command ? await this.#policyOn(seen, at, command) : policy;
    const recorded = await this.#hidden.recording(runId);
    const run = await this.#runs.change(runId, at, current => {
      const decision = decideRun(
        current,
        command,
        actor,
        now,
        at.toISOString(),
      );
      if (decision.kind === 'refused') throw refusalToError(decision.refusal);
      return recorded(decision.events);
    });
    return run;
  }

  /** The run as one person sees it, with what they may do and why not. */
  async view(
    runId: string,
    credentials: UserCredentials,
    permissions: ViewerPermissions,
  ): Promise<RunView> {
    const run = await this.#runs.get(runId);
    const userRef = credentials.principal.userEntityRef;
    const at = await this.#clock.now();
    const [entity, actor, approvers, clusters, retry, policy] =
      await Promise.all([
        this.#entityOf(run, credentials),
        this.#actorOf(run, userRef, at),
        approversFor(this.#ownership, run, askableOf(run), at),
        this.#plans.clusters(),
        this.#runs.retryOf(runId),
        this.#policyOn(run, at),
      ]);
    const cluster = clusterOf(run, clusters);
    return {
      run,
      ...entity,
      viewer: {
        userRef,
        steps: stepActionsOf(run, actor, permissions, policy, at.toISOString()),
        ...runActionsOf(
          run,
          actor,
          permissions.mayLetGo,
          policy,
          at.toISOString(),
        ),
      },
      approvers,
      ...(cluster ? { cluster } : {}),
      ...(retry ? { retry } : {}),
      ...holdsOf(policy, run),
    };
  }

  async output(ref: AttemptRef, offset: number): Promise<OutputPage> {
    const run = await this.#runs.get(ref.runId);
    checkAttempt(run, ref);
    const page = await this.#attempts.readOutput(
      ref,
      offset,
      OUTPUT_PAGE_BYTES,
    );
    const state = run.steps[ref.stepId];
    const isLast = (run.attempts[ref.stepId] ?? 0) === ref.attempt;
    const result =
      isLast && state && 'result' in state ? state.result : undefined;
    if (result && offset > result.outputBytes) {
      throw new InputError(
        `offset: is ${offset}; expected at most ${result.outputBytes}, for the output has no more bytes`,
      );
    }
    const isUnderWay =
      isLast && ['queued', 'running'].includes(state?.status ?? '');
    return {
      ...page,
      complete:
        !isUnderWay &&
        (result ? page.nextOffset >= result.outputBytes : page.text === ''),
      truncated: result?.truncated ?? false,
    };
  }

  /**
   * The scripts and manifests that a step uses, as git has them.
   *
   * @throws NotFoundError where the run has no such step.
   */
  async files(run: Run, stepId: string, person: string): Promise<UsedFiles> {
    return this.#binder.files(run, stepOf(run, stepId), person);
  }

  /**
   * What a step would change in the cluster if it ran now, for somebody who could ask for its approval; undefined where
   * it changes nothing there.
   *
   * @throws what `refusalToError` makes of why they could not, TooManyError
   */
  async preview(
    { id: runId }: Run,
    stepId: string,
    credentials: UserCredentials,
  ): Promise<Preview | undefined> {
    const run = await this.#runs.vouched(runId);
    const userRef = credentials.principal.userEntityRef;
    const at = await this.#clock.now();
    const [actor, policy] = await Promise.all([
      this.#actorOf(run, userRef, at),
      this.#policyOn(run, at),
    ]);
    return this.#bound.preview(run, stepId, userRef, command =>
      decideRun(run, command, actor, policy, at.toISOString()),
    );
  }

  /** The policy with what holds at a moment; of a run that has ended nothing can start. */
  async #policyOn(run: Run, at: Date, bound?: BoundStep): Promise<RunPolicy> {
    if (run.status.kind === 'finished') return this.#policy;
    const holds = await this.#holds.on(
      [
        ...concernedOf(run),
        ...(bound ? approvingEntities(run, bound.binding.requires) : []),
      ],
      at,
    );
    return { ...this.#policy, holds };
  }

  #actorOf(run: Run, userRef: EntityRef, at: Date): Promise<Actor> {
    return actorOf(
      this.#ownership,
      userRef,
      decidableOf(run),
      accountsIn(run),
      at,
    );
  }

  async ledger(runId: string): Promise<RunLedger> {
    return this.#ledgers.read(runId);
  }

  /** What the person asked for may hold secret values, so its digest is a keyed one. */
  #startKey(
    { idempotencyKey, ...request }: StartRunRequest,
    userRef: EntityRef,
  ): StartKey {
    return {
      userRef,
      key: idempotencyKey ?? '',
      requestDigest: this.#box.keyedDigest(
        canonicalText(request),
        `start by ${userRef}`,
      ),
    };
  }

  /** By its reference, where the entity is gone: a run of one that is hidden is shown to nobody. */
  async #entityOf(
    run: Run,
    credentials: UserCredentials,
  ): Promise<Pick<RunView, 'entityTitle' | 'entityIsGone'>> {
    const { entityRef } = run.plan;
    try {
      const { metadata } = await this.#plans.entity(entityRef, credentials);
      return { entityTitle: metadata.title ?? metadata.name };
    } catch (error) {
      if (!(error instanceof NotFoundError)) throw error;
      return { entityTitle: entityRef, entityIsGone: true };
    }
  }
}

function isDecision({ kind }: RunCommandRequest): boolean {
  return kind === 'approve' || kind === 'deny';
}

/** Entitled to nothing where the permission is missing: each approval counts for entities with both only. */
async function onlyApprovable(
  actor: Actor,
  approvable: Selecting,
): Promise<Actor> {
  const permitted = await approvable(Object.keys(actor.entitlements));
  const entitlements = Object.entries(actor.entitlements).map(
    ([entityRef, entitlement]) => [
      entityRef,
      permitted.has(entityRef)
        ? entitlement
        : {
            entitled: false,
            because: missingPermissionWords({
              permission: stepApprovePermission,
              entityRef,
            }),
          },
    ],
  );
  return { ...actor, entitlements: Object.fromEntries(entitlements) };
}

/** @throws NotFoundError for a step that is not in the plan, and for an attempt that was never made. */
function checkAttempt(run: Run, { stepId, attempt }: AttemptRef): void {
  if (!run.plan.steps.some(({ id }) => id === stepId)) {
    throw new NotFoundError(
      `step: this run has no step '${stepId}'; expected one of ${run.plan.steps
        .map(({ id }) => `'${id}'`)
        .join(', ')}`,
    );
  }
  const made = run.attempts[stepId] ?? 0;
  if (attempt > made) {
    throw new NotFoundError(
      `attempt: step '${stepId}' has no attempt ${attempt}; expected ${
        made === 0 ? 'one that was made, and none was' : `1 to ${made}`
      }`,
    );
  }
}

/** The run's own entity and those whose approval its waiting steps need. */
function entitiesOf(run: Run): EntityRef[] {
  const needed = Object.values(run.steps).flatMap(state =>
    state.status === 'waiting-approval'
      ? approvingEntities(run, state.request.binding.requires)
      : [],
  );
  return [...new Set([run.plan.entityRef, ...needed])];
}

/** Those whose owners may still have to be asked: for steps that wait, and for those that may come. None after the end. */
function askableOf(run: Run): EntityRef[] {
  if (run.status.kind === 'finished') return [];
  const planned = run.plan.steps.flatMap(step =>
    approvingEntities(run, step.requires),
  );
  return [...new Set([...entitiesOf(run), ...planned])];
}

/** Those for which somebody may decide anything in the run. */
function decidableOf(run: Run): EntityRef[] {
  return [...new Set([...entitiesOf(run), ...lockingEntities(run)])];
}

/** Who started the run, asked for approvals that wait, and gave some. */
function accountsIn(run: Run): EntityRef[] {
  const asked = Object.values(run.steps).flatMap(state =>
    state.status === 'waiting-approval'
      ? [
          state.request.requestedBy,
          ...state.given.map(({ approvedBy }) => approvedBy),
        ]
      : [],
  );
  return [...new Set([run.requestedBy, ...asked])];
}

/** Those whose owners may be asked or may decide: what holds for any of them holds something of the run. */
function concernedOf(run: Run): EntityRef[] {
  return [...askableOf(run), ...decidableOf(run)];
}

/** Those that keep something of the run from starting. */
function holdsOf({ holds = [] }: RunPolicy, run: Run): { holds?: Hold[] } {
  const ofRun = holds.filter(hold =>
    concerns(hold, concernedOf(run), run.plan.cluster),
  );
  return ofRun.length > 0 ? { holds: ofRun } : {};
}

function clusterOf(
  run: Run,
  clusters: ClusterSummary[],
): ClusterSummary | undefined {
  return clusters.find(({ name }) => name === run.plan.cluster);
}
