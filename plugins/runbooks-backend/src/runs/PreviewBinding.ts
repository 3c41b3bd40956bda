import type {
  ApprovedChange,
  BoundWriteDecision,
  CountedWrite,
  DryRunWrite,
  ObjectPreview,
} from '@backstage-runbooks/plugin-runbooks-common';
import type { WriteBinding } from '../gateway/GatewayAttempt';
import type { JudgingProcesses } from '../reading/JudgingProcesses';

/**
 * A whole preview of a step, made just before the step begins and the same as the one that was approved. It holds
 * values that are shown to nobody, and is not stored: it ends with the attempt, and another attempt makes its own.
 */
export interface BoundPreview {
  approved: readonly ApprovedChange[];
  /** What of it the approvers see. */
  shown: readonly ObjectPreview[];
  /** Values that no reason shows. */
  secrets: readonly string[];
}

/** Decides about the writes of one attempt by the preview of its step. */
export class PreviewBinding implements WriteBinding {
  readonly #preview: BoundPreview;
  readonly #judging: Pick<JudgingProcesses, 'boundWrite'>;
  readonly #person: string;
  readonly #secrets: () => readonly string[];
  readonly #startedAt = new Date().toISOString();
  readonly #counted: CountedWrite[] = [];

  constructor(options: {
    preview: BoundPreview;
    judging: Pick<JudgingProcesses, 'boundWrite'>;
    /** Whose turn it is where the write is compared. */
    person: string;
    /** Values that no reason shows, as far as they are known by then. */
    secrets: () => readonly string[];
  }) {
    this.#preview = options.preview;
    this.#judging = options.judging;
    this.#person = options.person;
    this.#secrets = options.secrets;
  }

  async decide(write: DryRunWrite): Promise<BoundWriteDecision> {
    const { approved, shown, secrets } = this.#preview;
    const { group, resource } = write;
    const task = {
      write,
      approved: approved.filter(
        one => one.group === group && one.resource === resource,
      ),
      counted: this.#counted,
      startedAt: this.#startedAt,
      endedAt: new Date().toISOString(),
    };
    const decision = await this.#judging.boundWrite(
      { ...task, shown: [], secrets: [] },
      this.#person,
    );
    if (decision.kind === 'pass') return decision;
    // Many values are sent only where something is said.
    return this.#judging.boundWrite(
      { ...task, shown, secrets: [...secrets, ...this.#secrets()] },
      this.#person,
    );
  }

  made(counts: readonly CountedWrite[]): void {
    this.#counted.push(...counts);
  }
}
