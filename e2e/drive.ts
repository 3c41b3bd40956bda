import { expect } from '@playwright/test';
import type {
  EntityRunbooks,
  OutputPage,
  Plan,
  PlannedStep,
  PlanResponse,
  ProcedureView,
  RunCommandRequest,
  RunView,
  StepState,
} from '../plugins/runbooks-common/src';
import { missingApprovals } from '../plugins/runbooks-common/src/run/decideApproval';
import { askBackend, type DemoPerson } from './portal';

/** A document may wait for five minutes: `kubectl wait --timeout=5m`. */
const STEP_TIMEOUT_MS = 360_000;
const SETTLED = ['succeeded', 'failed', 'interrupted', 'confirmed', 'skipped'];

/** Why the portal does not run a step. */
export const BY_HAND = /" is done by hand: ([^]*)/;

/** What came of one step. */
export interface DrivenStep {
  step: PlannedStep;
  state: StepState;
  output: string;
}

/** A run that two people drive through the portal's API, as the page would. */
export class DrivenRun {
  readonly id: string;
  readonly plan: Plan;
  readonly #requester: DemoPerson;
  readonly #approver: DemoPerson;

  private constructor(
    view: RunView,
    requester: DemoPerson,
    approver: DemoPerson,
  ) {
    this.id = view.run.id;
    this.plan = view.run.plan;
    this.#requester = requester;
    this.#approver = approver;
  }

  /** Plans and starts a procedure of an entity; one that is named is found by its title. */
  static async start(options: {
    entity: string;
    procedure: string | RegExp | ProcedureView;
    parameters?: Record<string, string>;
    requester: DemoPerson;
    approver: DemoPerson;
  }): Promise<DrivenRun> {
    const { requester, procedure } = options;
    const view =
      typeof procedure === 'string' || procedure instanceof RegExp
        ? await findProcedure(options.entity, procedure, requester)
        : procedure;
    const prefilled = Object.fromEntries(
      view.parameters.flatMap(({ name, value }) =>
        value === undefined ? [] : [[name, value]],
      ),
    );
    const request = {
      entityRef: view.entityRef,
      runbookId: view.runbook.id,
      procedureId: view.procedure.id,
      parameters: { ...prefilled, ...options.parameters },
    };
    const planned = await told<PlanResponse>(
      askBackend(requester, 'plans', request),
    );
    if (planned.kind === 'refused') {
      throw new Error(
        planned.problems.map(({ message }) => message).join('; '),
      );
    }
    const run = await told<RunView>(
      askBackend(requester, 'runs', {
        ...request,
        planDigest: planned.plan.digest,
      }),
    );
    return new DrivenRun(run, requester, options.approver);
  }

  /** The steps of the plan whose title or text matches, in order. */
  steps(matching: string | RegExp): PlannedStep[] {
    return this.plan.steps.filter(({ title, condition = '', display }) =>
      [title, condition, display].some(text =>
        typeof matching === 'string'
          ? text.includes(matching)
          : matching.test(text),
      ),
    );
  }

