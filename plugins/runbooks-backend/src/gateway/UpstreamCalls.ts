import type {
  IncomingMessage,
  OutgoingHttpHeaders,
  ServerResponse,
} from 'node:http';
import type { Duplex } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import {
  impersonationHeaders,
  isAboutSecrets,
  isWrite,
  urlOf,
  type Impersonation,
  type SecretAsked,
  type SecretView,
} from '@backstage-runbooks/plugin-runbooks-common';
import type { ClusterRequest, ClusterTransport } from '../kubernetes';
import { BoundWrites, type TriedWrite } from './BoundWrites';
import type { JournalEntry } from './CallJournal';
import type { DryRunPreview } from './DryRunPreview';
import { DryRunWatch, type WatchedWrite } from './DryRunWatch';
import type { GatewayAttempt } from './GatewayAttempt';
import type { GatewayRules } from './GatewayRules';
import type { HeldShares } from './HeldShares';
import {
  isLongLived,
  type JudgedRequest,
  type ReadableRequest,
} from './judgedRequest';
import { refusalText, relayUpgrade } from './relayUpgrade';
import { RenamedAnswer } from './RenamedAnswer';
import { carriesSecrets, passSecretAnswer } from './secretAnswers';
import {
  refusalAnswer,
  relayedAnswer,
  sendStatus,
  sendStatusOnSocket,
} from './statusAnswer';
import type { TaughtValues } from './TaughtValues';
import { TooMuchUnderWay } from './TooMuchUnderWay';
import { answerHeaders, upstreamHeaders } from './upstreamHeaders';

/** How an answer is passed on. */
interface Passing {
  view: SecretView;
  shares: HeldShares;
  watched?: WatchedWrite;
}

const ALL_DATA: SecretView = { kind: 'data' };

/**
 * Sends the calls of one attempt that may pass on to the API server, with the cluster's credential and never one of the
 * step's, and passes the answers back: those about Secrets as far as the step may see them.
 */
export class UpstreamCalls {
  readonly #attempt: GatewayAttempt;
  readonly #transport: ClusterTransport;
  readonly #impersonation: Impersonation | undefined;
  readonly #rules: GatewayRules;
  readonly #taught: TaughtValues;
  readonly #preview: DryRunPreview | undefined;
  readonly #watch: DryRunWatch | undefined;
  readonly #bound: BoundWrites | undefined;

  constructor(options: {
    attempt: GatewayAttempt;
    transport: ClusterTransport;
    impersonation: Impersonation | undefined;
    rules: GatewayRules;
    taught: TaughtValues;
    preview: DryRunPreview | undefined;
  }) {
    this.#attempt = options.attempt;
    this.#transport = options.transport;
    this.#impersonation = options.impersonation;
    this.#rules = options.rules;
    this.#taught = options.taught;
    this.#preview = options.preview;
    const { transport } = options;
    const { clusterName, preview, bound } = options.attempt;
    this.#watch =
      preview && new DryRunWatch({ transport, clusterName, preview });
    this.#bound =
      bound &&
      new BoundWrites({ transport, attempt: options.attempt, binding: bound });
  }

  /** Sends a call on and passes its answer back. */
  async forward(
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
    const passing = { ...held, view: asked?.view ?? ALL_DATA };
    const request = {
      method: req.method ?? 'GET',
      path: urlOf(asked ? { ...info, query: asked.query } : info),
      headers,
      signal: held.signal,
      ownConnection: isLongLived(info),
    };
    const tried = await this.#try(judged, request);
    if (tried?.kind === 'refuse') {
      entry.refuse(tried.because);
      sendStatus(res, refusalAnswer(entry.id, info, tried.because));
      entry.end(403);
    } else if (tried?.kind === 'answered') {
      entry.onlyTried();
      await this.#passAnswer(tried.answer, judged, res, passing);
    } else {
      await this.#send(judged, request, res, { ...passing, ...tried });
    }
  }

  /** As a dry run first, where the attempt is bound to a preview. */
  async #try(
    judged: JudgedRequest,
    request: ClusterRequest & { signal: AbortSignal },
  ): Promise<TriedWrite | undefined> {
    try {
      return await this.#bound?.try(judged, request, request.signal);
    } catch (error) {
      judged.entry.onlyTried();
      throw error;
    }
  }

  async #send(
    judged: JudgedRequest,
    request: ClusterRequest & { signal: AbortSignal },
    res: ServerResponse,
    passing: Passing & { sent?: (status: number | undefined) => void },
  ): Promise<void> {
    const { info, bytes } = judged;
    const { headers, signal } = request;
    const watched = await this.#watch?.begin(judged, headers, signal);
    let status: number | undefined;
    let answer: IncomingMessage;
    try {
      const { clusterName } = this.#attempt;
      answer = await this.#transport.send(clusterName, request, bytes);
      status = answer.statusCode ?? 502;
    } finally {
      passing.sent?.(status);
    }
    if (status < 300) this.#preview?.succeeded(info);
    await this.#passAnswer(answer, judged, res, { ...passing, watched });
  }

  async #passAnswer(
    answer: IncomingMessage,
    judged: JudgedRequest,
    res: ServerResponse,
    passing: Passing,
  ): Promise<void> {
    try {
      await this.#pass(answer, judged, res, passing);
    } finally {
      judged.entry.end(answer.statusCode ?? 502);
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
    const isWatched = this.#watch !== undefined && isWrite(judged.info);
    if (carriesSecrets(judged.info) || judged.renamed || isWatched) {
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
    held: Passing,
  ): Promise<void> {
    const { info, renamed, entry } = judged;
    const status = answer.statusCode ?? 502;
    const name = info.kind === 'resource' ? info.name : '';
    if (carriesSecrets(info)) {
      const passing = passSecretAnswer(answer, res, {
        isWatch: info.verb === 'watch',
        judge: document => {
          held.watched?.answered(status, JSON.stringify(document));
          return this.#rules.secretAnswered(document, held.view, isWrite(info));
        },
        hold: bytes => held.shares.holdSecret(bytes),
        teach: async values => (await this.#taught.teach(values)) === 'taught',
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
    res.writeHead(status, answerHeaders(answer.rawHeaders, dropped));
    // A watch without events must still answer.
    res.flushHeaders();
    const filters = [
      ...(renamed ? [new RenamedAnswer(renamed.sentName, name)] : []),
      ...(held.watched ? [held.watched.listen(status)] : []),
    ];
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

  /** Opens a connection for an upgrade; true where it is open. */
  async relay(
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
}
