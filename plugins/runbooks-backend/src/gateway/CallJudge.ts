import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import {
  callText,
  isWrite,
  readRequestBody,
  secretValuesInBody,
  withNameOf,
  type CallDecision,
  type CallRules,
  type RequestBody,
  type RequestInfo,
} from '@backstage-runbooks/plugin-runbooks-common';
import type { CallJournal, JournalEntry } from './CallJournal';
import type { DryRunPreview } from './DryRunPreview';
import { refusedWrite } from './DryRunWatch';
import type { GatewayAttempt } from './GatewayAttempt';
import type { GatewayRules } from './GatewayRules';
import type { HeldShares } from './HeldShares';
import { bytesToSend, isDryRun, type JudgedRequest } from './judgedRequest';
import { requestBytes } from './requestBytes';
import { decodedText } from './secretAnswers';
import { refusalAnswer, type StatusAnswer } from './statusAnswer';
import type { TaughtValues } from './TaughtValues';
import { TooMuchUnderWay } from './TooMuchUnderWay';

const TOO_LARGE: CallDecision = {
  kind: 'refuse',
  because:
    'it has more values of Secrets than the output of a step can be looked through for: write fewer in one step',
};

/** Understands the calls of one attempt, decides about them by what was approved, and records that. */
export class CallJudge {
  readonly #attempt: GatewayAttempt;
  readonly #rules: GatewayRules;
  readonly #journal: CallJournal;
  readonly #taught: TaughtValues;
  readonly #preview: DryRunPreview | undefined;

  constructor(options: {
    attempt: GatewayAttempt;
    rules: GatewayRules;
    journal: CallJournal;
    taught: TaughtValues;
    preview: DryRunPreview | undefined;
  }) {
    this.#attempt = options.attempt;
    this.#rules = options.rules;
    this.#journal = options.journal;
    this.#taught = options.taught;
    this.#preview = options.preview;
  }

  /** What can be refused by method, URL and headers is refused before its body is read. */
  async judge(
    asked: RequestInfo,
    req: IncomingMessage,
    shares: HeldShares,
  ): Promise<JudgedRequest> {
    const head = this.#rules.decideHead(asked, this.#callRules());
    if (head.kind === 'refuse') {
      req.resume();
      return this.#refused(asked, head);
    }
    return this.#judgeWhole(asked, req, shares);
  }

  #refused(asked: RequestInfo, decision: CallDecision): JudgedRequest {
    return {
      info: asked,
      body: { kind: 'none' },
      bytes: Buffer.alloc(0),
      contentType: undefined,
      decision,
      entry: this.#journal.begin(randomUUID(), asked, decision, false),
    };
  }

  async #judgeWhole(
    asked: RequestInfo,
    req: IncomingMessage,
    shares: HeldShares,
  ): Promise<JudgedRequest> {
    const contentType = req.headers['content-type'];
    const received = await requestBytes(req, bytes => shares.holdBody(bytes));
    const read: RequestBody =
      received.kind === 'too-large'
        ? { kind: 'unreadable', because: 'it is too large' }
        : readRequestBody(asked, contentType, received.bytes);
    const values = secretValuesInBody(asked, read, decodedText);
    const taught = await this.#taught.teach(values);
    if (taught === 'no room now') {
      throw new TooMuchUnderWay(
        'other steps have the room for values of Secrets',
      );
    }
    if (taught === 'too many') return this.#refused(asked, TOO_LARGE);
    const named = { info: withNameOf(asked, read), body: read };
    const { info, body } =
      this.#preview?.asDryRun(named.info, named.body) ?? named;
    const decision = this.#decide(info, body);
    const id = randomUUID();
    const entry = this.#journal.begin(id, info, decision, isDryRun(info, body));
    const renamed = this.#preview?.renamedCreate(info, body, id);
    return {
      info: this.#preview?.withoutGone(info) ?? info,
      body,
      decision,
      entry,
      ...bytesToSend(body, received.bytes, contentType),
      ...(renamed ? { renamed, bytes: renamed.bytes } : {}),
    };
  }

  #callRules(): CallRules {
    const { allowed, scope, secrets, observeOnly, destructive } = this.#attempt;
    const preview = this.#attempt.preview !== undefined;
    return { allowed, scope, secrets, destructive, observeOnly, preview };
  }

  #decide(info: RequestInfo, body: RequestBody): CallDecision {
    return this.#rules.decideCall(info, body, this.#callRules());
  }

  /** An upgrade has no body. */
  decideUpgrade(info: RequestInfo): CallDecision {
    if (info.kind !== 'unreadable' && info.verb !== 'connect') {
      return {
        kind: 'refuse',
        because: 'only exec, attach, port-forward and proxy are upgraded',
      };
    }
    if (this.#attempt.bound) {
      return {
        kind: 'refuse',
        because: 'the approval of this step showed no connection to anything',
      };
    }
    return this.#decide(info, { kind: 'none' });
  }

  /** Why a call is not sent on; waits until a write is recorded. */
  async refusalOf(judged: {
    info: RequestInfo;
    body?: RequestBody;
    decision: CallDecision;
    entry: JournalEntry;
  }): Promise<StatusAnswer | undefined> {
    const { info, decision, entry } = judged;
    if (decision.kind === 'refuse') {
      this.#tellRefused(judged, decision.because);
      const answer = refusalAnswer(entry.id, info, decision.because);
      return decision === TOO_LARGE
        ? { ...answer, code: 413, reason: 'RequestEntityTooLarge' }
        : answer;
    }
    const gone = this.#preview?.goneAnswer(info);
    if (gone) return gone;
    if (!isWrite(info)) {
      await this.#journal.ready();
      return undefined;
    }
    try {
      await entry.stored;
      return undefined;
    } catch {
      return {
        code: 503,
        reason: 'ServiceUnavailable',
        message: `runbooks gateway refused ${callText(
          info,
        )}: it could not be recorded (call ${entry.id})`,
      };
    }
  }

  #tellRefused(
    {
      info,
      body = { kind: 'none' },
    }: { info: RequestInfo; body?: RequestBody },
    because: string,
  ): void {
    const write = refusedWrite({ info, body }, { code: 403, because });
    if (write) this.#attempt.preview?.seen(write);
  }
}
