import { randomUUID } from 'node:crypto';
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
import { DryRunPreview } from './DryRunPreview';
import type { GatewayAttempt } from './GatewayAttempt';
import type { GatewayRules } from './GatewayRules';
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
import { carriesSecrets, decodedText, passSecretAnswer } from './secretAnswers';
import {
  faultAnswer,
  refusalAnswer,
  relayedAnswer,
  sendStatus,
  sendStatusOnSocket,
  type StatusAnswer,
} from './statusAnswer';
import { answerHeaders, upstreamHeaders } from './upstreamHeaders';

const ALL_DATA: SecretView = { kind: 'data' };

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
    logger: LoggerService;
  }) {
    this.#attempt = options.attempt;
    this.#transport = options.transport;
    this.#impersonation = options.impersonation;
    this.#rules = options.rules;
    this.#logger = options.logger;
    this.#preview = options.attempt.preview ? new DryRunPreview() : undefined;
    this.journal = new CallJournal({
      recordCall: call => options.attempt.recordCall(call),
      logger: options.logger,
    });
  }

  /** Takes an ordinary request. */
  request(req: IncomingMessage, res: ServerResponse): void {
    this.#track(this.#handleRequest(req, res));
  }

  /** Takes a request for an upgrade: exec, attach, port-forward and proxy; nothing else is upgraded. */
  upgrade(req: IncomingMessage, socket: Duplex, head: Buffer): void {
    this.#track(this.#handleUpgrade(req, socket, head));
  }

  /** Resolves when no call is under way and all are recorded. Connections must have been closed before. */
  async settled(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.all(this.#underWay);
    // The ends of upgraded connections are events of their own.
    await new Promise(setImmediate);
    await this.journal.settled();
  }

  #track(handling: Promise<void>): void {
    this.#underWay.add(handling);
    handling.finally(() => this.#underWay.delete(handling));
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
    let entry: JournalEntry | undefined;
    try {
      const judged = await this.#judge(req);
      entry = judged.entry;
      const refusal = await this.#refusalOf(judged);
      if (refusal) {
        sendStatus(res, refusal);
        judged.entry.end(refusal.code);
        return;
      }
      await this.#forward(judged, req, res, abort.signal);
    } catch (error) {
      this.#answerFault(res, error);
    } finally {
      entry?.end(undefined);
    }
  }

  /** Never rejects. */
  async #handleUpgrade(
    req: IncomingMessage,
    socket: Duplex,
    head: Buffer,
  ): Promise<void> {
    socket.on('error', () => socket.destroy());
    let entry: JournalEntry | undefined;
    try {
      const info = infoOf(req, this.#rules);
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
      await this.#relay(info, entry, req, { socket, head });
    } catch (error) {
      entry?.end(undefined);
      sendStatusOnSocket(socket, faultAnswer(error));
    }
  }

  /** What can be refused by method, URL and headers is refused before its body is read. */
  async #judge(req: IncomingMessage): Promise<JudgedRequest> {
    const asked = infoOf(req, this.#rules);
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
    return this.#judgeWhole(asked, req);
  }

  async #judgeWhole(
    asked: RequestInfo,
    req: IncomingMessage,
  ): Promise<JudgedRequest> {
    const contentType = req.headers['content-type'];
    const received = await requestBytes(req);
    const read: RequestBody =
      received.kind === 'too-large'
        ? { kind: 'unreadable', because: 'it is too large' }
        : readRequestBody(asked, contentType, received.bytes);
    for (const value of secretValuesInBody(asked, read, decodedText)) {
      this.#attempt.onSecret(value);
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
    const { allowed, scope, secrets, observeOnly } = this.#attempt;
    const preview = this.#attempt.preview ?? false;
    return { allowed, scope, secrets, observeOnly, preview };
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
    signal: AbortSignal,
  ): Promise<void> {
    const { info, entry, bytes, contentType } = judged;
    if (info.kind === 'unreadable') return;
    const asked = this.#secretAsked(judged, req);
    if (asked?.kind === 'refuse') {
      sendStatus(res, refusalAnswer(entry.id, info, asked.because));
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
        signal,
        ownConnection: isLongLived(info),
      },
      bytes,
    );
    const status = answer.statusCode ?? 502;
    if (status < 300) this.#preview?.succeeded(info);
    try {
      await this.#pass(answer, judged, res, asked?.view ?? ALL_DATA);
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
    view: SecretView,
  ): Promise<void> {
    const { info, renamed, entry } = judged;
    const name = info.kind === 'resource' ? info.name : '';
    if (carriesSecrets(info)) {
      await passSecretAnswer(answer, res, {
        isWatch: info.verb === 'watch',
        judge: document =>
          this.#rules.secretAnswered(document, view, isWrite(info)),
        onSecret: value => this.#attempt.onSecret(value),
        withheld: because => refusalAnswer(entry.id, info, because),
        renamed: text =>
          renamed ? text.replaceAll(renamed.sentName, name) : text,
      });
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

  async #relay(
    info: ReadableRequest,
    entry: JournalEntry,
    req: IncomingMessage,
    near: { socket: Duplex; head: Buffer },
  ): Promise<void> {
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
      if (outcome.kind === 'upgraded') return;
      const { status, message } = outcome;
      const text = await refusalText(message);
      if (status !== 401 || isLastTry) {
        entry.end(status);
        sendStatusOnSocket(near.socket, relayedAnswer(status, text));
        return;
      }
    }
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
