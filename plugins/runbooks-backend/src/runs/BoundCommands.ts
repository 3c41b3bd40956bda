import {
  boundAsPlanned,
  isAboutBinding,
  type BoundStep,
  type EntityRef,
  type PlannedStep,
  type Preview,
  type Run,
  type RunCommand,
  type RunCommandRequest,
  type RunDecision,
} from '@backstage-runbooks/plugin-runbooks-common';
import { refusalToError } from '../http/refusalToError';
import type { StepBinder } from './StepBinder';
import { stepOf } from './stepOf';
import type { StepPreviews } from './StepPreviews';

/** What the person may do with the step, if it came as it is bound. */
type Decide = (command: RunCommand) => RunDecision;

/** Commands about a step, with the step as it would run right now and with what that would change. */
export class BoundCommands {
  readonly #binder: Pick<StepBinder, 'bind'>;
  readonly #previews: Pick<StepPreviews, 'of'>;

  constructor(options: {
    binder: Pick<StepBinder, 'bind'>;
    previews: Pick<StepPreviews, 'of'>;
  }) {
    this.#binder = options.binder;
    this.#previews = options.previews;
  }

  /**
   * The command with what its step is bound to; one that asks for an approval comes with the step's preview. Neither is
   * made where the command is refused anyway.
   *
   * @throws what `refusalToError` makes of a refusal whatever the step would get, TooManyError
   */
  async command(
    run: Run,
    request: RunCommandRequest,
    person: EntityRef,
    decide: Decide,
  ): Promise<RunCommand> {
    if (request.kind !== 'run-step' && request.kind !== 'request-approval') {
      return request;
    }
    const step = stepOf(run, request.stepId);
    const bound = await this.#bound(run, step, planned =>
      decide({ ...request, ...planned }),
    );
    const command = { ...request, ...bound };
    if (command.kind === 'run-step' || decide(command).kind === 'refused') {
      return command;
    }
    const preview = await this.#previews.of(run, step, bound.binding, person);
    return preview === undefined ? command : { ...command, preview };
  }

  /**
   * What a step would change now; undefined where it changes nothing in a cluster.
   *
   * @throws what `refusalToError` makes of why the person could not ask for its approval, TooManyError
   */
  async preview(
    run: Run,
    stepId: string,
    person: EntityRef,
    decide: Decide,
  ): Promise<Preview | undefined> {
    const step = stepOf(run, stepId);
    const asked = (bound: BoundStep) => {
      const { requires } = bound.binding;
      return decide({
        kind: 'request-approval',
        stepId,
        ...bound,
        // Nothing is asked for yet, so nothing is typed.
        ...('typed' in requires ? { confirmation: requires.typed } : {}),
      });
    };
    const bound = await this.#bound(run, step, asked);
    const decision = asked(bound);
    if (decision.kind === 'refused') throw refusalToError(decision.refusal);
    return this.#previews.of(run, step, bound.binding, person);
  }

  /** What is refused whatever the step would get is refused at once. */
  async #bound(
    run: Run,
    step: PlannedStep,
    decide: (planned: BoundStep) => RunDecision,
  ): Promise<BoundStep> {
    const early = decide(boundAsPlanned(step));
    if (early.kind === 'refused' && !isAboutBinding(early.refusal)) {
      throw refusalToError(early.refusal);
    }
    return this.#binder.bind(run, step);
  }
}
