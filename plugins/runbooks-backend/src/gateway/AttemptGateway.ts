import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type {
  IncomingMessage,
  OutgoingHttpHeaders,
  ServerResponse,
} from 'node:http';
import type { Duplex } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  callText,
  impersonationHeaders,
  isAboutSecrets,
  isWrite,
  readRequestBody,
  secretValuesInBody,
  urlOf,
  withNameOf,
  type CallDecision,
  type CallRules,
  type Impersonation,
  type RequestBody,
  type RequestInfo,
  type SecretAsked,
  type SecretView,
} from '@backstage-runbooks/plugin-runbooks-common';
import type { ClusterTransport } from '../kubernetes';
import { CallJournal, type JournalEntry } from './CallJournal';
import { ConnectionTurns } from './ConnectionTurns';
import { DryRunPreview } from './DryRunPreview';
import type { GatewayAttempt } from './GatewayAttempt';
import type { AttemptBudgets } from './GatewayBudgets';
import type { GatewayLimits } from './GatewayLimits';
import type { GatewayRules } from './GatewayRules';
import { HeldShares } from './HeldShares';
import {
  bytesToSend,
  infoOf,
  isDryRun,
  isLongLived,
  type JudgedRequest,
  type ReadableRequest,
} from './judgedRequest';
import { refusalText, relayUpgrade } from './relayUpgrade';
import { RenamedAnswer } from './RenamedAnswer';
import { requestBytes } from './requestBytes';
import {
  carriesSecrets,
  decodedText,
  passSecretAnswer,
  TOO_MANY_VALUES,
} from './secretAnswers';
import {
  busyAnswer,
  faultAnswer,
  refusalAnswer,
  relayedAnswer,
  sendStatus,
  sendStatusOnSocket,
  type StatusAnswer,
} from './statusAnswer';
import { TaughtValues } from './TaughtValues';
import { TooMuchUnderWay } from './TooMuchUnderWay';
import { answerHeaders, upstreamHeaders } from './upstreamHeaders';

