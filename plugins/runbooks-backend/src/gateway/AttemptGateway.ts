import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { LoggerService } from '@backstage/backend-plugin-api';
import type {
  CallDecision,
  Impersonation,
  RequestInfo,
} from '@backstage-runbooks/plugin-runbooks-common';
import type { ClusterTransport } from '../kubernetes';
import { CallJournal, type JournalEntry } from './CallJournal';
import { CallJudge } from './CallJudge';
import { ConnectionTurns } from './ConnectionTurns';
import { DryRunPreview } from './DryRunPreview';
import type { GatewayAttempt } from './GatewayAttempt';
import type { AttemptBudgets } from './GatewayBudgets';
import type { GatewayLimits } from './GatewayLimits';
import type { GatewayRules } from './GatewayRules';
import { HeldShares } from './HeldShares';
import { infoOf, isLongLived } from './judgedRequest';
import {
  busyAnswer,
  faultAnswer,
  refusalAnswer,
  sendStatus,
  sendStatusOnSocket,
  type StatusAnswer,
} from './statusAnswer';
import { TaughtValues } from './TaughtValues';
import { TooMuchUnderWay } from './TooMuchUnderWay';
import { UpstreamCalls } from './UpstreamCalls';

/** So many refused upgrades are remembered until they are tried again. */
const MAX_REFUSED_UPGRADES = 64;

/** Ends a call after its time; has the error then. */
interface Late {
  timer: NodeJS.Timeout;
  error?: Error;
}

/**
 * Handles the calls of one attempt: understand, decide, record, send on, record.
 *
 * What was judged is what is sent: path, query and delete options are written anew from what was understood, headers
 * pass by an allow list, and the credential is the cluster's, never one that the step sends.
 */
export class AttemptGateway {
  readonly journal: CallJournal;
  readonly #attempt: GatewayAttempt;
  readonly #rules: GatewayRules;
  readonly #limits: GatewayLimits;
  readonly #budgets: AttemptBudgets;
  readonly #turns: ConnectionTurns;
  readonly #taught: TaughtValues;
  readonly #logger: LoggerService;
  /** Refused WebSocket upgrades: kubectl tries each once more with SPDY, and that is no second call. */
  readonly #refusedUpgrades = new Set<string>();
  readonly #underWay = new Set<Promise<void>>();
  readonly #judge: CallJudge;
  readonly #upstream: UpstreamCalls;

