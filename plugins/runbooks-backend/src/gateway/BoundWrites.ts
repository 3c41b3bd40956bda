import type { IncomingMessage, OutgoingHttpHeaders } from 'node:http';
import { pipeline } from 'node:stream/promises';
import {
  callDone,
  isOvertaken,
  isProvenDryRun,
  isWrite,
  urlOf,
  type CountedWrite,
  type DryRunWrite,
  type ResourceRequest,
} from '@backstage-runbooks/plugin-runbooks-common';
import type { ClusterTransport } from '../kubernetes';
import { dryRunOf } from './DryRunPreview';
import { DryRunWatch } from './DryRunWatch';
import type {
  GatewayAttempt,
  PreviewSink,
  WriteBinding,
} from './GatewayAttempt';
import { bytesToSend, isDryRun, type JudgedRequest } from './judgedRequest';
import { triedHeaders } from './upstreamHeaders';
import { WriteTurns } from './WriteTurns';

/** A controller may write the object while it is tried; then it is tried again. */
const MAX_TRIES = 3;
const NO_DRY_RUN =
  'it has no dry run, so it cannot be told whether it would do what the approval showed';

/** What the try of a write came to. */
export type TriedWrite =
  /** Must be told when the write was sent: the status of its answer, undefined where there was none. */
  | { kind: 'pass'; sent(status: number | undefined): void }
  | { kind: 'refuse'; because: string }
  /** The API server refused the dry run: that is the answer. */
  | { kind: 'answered'; answer: IncomingMessage };

type Outcome =
  | { kind: 'pass'; counts: CountedWrite[] }
  | { kind: 'refuse'; because: string }
  | { kind: 'answered'; answer: IncomingMessage };

/** One write that is tried. */
class OneWrite implements PreviewSink {
  write: DryRunWrite | undefined;
  failure: string | undefined;

  seen(write: DryRunWrite): void {
    this.write = write;
  }

  failed(because: string): void {
    this.failure = because;
  }
}

/**
 * Tries the writes of an attempt that is bound to a preview: each is sent as a dry run first, the very same but for
 * that, and may be made only where what it would do is what the preview showed. The tries stand in the cluster's audit
 * log as attempt 0 of the step, with the id of their call.
 *
 * Guaranteed: of one attempt, no other write of that kind and namespace is made between the try of a write and the write
 * itself. Not guaranteed: that nobody else changes the object in these milliseconds.
 */
export class BoundWrites {
  readonly #transport: Pick<ClusterTransport, 'send'>;
  readonly #attempt: GatewayAttempt;
  readonly #binding: WriteBinding;
  readonly #turns = new WriteTurns();

  constructor(options: {
    transport: Pick<ClusterTransport, 'send'>;
    attempt: GatewayAttempt;
    binding: WriteBinding;
  }) {
    this.#transport = options.transport;
    this.#attempt = options.attempt;
    this.#binding = options.binding;
  }

  /**
   * Whether a write may be made; undefined where the call writes nothing.
   *
   * @param request - As the write is sent.
   * @throws where the API server cannot be asked
   */
  async try(
    judged: JudgedRequest,
    request: { method: string; headers: OutgoingHttpHeaders },
    signal: AbortSignal,
  ): Promise<TriedWrite | undefined> {
    const { info, body } = judged;
    if (info.kind !== 'resource' || !isWrite(info) || isDryRun(info, body)) {
      return undefined;
    }
    const { group, resource, namespace } = info;
    const end = await this.#turns.take(
      JSON.stringify([group, resource, namespace]),
    );
    let isPassing = false;
    try {
      signal.throwIfAborted();
      const outcome = await this.#tryAgain(judged, info, request, signal);
      if (outcome.kind !== 'pass') return outcome;
      isPassing = true;
      const sent = (status: number | undefined) => {
        if (mayBeMade(info, status)) this.#binding.made(outcome.counts);
        end();
      };
      return { kind: 'pass', sent };
    } finally {
      if (!isPassing) end();
    }
  }

  async #tryAgain(
    judged: JudgedRequest,
    info: ResourceRequest,
    request: { method: string; headers: OutgoingHttpHeaders },
    signal: AbortSignal,
  ): Promise<Outcome> {
    for (let tries = 1; ; tries += 1) {
      const tried = await this.#dryRun(judged, info, request, signal);
      if (tried.kind !== 'tried') return tried;
      const outcome = await this.#decide(tried.write);
      const isLast = outcome.kind === 'pass' || tries === MAX_TRIES;
      if (isLast || !isOvertaken(tried.write)) return outcome;
    }
  }

  async #dryRun(
    judged: JudgedRequest,
    info: ResourceRequest,
    request: { method: string; headers: OutgoingHttpHeaders },
    signal: AbortSignal,
  ): Promise<Outcome | { kind: 'tried'; write: DryRunWrite }> {
    const dry = dryRunOf(info, judged.body);
    if (info.verb === 'connect' || !isProvenDryRun(dry.info, dry.body)) {
      return { kind: 'refuse', because: NO_DRY_RUN };
    }
    const { bytes, contentType } = bytesToSend(
      dry.body,
      judged.bytes,
      judged.contentType,
    );
    const headers = {
      ...triedHeaders(request.headers, this.#attempt),
      accept: 'application/json',
      'accept-encoding': 'identity',
      ...(bytes.length > 0
        ? { 'content-type': contentType, 'content-length': bytes.length }
        : {}),
    };
    const { clusterName } = this.#attempt;
    const sink = new OneWrite();
    const watch = new DryRunWatch({
      transport: this.#transport,
      clusterName,
      preview: sink,
    });
    const watched = await watch.begin({ ...judged, ...dry }, headers, signal);
    if (!watched) return notCompared(sink.failure);
    const answer = await this.#transport.send(
      clusterName,
      { method: request.method, path: urlOf(dry.info), headers, signal },
      bytes,
    );
    const status = answer.statusCode ?? 502;
    if (status >= 300) return { kind: 'answered', answer };
    // The answer is told to the sink, and to nobody else.
    await pipeline(answer, watched.listen(status), drained);
    return sink.write && sink.failure === undefined
      ? { kind: 'tried', write: sink.write }
      : notCompared(sink.failure);
  }

  async #decide(
    write: DryRunWrite,
  ): Promise<Exclude<Outcome, { kind: 'answered' }>> {
    try {
      return await this.#binding.decide(write);
    } catch (error) {
      return notCompared(error instanceof Error ? error.message : undefined);
    }
  }
}

function notCompared(because = 'its dry run was not answered'): Outcome & {
  kind: 'refuse';
} {
  return {
    kind: 'refuse',
    because: `it cannot be compared with what the approval showed: ${because}`,
  };
}

async function drained(chunks: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of chunks);
}

/** An error, too, may be of a write that was made: of a proxy that did not wait, or of a deletion of many. */
function mayBeMade(info: ResourceRequest, status: number | undefined): boolean {
  const call = { ...info, decision: 'passed' as const, dryRun: false };
  return callDone({ ...call, status }) !== 'nothing';
}