  /**
   * Runs one step, asking and giving the approval that it needs, and waits for its end. One that turns out to be done
   * by hand once earlier steps have left their values is skipped with that reason, as a person would.
   */
  async run(matching: string | RegExp | PlannedStep): Promise<DrivenStep> {
    const step = isStep(matching) ? matching : this.#only(matching);
    const stepId = step.id;
    if (step.type !== 'command') {
      await this.command(this.#requester, { kind: 'confirm', stepId });
    } else {
      await this.#runApproved(step).catch((error: Error) => {
        if (!BY_HAND.test(error.message)) throw error;
        return this.skip(step, error.message);
      });
    }
    return this.#settled(step);
  }

  /** Runs a step and expects it to succeed. */
  async succeeds(matching: string | RegExp | PlannedStep): Promise<DrivenStep> {
    const driven = await this.run(matching);
    expect(
      { title: driven.step.title, status: driven.state.status },
      `${driven.step.display}\n${driven.output}`,
    ).toEqual({
      title: driven.step.title,
      status: driven.step.type === 'command' ? 'succeeded' : 'confirmed',
    });
    return driven;
  }

  /** Runs every step of the plan that the filter lets, in order. */
  async runAll(
    wanted: (step: PlannedStep) => boolean = () => true,
  ): Promise<DrivenStep[]> {
    const driven: DrivenStep[] = [];
    for (const step of this.plan.steps.filter(wanted)) {
      driven.push(await this.succeeds(step));
    }
    return driven;
  }

  async skip(
    matching: string | RegExp | PlannedStep,
    reason: string,
  ): Promise<void> {
    const step = isStep(matching) ? matching : this.#only(matching);
    await this.command(this.#requester, {
      kind: 'skip',
      stepId: step.id,
      reason,
    });
  }

  /** Ends the run and checks that its ledger holds. */
  async finish(): Promise<void> {
    await this.command(this.#requester, {
      kind: 'finish',
      outcome: 'succeeded',
    });
    const { body } = await askBackend(this.#approver, `runs/${this.id}/ledger`);
    expect(body.verification).toMatchObject({ intact: true });
  }

  async command(
    person: DemoPerson,
    command: RunCommandRequest,
  ): Promise<RunView> {
    return told<RunView>(
      askBackend(person, `runs/${this.id}/commands`, command),
    );
  }

  async #runApproved(step: PlannedStep): Promise<void> {
    if (await this.#runsAtOnce(step)) return;
    await this.#request(step);
    await this.#approve(step);
  }

  /** Whether it needs no approval; of some steps that is known only when they come. */
  async #runsAtOnce({ id, requires }: PlannedStep): Promise<boolean> {
    if (requires.kind !== 'nothing' && requires.kind !== 'later') return false;
    const { status, body } = await askBackend(
      this.#requester,
      `runs/${this.id}/commands`,
      { kind: 'run-step', stepId: id },
    );
    if (status === 403 && requires.kind === 'later') return false;
    if (status >= 400) throw new Error(`${status}: ${body?.error?.message}`);
    return true;
  }

  /** What must be typed may be known only when the step is bound, by a file that an earlier step changed. */
  async #request({ id, requires }: PlannedStep): Promise<void> {
    const ask = (confirmation?: string) =>
      askBackend(this.#requester, `runs/${this.id}/commands`, {
        kind: 'request-approval',
        stepId: id,
        ...(confirmation === undefined ? {} : { confirmation }),
      });
    const planned =
      requires.kind === 'approval-and-confirmation'
        ? requires.typed
        : undefined;
    const { status, body } = await ask(planned);
    const wanted = /type "([^"]+)" to ask for it/.exec(
      body?.error?.message ?? '',
    )?.[1];
    if (status === 400 && wanted !== undefined && wanted !== planned) {
      await told(ask(wanted));
    } else if (status >= 400) {
      throw new Error(`${status}: ${body?.error?.message}`);
    }
  }

  /**
   * Approves what the page of the run shows to the approver: the step as it was bound when it was asked for. What the
   * approver is not entitled for is approved by somebody whom the page names.
   */
  async #approve({ id, title }: PlannedStep): Promise<void> {
    for (;;) {
      const { run, approvers } = await told<RunView>(
        askBackend(this.#requester, `runs/${this.id}`),
      );
      const state = run.steps[id];
      if (state.status !== 'waiting-approval') return;
      const [missing] = missingApprovals(run, state.request, state.given);
      const people = approvers
        .filter(({ entityRef }) => entityRef === missing)
        .map(({ userRef, displayName }) => ({ userRef, name: displayName }));
      const person =
        people.find(({ userRef }) => userRef === this.#approver.userRef) ??
        people[0];
      if (!person) {
        throw new Error(`Nobody could approve "${title}" for ${missing}`);
      }
      await this.command(person, {
        kind: 'approve',
        stepId: id,
        digest: state.request.digest,
      });
    }
  }

  async #settled(step: PlannedStep): Promise<DrivenStep> {
    const until = Date.now() + STEP_TIMEOUT_MS;
    for (;;) {
      const { run } = await told<RunView>(
        askBackend(this.#requester, `runs/${this.id}`),
      );
      const state = run.steps[step.id];
      if (SETTLED.includes(state.status)) {
        return { step, state, output: await this.#output(step, state) };
      }
      if (state.status === 'pending' && state.returnedBecause)
        throw new Error(`"${step.title}" came back: ${state.returnedBecause}`);
      if (Date.now() > until)
        throw new Error(`"${step.title}" is still ${state.status}`);
      await new Promise(resolve => setTimeout(resolve, 150));
    }
  }

  async #output(step: PlannedStep, state: StepState): Promise<string> {
    if (!('attempt' in state)) return '';
    const route = `runs/${this.id}/steps/${encodeURIComponent(
      step.id,
    )}/attempts/${state.attempt}/output`;
    return (await told<OutputPage>(askBackend(this.#requester, route))).text;
  }

  #only(matching: string | RegExp): PlannedStep {
    const found = this.steps(matching);
    if (found.length !== 1) {
      throw new Error(
        `${
          found.length
        } steps match ${matching}; the plan has: ${this.plan.steps
          .map(({ id, title }) => `${id} ${title}`)
          .join(' | ')}`,
      );
    }
    return found[0];
  }
}

/** A procedure of an entity by its title, in whichever of its runbooks. */
export async function findProcedure(
  entity: string,
  title: string | RegExp,
  person: DemoPerson,
): Promise<ProcedureView> {
  const base = `entities/component/default/${entity}/runbooks`;
  const { runbooks } = await told<EntityRunbooks>(askBackend(person, base));
  for (const runbook of runbooks) {
    const found = runbook.procedures.find(procedure =>
      typeof title === 'string'
        ? procedure.title === title
        : title.test(procedure.title),
    );
    if (found) {
      const route = `${base}/${runbook.id}/procedures/${encodeURIComponent(
        found.id,
      )}`;
      return told<ProcedureView>(askBackend(person, route));
    }
  }
  throw new Error(
    `${entity} has no procedure ${title}; it has: ${runbooks
      .flatMap(({ procedures }) => procedures.map(procedure => procedure.title))
      .join(' | ')}`,
  );
}

async function told<T>(
  answer: Promise<{ status: number; body: any }>,
): Promise<T> {
  const { status, body } = await answer;
  if (status >= 400) throw new Error(`${status}: ${body?.error?.message}`);
  return body;
}

function isStep(value: string | RegExp | PlannedStep): value is PlannedStep {
  return typeof value === 'object' && 'digest' in value;
}
