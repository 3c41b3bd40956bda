import { randomUUID } from 'node:crypto';
import { ConflictError, InputError } from '@backstage/errors';
import {
  decideRun,
  runActionsOf,
  stepActionsOf,
  verifyLedger,
  type ClusterSummary,
  type ListRunsQuery,
  type OutputPage,
  type Permitted,
  type Run,
  type RunCommandRequest,
  type RunLedger,
  type RunPage,
  type RunPolicy,
  type RunSummary,
  type RunView,
  type StartRunRequest,
  type WaitingApproval,
} from '@backstage-runbooks/plugin-runbooks-common';
import type { Selecting, UserCredentials } from '../http/access';
import { refusalToError } from '../http/refusalToError';
import type { Ownership } from '../oncall/Ownership';
import type { ApprovalNotifier } from './ApprovalNotifier';
import type { AttemptRunner } from './AttemptRunner';
import { encodeCursor } from './cursor';
import type { PlanService } from './PlanService';
import type { AttemptRef, RunStore } from './RunStore';

const OUTPUT_PAGE_BYTES = 512 * 1024;
const MAX_WAITING = 100;
const RUNS_ON_A_PAGE = 25;
/** Of runs that the person may not read, before they get what was found so far. */
const MAX_PAGES_LOOKED_AT = 20;

/** What the person looking may do by permission, before anything else is asked. */
export interface ViewerPermissions {
  mayDrive: Permitted;
  mayApprove: Permitted;
}

/** What people do with runs: start, drive, approve, look. Each use case loads, decides, saves; workers act. */
export class RunService {
  readonly #runs: RunStore;
  readonly #plans: PlanService;
  readonly #ownership: Ownership;
  readonly #attempts: AttemptRunner;
  readonly #notifier: ApprovalNotifier;
  readonly #policy: RunPolicy;

  constructor(options: {
    runs: RunStore;
    plans: PlanService;
    ownership: Ownership;
    attempts: AttemptRunner;
    notifier: ApprovalNotifier;
    policy: RunPolicy;
  }) {
    this.#runs = options.runs;
    this.#plans = options.plans;
    this.#ownership = options.ownership;
    this.#attempts = options.attempts;
    this.#notifier = options.notifier;
    this.#policy = options.policy;
  }