const ALL_DATA: SecretView = { kind: 'data' };
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
  readonly #transport: ClusterTransport;
  readonly #impersonation: Impersonation | undefined;
  readonly #rules: GatewayRules;
  readonly #limits: GatewayLimits;
  readonly #budgets: AttemptBudgets;
  readonly #turns: ConnectionTurns;
  readonly #taught: TaughtValues;
  readonly #logger: LoggerService;
  /** Refused WebSocket upgrades: kubectl tries each once more with SPDY, and that is no second call. */
  readonly #refusedUpgrades = new Set<string>();
  readonly #underWay = new Set<Promise<void>>();
  readonly #preview: DryRunPreview | undefined;

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
    this.#transport = options.transport;
    this.#impersonation = options.impersonation;
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
    this.#preview = options.attempt.preview ? new DryRunPreview() : undefined;
    this.journal = new CallJournal({
      recordCall: call => options.attempt.recordCall(call),
      logger: options.logger,
      now: options.attempt.now ?? (() => new Date()),
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
    const refused: CallDecision = { kind: 'refuse', because };
    const entry = this.journal.begin(id, info, refused, false);
    const answer = busyAnswer(id, info, because);
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
    const isStream = asked.kind !== 'unreadable' && isLongLived(asked);
    const shares = this.#sharesFor(abort.signal);
    let late: Late | undefined;
    let entry: JournalEntry | undefined;
    try {
      await shares.begin(isStream ? 'streams' : 'calls');
      if (!isStream) late = this.#endWhenLate(abort);
      const judged = await this.#judge(asked, req, shares);
      entry = judged.entry;
      const refusal = await this.#refusalOf(judged);
      if (refusal) {
        // Refusals are no faster than their records.
        await this.journal.ready();
        sendStatus(res, refusal);
        judged.entry.end(refusal.code);
        return;
      }
      await this.#forward(judged, req, res, { shares, signal: abort.signal });
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
      await shares.begin('streams');
      const decision = this.#decideUpgrade(info);
      const id = randomUUID();
      if (decision.kind === 'refuse' && this.#isRepeatedRefusal(req)) {
        sendStatusOnSocket(socket, refusalAnswer(id, info, decision.because));
        return;
      }
      entry = this.journal.begin(id, info, decision, false);
      const judged = { info, decision, entry };
      const refusal = await this.#refusalOf(judged);
      if (refusal || info.kind === 'unreadable') {
        if (refusal) sendStatusOnSocket(socket, refusal);
        entry.end(refusal?.code);
        return;
      }
      const isOpen = await this.#relay(info, entry, req, { socket, head });
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

  /** What can be refused by method, URL and headers is refused before its body is read. */
  async #judge(
    asked: RequestInfo,
    req: IncomingMessage,
    shares: HeldShares,
  ): Promise<JudgedRequest> {
    const head = this.#rules.decideHead(asked, this.#callRules());
    if (head.kind === 'refuse') {
      req.resume();
      return {
        info: asked,
        body: { kind: 'none' },
        bytes: Buffer.alloc(0),
        contentType: undefined,
        decision: head,
        entry: this.journal.begin(randomUUID(), asked, head, false),
      };
    }
    return this.#judgeWhole(asked, req, shares);
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
    if (!(await this.#taught.teach(values))) {
      throw new TooMuchUnderWay(TOO_MANY_VALUES);
    }
    const named = { info: withNameOf(asked, read), body: read };
    const { info, body } =
      this.#preview?.asDryRun(named.info, named.body) ?? named;
    const decision = this.#decide(info, body);
    const id = randomUUID();
    const entry = this.journal.begin(id, info, decision, isDryRun(info, body));
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
    const preview = this.#attempt.preview ?? false;
    return { allowed, scope, secrets, destructive, observeOnly, preview };
  }

  #decide(info: RequestInfo, body: RequestBody): CallDecision {
    return this.#rules.decideCall(info, body, this.#callRules());
  }

  #decideUpgrade(info: RequestInfo): CallDecision {
    if (info.kind !== 'unreadable' && info.verb !== 'connect') {
      return {
        kind: 'refuse',
        because: 'only exec, attach, port-forward and proxy are upgraded',
      };
    }
    return this.#decide(info, { kind: 'none' });
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

  /** Why a call is not sent on; waits until a write is recorded. */
  async #refusalOf(judged: {
    info: RequestInfo;
    decision: CallDecision;
    entry: JournalEntry;
  }): Promise<StatusAnswer | undefined> {
    const { info, decision, entry } = judged;
    if (decision.kind === 'refuse') {
      return refusalAnswer(entry.id, info, decision.because);
    }
    const gone = this.#preview?.goneAnswer(info);
    if (gone) return gone;
    if (!isWrite(info)) {
      await this.journal.ready();
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

  async #forward(
    judged: JudgedRequest,
    req: IncomingMessage,
    res: ServerResponse,
    held: { shares: HeldShares; signal: AbortSignal },
  ): Promise<void> {
    const { info, entry, bytes, contentType } = judged;
    if (info.kind === 'unreadable') return;
    const asked = this.#secretAsked(judged, req);
    if (asked?.kind === 'refuse') {
      sendStatus(res, refusalAnswer(entry.id, info, asked.because));
      entry.withhold(asked.because);
      entry.end(403);
      return;
    }
    const headers = this.#headersOf(judged, req, asked?.accept);
    delete headers['content-type'];
    if (bytes.length > 0) {
      if (contentType) headers['content-type'] = contentType;
      headers['content-length'] = bytes.length;
    }
    const answer = await this.#transport.send(
      this.#attempt.clusterName,
      {
        method: req.method ?? 'GET',
        path: urlOf(asked ? { ...info, query: asked.query } : info),
        headers,
        signal: held.signal,
        ownConnection: isLongLived(info),
      },
      bytes,
    );
    const status = answer.statusCode ?? 502;
    if (status < 300) this.#preview?.succeeded(info);
    try {
      const view = asked?.view ?? ALL_DATA;
      await this.#pass(answer, judged, res, { view, shares: held.shares });
    } finally {
      entry.end(status);
    }
  }

  /** How a call about Secrets is sent on; undefined for every other. */
  #secretAsked(
    judged: JudgedRequest,
    req: IncomingMessage,
  ): SecretAsked | undefined {
    const { info, decision } = judged;
    const view = decision.kind === 'pass' ? decision.secrets : undefined;
    if (info.kind !== 'resource' || !isAboutSecrets(info)) return undefined;
    if (!isWrite(info)) {
      const { accept } = req.headersDistinct;
      return this.#rules.secretAsked(info, accept, view ?? ALL_DATA);
    }
    return {
      kind: 'send',
      accept: 'application/json',
      query: info.query,
      view: view ?? ALL_DATA,
    };
  }

  #headersOf(
    judged: JudgedRequest,
    req: IncomingMessage,
    accept: string | undefined,
  ): OutgoingHttpHeaders {
    const headers = this.#upstreamHeaders(req, judged.entry.id);
    if (carriesSecrets(judged.info) || judged.renamed) {
      headers.accept = accept ?? 'application/json';
      headers['accept-encoding'] = 'identity';
    }
    return headers;
  }

  #upstreamHeaders(req: IncomingMessage, id: string): OutgoingHttpHeaders {
    const { entityRef } = this.#attempt;
    return upstreamHeaders(
      req.headersDistinct,
      this.#attempt,
      id,
      impersonationHeaders(this.#impersonation, entityRef),
    );
  }

  async #pass(
    answer: IncomingMessage,
    judged: JudgedRequest,
    res: ServerResponse,
    held: { view: SecretView; shares: HeldShares },
  ): Promise<void> {
    const { info, renamed, entry } = judged;
    const name = info.kind === 'resource' ? info.name : '';
    if (carriesSecrets(info)) {
      const passing = passSecretAnswer(answer, res, {
        isWatch: info.verb === 'watch',
        judge: document =>
          this.#rules.secretAnswered(document, held.view, isWrite(info)),
        hold: bytes => held.shares.holdSecret(bytes),
        teach: values => this.#taught.teach(values),
        withheld: because => {
          entry.withhold(because);
          return refusalAnswer(entry.id, info, because);
        },
        renamed: text =>
          renamed ? text.replaceAll(renamed.sentName, name) : text,
      });
      await passing.catch(error => this.#withhold(error, judged, res));
      return;
    }
    const dropped = renamed ? ['content-length'] : [];
    res.writeHead(
      answer.statusCode ?? 502,
      answerHeaders(answer.rawHeaders, dropped),
    );
    // A watch without events must still answer.
    res.flushHeaders();
    const filters = renamed ? [new RenamedAnswer(renamed.sentName, name)] : [];
    await pipeline([answer, ...filters, res]);
  }

  /** No client may try again what was answered: it may be a write that has been done. */
  #withhold(error: unknown, judged: JudgedRequest, res: ServerResponse): void {
    if (!(error instanceof TooMuchUnderWay) || res.headersSent) throw error;
    const { entry, info } = judged;
    const text = `its answer is not passed on, because ${error.message}`;
    const answer = refusalAnswer(entry.id, info, text);
    sendStatus(res, { ...answer, code: 503, reason: 'ServiceUnavailable' });
  }

  async #relay(
    info: ReadableRequest,
    entry: JournalEntry,
    req: IncomingMessage,
    near: { socket: Duplex; head: Buffer },
  ): Promise<boolean> {
    const headers = {
      ...this.#upstreamHeaders(req, entry.id),
      connection: 'Upgrade',
      upgrade: req.headers.upgrade,
    };
    // The second try is for a credential that has just ended.
    for (const isLastTry of [false, true]) {
      const upstream = await this.#transport.open(this.#attempt.clusterName, {
        method: req.method ?? 'GET',
        path: urlOf(info),
        headers,
        ownConnection: true,
      });
      const outcome = await relayUpgrade(upstream, near, () => entry.end(101));
      if (outcome.kind === 'upgraded') return true;
      const { status, message } = outcome;
      const text = await refusalText(message);
      if (status !== 401 || isLastTry) {
        entry.end(status);
        sendStatusOnSocket(near.socket, relayedAnswer(status, text));
        return false;
      }
    }
    return false;
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
