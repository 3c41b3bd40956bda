import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  callText,
  decideCall,
  describeRequest,
  impersonates,
  isProvenDryRun,
  isWrite,
  readRequestBody,
  urlOf,
  withNameOf,
  type CallDecision,
  type NonResourceRequest,
  type RequestBody,
  type RequestInfo,
  type ResourceRequest,
} from '@backstage-runbooks/plugin-runbooks-common';
import type { ClusterTransport } from '../kubernetes';
import { DryRunPreview, type RenamedCreate } from './DryRunPreview';
import { CallJournal, type JournalEntry } from './CallJournal';
import type { GatewayAttempt } from './GatewayAttempt';
import { refusalText, relayUpgrade } from './relayUpgrade';
import { RenamedAnswer } from './RenamedAnswer';
import { requestBytes } from './requestBytes';
import { carriesSecrets, readableAccept, SecretAnswer } from './secretAnswers';
import {
  faultAnswer,
  refusalAnswer,
  relayedAnswer,
  sendStatus,
  sendStatusOnSocket,
  type StatusAnswer,
} from './statusAnswer';
import { answerHeaders, upstreamHeaders } from './upstreamHeaders';

/** A request that may be sent on. */
type ReadableRequest = ResourceRequest | NonResourceRequest;

/** A request with what was understood of it. */
interface JudgedRequest {
  info: RequestInfo;
  body: RequestBody;
  /** What is sent on as the body, written anew where it was understood. */
  bytes: Buffer;
  contentType: string | undefined;
  decision: CallDecision;
  entry: JournalEntry;
  /** In a preview: the create goes under another name. */
  renamed?: RenamedCreate;
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
  readonly #logger: LoggerService;
  /** Refused WebSocket upgrades: kubectl tries each once more with SPDY, and that is no second call. */
  readonly #refusedUpgrades = new Set<string>();
  readonly #underWay = new Set<Promise<void>>();
  readonly #preview: DryRunPreview | undefined;

  constructor(options: {
    attempt: GatewayAttempt;
    transport: ClusterTransport;
    logger: LoggerService;
  }) {
    this.#attempt = options.attempt;
    this.#transport = options.transport;
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
      const info = infoOf(req);
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

  async #judge(req: IncomingMessage): Promise<JudgedRequest> {
    const asked = infoOf(req);
    const contentType = req.headers['content-type'];
    const received = await requestBytes(req);
    const read: RequestBody =
      received.kind === 'too-large'
        ? { kind: 'unreadable', because: 'it is too large' }
        : readRequestBody(asked, contentType, received.bytes);
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

  #decide(info: RequestInfo, body: RequestBody): CallDecision {
    const { allowed, scope, secrets, observeOnly } = this.#attempt;
    const preview = this.#attempt.preview ?? false;
    const rules = { allowed, scope, secrets, observeOnly, preview };
    return decideCall(info, body, rules);
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
    const headers = upstreamHeaders(
      req.headersDistinct,
      this.#attempt,
      entry.id,
    );
    if (carriesSecrets(info) || judged.renamed) {
      headers.accept = readableAccept(req.headersDistinct.accept);
      headers['accept-encoding'] = 'identity';
    }
    delete headers['content-type'];
    if (bytes.length > 0) {
      if (contentType) headers['content-type'] = contentType;
      headers['content-length'] = bytes.length;
    }
    const answer = await this.#transport.send(
      this.#attempt.clusterName,
      {
        method: req.method ?? 'GET',
        path: urlOf(info),
        headers,
        signal,
        ownConnection: isLongLived(info),
      },
      bytes,
    );
    const status = answer.statusCode ?? 502;
    if (status < 300) this.#preview?.succeeded(info);
    try {
      const dropped = judged.renamed ? ['content-length'] : [];
      res.writeHead(status, answerHeaders(answer.rawHeaders, dropped));
      // A watch without events must still answer.
      res.flushHeaders();
      const filters = this.#filtersFor(judged, status);
      await pipeline([answer, ...filters, res]);
    } finally {
      entry.end(status);
    }
  }

  #filtersFor(judged: JudgedRequest, status: number): Transform[] {
    const { info, renamed } = judged;
    const filters: Transform[] = [];
    if (carriesSecrets(info)) {
      filters.push(
        new SecretAnswer({
          isWatch: info.verb === 'watch',
          mustBeReadable: status < 300,
          onSecret: value => this.#attempt.onSecret(value),
        }),
      );
    }
    if (renamed && info.kind === 'resource') {
      filters.push(new RenamedAnswer(renamed.sentName, info.name));
    }
    return filters;
  }

  async #relay(
    info: ReadableRequest,
    entry: JournalEntry,
    req: IncomingMessage,
    near: { socket: Duplex; head: Buffer },
  ): Promise<void> {
    const headers = {
      ...upstreamHeaders(req.headersDistinct, this.#attempt, entry.id),
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

function infoOf(req: IncomingMessage): RequestInfo {
  const info = describeRequest(req.method ?? '', req.url ?? '');
  if (!impersonates(req.headersDistinct)) return info;
  const { verb, path } = info;
  return {
    kind: 'unreadable',
    verb,
    path,
    problem: 'a step cannot impersonate anybody',
  };
}

/** Delete options are written anew; everything else that is read is sent as it came. */
function bytesToSend(
  body: RequestBody,
  received: Buffer,
  contentType: string | undefined,
): { bytes: Buffer; contentType: string | undefined } {
  if (body.kind !== 'delete-options') return { bytes: received, contentType };
  const options = {
    kind: 'DeleteOptions',
    apiVersion: 'v1',
    ...body.options,
  };
  return {
    bytes: Buffer.from(JSON.stringify(options)),
    contentType: 'application/json',
  };
}

function isDryRun(info: RequestInfo, body: RequestBody): boolean {
  return (
    info.kind === 'resource' && isWrite(info) && isProvenDryRun(info, body)
  );
}

function isLongLived(info: ReadableRequest): boolean {
  return (
    info.verb === 'watch' ||
    (info.kind === 'resource' && info.subresource === 'log')
  );
}