  /**
   * Starts exactly the plan that the person saw.
   *
   * @throws InputError where it cannot be planned, ConflictError where it is another plan by now.
   */
  async start(
    request: StartRunRequest,
    credentials: UserCredentials,
  ): Promise<Run> {
    const { planDigest, ...planRequest } = request;
    const by = credentials.principal.userEntityRef;
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
    await this.#runs.putSnapshot(snapshot.revision, await snapshot.archive());
    const run = await this.#runs.create(
      randomUUID(),
      [{ kind: 'run-started', by, plan }],
      new Date(),
    );
    await this.#attempts.keepSecrets(run.id, secrets);
    return run;
  }

  /** Does what a person wants done. @throws what `refusalToError` makes of a refusal. */
  async command(
    runId: string,
    command: RunCommandRequest,
    credentials: UserCredentials,
  ): Promise<Run> {
    const userRef = credentials.principal.userEntityRef;
    const seen = await this.#visible(runId, credentials);
    const at = new Date();
    const entitlement = await this.#ownership.entitlementOf(
      userRef,
      seen.plan.entityRef,
      at,
    );
    const run = await this.#runs.change(runId, at, current => {
      const decision = decideRun(
        current,
        command,
        { userRef, entitlement },
        this.#policy,
        at.toISOString(),
      );
      if (decision.kind === 'refused') throw refusalToError(decision.refusal);
      return decision.events;
    });
    if (command.kind === 'request-approval')
      await this.#notify(run, command.stepId);
    return run;
  }

  /** The run as one person sees it, with what they may do and why not. */
  async view(
    runId: string,
    credentials: UserCredentials,
    permissions: ViewerPermissions,
  ): Promise<RunView> {
    const run = await this.#visible(runId, credentials);
    const userRef = credentials.principal.userEntityRef;
    const at = new Date();
    const [entity, entitlement, approvers, clusters] = await Promise.all([
      this.#plans.entity(run.plan.entityRef, credentials),
      this.#ownership.entitlementOf(userRef, run.plan.entityRef, at),
      this.#ownership.approversOf(run.plan.entityRef, at),
      this.#plans.clusters(),
    ]);
    const actor = { userRef, entitlement };
    const cluster = clusterOf(run, clusters);
    return {
      run,
      entityTitle: entity.metadata.title ?? entity.metadata.name,
      viewer: {
        userRef,
        steps: stepActionsOf(
          run,
          actor,
          permissions,
          this.#policy,
          at.toISOString(),
        ),
        ...runActionsOf(
          run,
          actor,
          permissions.mayDrive,
          this.#policy,
          at.toISOString(),
        ),
      },
      approvers: approvers
        .filter(one => one.userRef !== run.requestedBy)
        .map(one => ({ entityRef: run.plan.entityRef, ...one })),
      ...(cluster ? { cluster } : {}),
    };
  }

  /**
   * History, without the runs of entities that `readable` does not leave. A page is filled from what follows; where
   * few can be read it may hold fewer runs than asked for, or none, and there are more after it all the same.
   */
  async list(query: ListRunsQuery, readable: Selecting): Promise<RunPage> {
    const limit = query.limit ?? RUNS_ON_A_PAGE;
    const runs: RunSummary[] = [];
    let { cursor } = query;
    for (let looked = 0; looked < MAX_PAGES_LOOKED_AT; looked += 1) {
      const page = await this.#runs.list({ ...query, limit, cursor });
      const entityRefs = await readable(page.runs.map(run => run.entityRef));
      for (const run of page.runs) {
        if (!entityRefs.has(run.entityRef)) continue;
        if (runs.length === limit) {
          const last = runs[limit - 1];
          return { runs, nextCursor: encodeCursor(last.startedAt, last.id) };
        }
        runs.push(run);
      }
      cursor = page.nextCursor;
      if (cursor === undefined) return { runs };
    }
    return { runs, nextCursor: cursor };
  }

  async output(
    ref: AttemptRef,
    offset: number,
    credentials: UserCredentials,
  ): Promise<OutputPage> {
    const run = await this.#visible(ref.runId, credentials);
    const page = await this.#runs.readOutput(ref, offset, OUTPUT_PAGE_BYTES);
    const state = run.steps[ref.stepId];
    const isLast = (run.attempts[ref.stepId] ?? 0) === ref.attempt;
    const result =
      isLast && state && 'result' in state ? state.result : undefined;
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

  async ledger(
    runId: string,
    credentials: UserCredentials,
  ): Promise<RunLedger> {
    await this.#visible(runId, credentials);
    const entries = await this.#runs.ledger(runId);
    return {
      events: entries.map(({ text: _text, ...event }) => event),
      calls: await this.#runs.calls(runId),
      verification: verifyLedger(entries),
    };
  }

  /** Approvals that wait for this person: they are entitled and did not ask themselves. */
  async approvalsFor(
    credentials: UserCredentials,
    approvable: Selecting,
  ): Promise<WaitingApproval[]> {
    const userRef = credentials.principal.userEntityRef;
    const at = new Date();
    const runs = await this.#runs.waiting(MAX_WAITING);
    const entityRefs = await approvable(runs.map(run => run.plan.entityRef));
    const entitled = new Set<string>();
    for (const entityRef of entityRefs) {
      const entitlement = await this.#ownership.entitlementOf(
        userRef,
        entityRef,
        at,
      );
      if (entitlement.entitled) entitled.add(entityRef);
    }
    return runs
      .filter(
        run => entitled.has(run.plan.entityRef) && run.requestedBy !== userRef,
      )
      .flatMap(run => waitingOf(run, userRef, at.toISOString()));
  }

  async #visible(runId: string, credentials: UserCredentials): Promise<Run> {
    const run = await this.#runs.get(runId);
    await this.#plans.entity(run.plan.entityRef, credentials);
    return run;
  }

  async #notify(run: Run, stepId: string): Promise<void> {
    const step = run.plan.steps.find(({ id }) => id === stepId);
    const state = run.steps[stepId];
    if (!step || state?.status !== 'waiting-approval') return;
    const approvers = await this.#ownership.approversOf(
      run.plan.entityRef,
      new Date(),
    );
    const asking = [run.requestedBy, state.request.requestedBy];
    await this.#notifier.requested(
      run,
      step,
      approvers
        .map(({ userRef }) => userRef)
        .filter(userRef => !asking.includes(userRef)),
    );
  }
}

function clusterOf(
  run: Run,
  clusters: ClusterSummary[],
): ClusterSummary | undefined {
  return clusters.find(({ name }) => name === run.plan.cluster);
}

function waitingOf(run: Run, userRef: string, at: string): WaitingApproval[] {
  return run.plan.steps.flatMap(step => {
    const state = run.steps[step.id];
    return state.status === 'waiting-approval' &&
      state.request.requestedBy !== userRef &&
      state.request.expiresAt > at
      ? [
          {
            runId: run.id,
            stepId: step.id,
            stepTitle: step.title,
            procedureTitle: run.plan.procedure.title,
            entityRef: run.plan.entityRef,
            effect: step.effect,
            requestedBy: state.request.requestedBy,
            requestedAt: state.request.requestedAt,
            expiresAt: state.request.expiresAt,
          },
        ]
      : [];
  });
}
