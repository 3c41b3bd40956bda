import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import {
  decideRun,
  type PlannedStep,
  type Run,
  type RunCommand,
  type RunCommandRequest,
} from '@backstage-runbooks/plugin-runbooks-common';
import { throughOutage } from '../../runs/throughOutage';
import { CHANGE_STEP, OWNER, planOf, READ_STEP, startedBy } from '../runs';
import type { buildPlant } from './plant';

const LOOK_EVERY_MS = 100;
/** So many that a crowd is not refused for having too much queued. */
const PEOPLE = 25;
/** Whose approval the change needs. */
const CHANGE_OWNER = 'component:default/auth-service';

/** What the people of a trial need. */
type Plant = Pick<ReturnType<typeof buildPlant>, 'store' | 'binder'>;

/**
 * People who start runs and bring each to its end: they run what may be run, ask, approve, and decide about steps whose
 * end nobody saw. They do nothing else, so whatever happens besides was done by the product.
 */
export class People {
  /** What they were told that cannot be done. */
  readonly refusals = new Set<string>();
  readonly #plant: Plant;
  readonly #revision: string;

  constructor(plant: Plant, revision: string) {
    this.#plant = plant;
    this.#revision = revision;
  }

  /** Starts a run of two reads and, between them, a change. Returns its id. */
  async start(number: number, seconds: () => number): Promise<string> {
    const runId = randomUUID();
    const steps = [READ_STEP, CHANGE_STEP, READ_STEP].map((step, index) =>
      timed(step, index, number, seconds()),
    );
    const plan = planOf({
      entityRef: `component:default/service-${number}`,
      steps,
    });
    await throughOutage(() =>
      this.#plant.store.create(
        {
          runId,
          events: startedBy(personOf(number), {
            ...plan,
            runbook: { ...plan.runbook, revision: this.#revision },
          }),
          secrets: [],
        },
        new Date(),
      ),
    );
    return runId;
  }

  /** Drives a run to its end, at most until the signal aborts. */
  async drive(runId: string, number: number, signal: AbortSignal) {
    const person = personOf(number);
    while (!signal.aborted) {
      const run = await throughOutage(() => this.#plant.store.get(runId));
      if (run.status.kind === 'finished') return;
      const command = nextCommand(run);
      if (command === undefined) await delay(LOOK_EVERY_MS);
      else await this.#do(run, command, person);
      if (command) await delay(LOOK_EVERY_MS / 10);
    }
  }

  async #do(
    run: Run,
    command: RunCommandRequest,
    person: string,
  ): Promise<void> {
    const by = command.kind === 'approve' ? OWNER : person;
    const bound = await throughOutage(() => this.#bound(run, command));
    await throughOutage(() =>
      this.#plant.store.change(run.id, new Date(), current => {
        const decision = decideRun(
          current,
          bound,
          {
            userRef: by,
            sameAs: [],
            entitlements: {
              [run.plan.entityRef]: { entitled: true, entitledBy: 'an owner' },
              [CHANGE_OWNER]: { entitled: true, entitledBy: 'an owner' },
            },
          },
          { approvalExpiresAfterMs: 3_600_000 },
          new Date().toISOString(),
        );
        if (decision.kind === 'accepted') return decision.events;
        // It happened already, and the answer was lost, or something else came first: they look again.
        this.refusals.add(decision.refusal.message);
        return [];
      }),
    );
  }

  async #bound(run: Run, command: RunCommandRequest): Promise<RunCommand> {
    if (command.kind !== 'run-step' && command.kind !== 'request-approval') {
      return command;
    }
    const step = run.plan.steps.find(({ id }) => id === command.stepId)!;
    return { ...command, ...(await this.#plant.binder.bind(run, step)) };
  }
}

function personOf(number: number): string {
  return `user:default/person-${number % PEOPLE}`;
}

function timed(
  step: PlannedStep,
  index: number,
  number: number,
  seconds: number,
): PlannedStep {
  const pause = `sleep ${(seconds / 3).toFixed(3)}`;
  return {
    ...step,
    id: `trial/1.${index + 1}`,
    // Each run changes an object of its own: here nobody waits for another's lock.
    text:
      step === CHANGE_STEP
        ? `kubectl scale deployment service-${number} --replicas=4 # ${pause}`
        : `kubectl get deployment service-${number} # ${pause}`,
  };
}

/** What is to be done next by a person; undefined: nothing. */
function nextCommand(run: Run): RunCommandRequest | undefined {
  for (const step of run.plan.steps) {
    const state = run.steps[step.id];
    const stepId = step.id;
    switch (state.status) {
      case 'succeeded':
        continue;
      case 'pending':
        return step.requires.kind === 'nothing'
          ? { kind: 'run-step', stepId }
          : { kind: 'request-approval', stepId };
      case 'waiting-approval':
        return { kind: 'approve', stepId, digest: state.request.digest };
      case 'interrupted':
        return {
          kind: 'settle-interruption',
          stepId,
          as: 'again',
          reason: 'looked at it',
        };
      default:
        return undefined;
    }
  }
  return { kind: 'finish', outcome: 'succeeded' };
}
