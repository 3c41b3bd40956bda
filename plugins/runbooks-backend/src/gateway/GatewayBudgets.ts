import { Budget } from './Budget';
import type { GatewayLimits } from './GatewayLimits';

/** Shares of these are held by calls of one attempt. */
export type AttemptBudgets = Readonly<Record<BudgetKind, Budget>>;
type BudgetKind =
  | 'calls'
  | 'streams'
  | 'bodyBytes'
  | 'secretBytes'
  | 'taughtBytes';

/** What all attempts hold together, and parts of it for each. */
export class GatewayBudgets {
  readonly #limits: GatewayLimits;
  readonly #inAll: AttemptBudgets;

  constructor(limits: GatewayLimits) {
    this.#limits = limits;
    this.#inAll = {
      calls: new Budget(limits.callsInAll),
      streams: new Budget(limits.streamsInAll),
      bodyBytes: new Budget(limits.bodyBytesInAll),
      secretBytes: new Budget(limits.secretBytesInAll),
      taughtBytes: new Budget(limits.taughtBytesInAll),
    };
  }

  /** What one attempt may hold. */
  forAttempt(): AttemptBudgets {
    const limits = this.#limits;
    return {
      calls: new Budget(limits.callsPerAttempt, this.#inAll.calls),
      streams: new Budget(limits.streamsPerAttempt, this.#inAll.streams),
      bodyBytes: new Budget(limits.bodyBytesPerAttempt, this.#inAll.bodyBytes),
      secretBytes: new Budget(
        limits.secretBytesPerAttempt,
        this.#inAll.secretBytes,
      ),
      taughtBytes: new Budget(
        limits.taughtBytesPerAttempt,
        this.#inAll.taughtBytes,
      ),
    };
  }
}
