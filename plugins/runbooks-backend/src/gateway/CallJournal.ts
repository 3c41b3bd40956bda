import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  commandOf,
  countCalls,
  isWrite,
  sumCounts,
  urlOf,
  type ApiCall,
  type CallCounts,
  type CallDecision,
  type RequestInfo,
} from '@backstage-runbooks/plugin-runbooks-common';
import { shortened } from './shortened';

/** No name of Kubernetes is longer. */
const MAX_NAME_LENGTH = 253;
/** Of a path, with the command of an exec; and of a reason. */
const MAX_PATH_LENGTH = 8_192;
/** So many records may be under way before further calls wait for them. */
const MAX_PENDING_RECORDS = 200;

/** A call that was begun. */
export interface JournalEntry {
  readonly id: string;
  /** Resolves when the call is stored; rejects when it could not be. */
  readonly stored: Promise<void>;
  /**
   * Stores how the call ended; only the first time counts.
   *
   * @param status - What the API server answered; undefined where its answer was never seen.
   */
  end(status: number | undefined): void;
  /** Marks a read as refused after all: its answer is withheld. */
  withhold(because: string): void;
  /** Marks a call as refused after all: it was not sent on. */
  refuse(because: string): void;
  /** Marks a write as one that was not made: the API server refused it as a dry run. */
  onlyTried(): void;
}

/** Records each call of an attempt before and after, and counts them. */
export class CallJournal {
  readonly #recordCall: (call: ApiCall) => Promise<void>;
  readonly #logger: LoggerService;
  readonly #now: () => Date;
  #begun = 0;
  #ended = countCalls([]);
  readonly #underWay = new Map<string, ApiCall>();
  readonly #pending = new Set<Promise<void>>();

  constructor(options: {
    recordCall: (call: ApiCall) => Promise<void>;
    logger: LoggerService;
    now: () => Date;
  }) {
    this.#recordCall = options.recordCall;
    this.#logger = options.logger;
    this.#now = options.now;
  }

  /** How many were begun. */
  get begun(): number {
    return this.#begun;
  }

  /** What the calls did until now; those that are under way may have done what they ask for. */
  counts(): CallCounts {
    return sumCounts([this.#ended, countCalls(this.#underWay.values())]);
  }

  /** Begins the record of a call that was decided on. */
  begin(
    id: string,
    info: RequestInfo,
    decision: CallDecision,
    isDryRun: boolean,
  ): JournalEntry {
    this.#begun += 1;
    const startedMs = performance.now();
    let call = recordOf(id, info, decision, isDryRun, this.#now());
    this.#underWay.set(id, call);
    const stored = this.#store(call);
    let hasEnded = false;
    const refuse = (because: string) => {
      if (hasEnded || call.decision === 'refused') return;
      call = { ...call, decision: 'refused', because };
      this.#underWay.set(id, call);
    };
    return {
      id,
      stored,
      withhold: because => {
        // A write was done, whatever is shown of it.
        if (!isWrite(call)) refuse(because);
      },
      refuse,
      onlyTried: () => {
        call = { ...call, dryRun: true };
        this.#underWay.set(id, call);
      },
      end: status => {
        if (hasEnded) return;
        hasEnded = true;
        const durationMs = Math.round(performance.now() - startedMs);
        const ended: ApiCall = {
          ...call,
          durationMs,
          ...(status === undefined ? {} : { status }),
        };
        this.#underWay.delete(id);
        this.#ended = sumCounts([this.#ended, countCalls([ended])]);
        stored
          .catch(() => {})
          .then(() => this.#store(ended))
          .catch(() => {});
      },
    };
  }

  /** Resolves when not too many records are under way. */
  async ready(): Promise<void> {
    if (this.#pending.size > MAX_PENDING_RECORDS) await this.settled();
  }

  /** Resolves when every record that was begun is stored or has failed. */
  async settled(): Promise<void> {
    while (this.#pending.size > 0) {
      await Promise.allSettled(this.#pending);
      // The record of an end is begun when that of the beginning is stored.
      await new Promise(setImmediate);
    }
  }

  #store(call: ApiCall): Promise<void> {
    const storing = (async () => this.#recordCall(call))();
    this.#pending.add(storing);
    storing
      .catch(error =>
        this.#logger.error(`Call ${call.id} could not be recorded`, error),
      )
      .finally(() => this.#pending.delete(storing));
    return storing;
  }
}

function recordOf(
  id: string,
  info: RequestInfo,
  decision: CallDecision,
  dryRun: boolean,
  at: Date,
): ApiCall {
  const isResource = info.kind === 'resource';
  const isExec = isResource && commandOf(info).length > 0;
  return {
    id,
    at: at.toISOString(),
    verb: info.verb,
    group: isResource ? nameOf(info.group) : '',
    resource: isResource ? nameOf(info.resource) : '',
    subresource: isResource ? nameOf(info.subresource) : '',
    namespace: isResource ? nameOf(info.namespace) : '',
    name: isResource ? nameOf(info.name) : '',
    // The command of an exec stands in the query; of other calls the path says nothing more.
    ...(isExec ? { path: pathOf(urlOf(info)) } : {}),
    ...(isResource ? {} : { path: pathOf(info.path) }),
    ...(decision.kind === 'pass'
      ? { decision: 'passed' }
      : { decision: 'refused', because: pathOf(decision.because) }),
    dryRun,
  };
}

function nameOf(text: string): string {
  return shortened(text, MAX_NAME_LENGTH);
}

function pathOf(text: string): string {
  return shortened(text, MAX_PATH_LENGTH);
}