  constructor(options: {
    attempt: GatewayAttempt;
    transport: ClusterTransport;
    impersonation: Impersonation | undefined;
    rules: GatewayRules;
    limits: GatewayLimits;
    budgets: AttemptBudgets;
    logger: LoggerService;
  }) {
    this.#attempt = options.attempt;
    this.#rules = options.rules;
    this.#limits = options.limits;
    this.#budgets = options.budgets;
    this.#turns = new ConnectionTurns({
      maxQueued: options.limits.queuedPerConnection,
    });
    this.#taught = new TaughtValues({
      budget: options.budgets.taughtBytes,
      onSecret: value => options.attempt.onSecret(value),
    });
    this.#logger = options.logger;
    this.journal = new CallJournal({
      recordCall: call => options.attempt.recordCall(call),
      logger: options.logger,
      now: options.attempt.now ?? (() => new Date()),
    });
    const shared = {
      attempt: options.attempt,
      rules: options.rules,
      taught: this.#taught,
      preview: options.attempt.preview ? new DryRunPreview() : undefined,
    };
    this.#judge = new CallJudge({ ...shared, journal: this.journal });
    this.#upstream = new UpstreamCalls({
      ...shared,
      transport: options.transport,
      impersonation: options.impersonation,
    });
  }

  /** Takes an ordinary request; those of one connection are handled one after another. */
  request(req: IncomingMessage, res: ServerResponse): void {
    const { queuedPerConnection } = this.#limits;
    const turn = {
      handle: () => this.#handleRequest(req, res),
      refuse: () =>
        this.#refuseLast(
          req,
          res,
          `more than ${queuedPerConnection} requests were sent on one connection before they were answered`,
        ),
    };
    this.#track(this.#turns.take(req.socket, turn));
  }

  /** Refuses an ordinary request for a reason of its connection, which is closed then. */
  refuse(req: IncomingMessage, res: ServerResponse, because: string): void {
    this.#track(this.#refuseLast(req, res, because));
  }

  /** Takes a request for an upgrade: exec, attach, port-forward and proxy; nothing else is upgraded. */
  upgrade(req: IncomingMessage, socket: Duplex, head: Buffer): void {
    // Its answer would come between those of the requests in front of it.
    if (this.#turns.isBusy(socket)) socket.destroy();
    else this.#track(this.#handleUpgrade(req, socket, head));
  }

  /** Resolves when no call is under way and all are recorded. Connections must have been closed before. */
  async settled(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.all(this.#underWay);
    // The ends of upgraded connections are events of their own.
    await new Promise(setImmediate);
    await this.journal.settled();
  }

  /** Gives back what was held for the whole attempt. */
  end(): void {
    this.#taught.end();
  }

  #track(handling: Promise<void>): void {
    this.#underWay.add(handling);
    handling.finally(() => this.#underWay.delete(handling));
  }

  /** Never rejects. */
  async #refuseLast(
    req: IncomingMessage,
    res: ServerResponse,
    because: string,
  ): Promise<void> {
    res.setHeader('connection', 'close');
    await this.#refuseForNow(infoOf(req, this.#rules), because, answer =>
      sendStatus(res, answer),
    );
  }

  /** Records and answers a call that was not judged, because there is no room for it now. Never rejects. */
  async #refuseForNow(
    info: RequestInfo,
    because: string,
    send: (answer: StatusAnswer) => void,
  ): Promise<void> {
    const id = randomUUID();
    const answer = busyAnswer(id, info, because);
    if (this.journal.begun > this.#limits.recordsPerAttempt) {
      send(answer);
      return;
    }
    const refused: CallDecision = { kind: 'refuse', because };
    const entry = this.journal.begin(id, info, refused, false);
    await this.journal.ready();
    send(answer);
    entry.end(answer.code);
  }

  /** Never rejects. */
  async #handleRequest(
    req: IncomingMessage,
    res: ServerResponse,
  ): Promise<void> {
    const abort = new AbortController();
    res.on('close', () => {
      if (!res.writableFinished) abort.abort();
    });
    const asked = infoOf(req, this.#rules);
    const tooMany = this.#tooManyRecords();
    if (tooMany !== undefined) {
      req.resume();
      res.setHeader('connection', 'close');
      await this.#refuseForNow(asked, tooMany, answer =>
        sendStatus(res, answer),
      );
      return;
    }
    const isStream = asked.kind !== 'unreadable' && isLongLived(asked);
    const shares = this.#sharesFor(abort.signal);
    let late: Late | undefined;
    let entry: JournalEntry | undefined;
    try {
      await shares.begin(isStream ? 'streams' : 'calls');
      if (!isStream) late = this.#endWhenLate(abort);
      const judged = await this.#judge.judge(asked, req, shares);
      entry = judged.entry;
      const refusal = await this.#judge.refusalOf(judged);
      if (refusal) {
        // Refusals are no faster than their records.
        await this.journal.ready();
        sendStatus(res, refusal);
        judged.entry.end(refusal.code);
        return;
      }
      await this.#upstream.forward(judged, req, res, {
        shares,
        signal: abort.signal,
      });
    } catch (error) {
      if (error instanceof TooMuchUnderWay && !entry) {
        req.resume();
        await this.#refuseForNow(asked, error.message, answer =>
          sendStatus(res, answer),
        );
      } else {
        this.#answerFault(res, late?.error ?? error);
      }
    } finally {
      clearTimeout(late?.timer);
      shares.end();
      entry?.end(undefined);
    }
  }

  /** Why no further call is taken: each is kept for ever, and somebody reads them. */
  #tooManyRecords(): string | undefined {
    const { recordsPerAttempt } = this.#limits;
    return this.journal.begun < recordsPerAttempt
      ? undefined
      : `this step has made ${recordsPerAttempt} calls, which is as many as one attempt may make; make fewer, or divide the step`;
  }

  #sharesFor(signal: AbortSignal): HeldShares {
    const [budgets, limits] = [this.#budgets, this.#limits];
    return new HeldShares({ budgets, limits, signal });
  }

  #endWhenLate(abort: AbortController): Late {
    const { callMs } = this.#limits;
    const late: Late = {
      timer: setTimeout(() => {
        late.error = new Error(`the call took longer than ${callMs / 1_000} s`);
        abort.abort();
      }, callMs),
    };
    return late;
  }

  /** Never rejects. */
  async #handleUpgrade(
    req: IncomingMessage,
    socket: Duplex,
    head: Buffer,
  ): Promise<void> {
    socket.on('error', () => socket.destroy());
    const gone = new AbortController();
    socket.on('close', () => gone.abort());
    const shares = this.#sharesFor(gone.signal);
    const info = infoOf(req, this.#rules);
    let entry: JournalEntry | undefined;
    try {
      const tooMany = this.#tooManyRecords();
      if (tooMany !== undefined) throw new TooMuchUnderWay(tooMany);
      await shares.begin('streams');
      const decision = this.#judge.decideUpgrade(info);
      const id = randomUUID();
      if (decision.kind === 'refuse' && this.#isRepeatedRefusal(req)) {
        sendStatusOnSocket(socket, refusalAnswer(id, info, decision.because));
        return;
      }
      entry = this.journal.begin(id, info, decision, false);
      const judged = { info, decision, entry };
      const refusal = await this.#judge.refusalOf(judged);
      if (refusal || info.kind === 'unreadable') {
        if (refusal) sendStatusOnSocket(socket, refusal);
        entry.end(refusal?.code);
        return;
      }
      const isOpen = await this.#upstream.relay(info, entry, req, {
        socket,
        head,
      });
      if (isOpen && !socket.destroyed) await once(socket, 'close');
    } catch (error) {
      if (error instanceof TooMuchUnderWay && !entry) {
        await this.#refuseForNow(info, error.message, answer =>
          sendStatusOnSocket(socket, answer),
        );
        return;
      }
      entry?.end(undefined);
      sendStatusOnSocket(socket, faultAnswer(error));
    } finally {
      shares.end();
    }
  }

  #isRepeatedRefusal(req: IncomingMessage): boolean {
    const url = req.url ?? '';
    if (req.headers.upgrade?.toLowerCase() === 'websocket') {
      this.#refusedUpgrades.add(url);
      const [oldest] = this.#refusedUpgrades;
      if (this.#refusedUpgrades.size > MAX_REFUSED_UPGRADES) {
        this.#refusedUpgrades.delete(oldest);
      }
      return false;
    }
    return this.#refusedUpgrades.delete(url);
  }

  #answerFault(res: ServerResponse, error: unknown): void {
    if (res.headersSent || res.destroyed) {
      res.destroy();
      return;
    }
    this.#logger.debug('A call through the gateway failed', {
      runId: this.#attempt.runId,
      cause: String(error),
    });
    sendStatus(res, faultAnswer(error));
  }
}
