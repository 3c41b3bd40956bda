import { randomUUID } from 'node:crypto';
import { Transform, type TransformCallback } from 'node:stream';
import type { IncomingMessage, OutgoingHttpHeaders } from 'node:http';
import {
  isWrite,
  urlOf,
  type DryRunWrite,
  type QueryPairs,
  type RequestBody,
  type ResourceRequest,
} from '@backstage-runbooks/plugin-runbooks-common';
import type { ClusterTransport } from '../kubernetes';
import type { PreviewSink } from './GatewayAttempt';
import type { JudgedRequest } from './judgedRequest';

/** Of an object, or of what a selector matches, before and after; no object of a cluster is larger. */
const MAX_COMPARED_BYTES = 2 * 1024 * 1024;
/** What chooses the objects of a collection. */
const SELECTORS = ['labelSelector', 'fieldSelector'];

class TooLarge extends Error {
  constructor() {
    super(
      `what it writes has more than ${
        MAX_COMPARED_BYTES / 1024 / 1024
      } MiB, which is too much to compare`,
    );
  }
}

/** One write that is under way. */
export class WatchedWrite {
  readonly #write: Omit<DryRunWrite, 'answer'>;
  readonly #preview: PreviewSink;

  constructor(write: Omit<DryRunWrite, 'answer'>, preview: PreviewSink) {
    this.#write = write;
    this.#preview = preview;
  }

  /** Lets an answer through and tells it. */
  listen(status: number): Transform {
    const held: Buffer[] = [];
    let bytes = 0;
    return new Transform({
      transform: (chunk: Buffer, _encoding, done: TransformCallback) => {
        bytes += chunk.length;
        if (bytes <= MAX_COMPARED_BYTES) held.push(chunk);
        done(null, chunk);
      },
      flush: done => {
        if (bytes > MAX_COMPARED_BYTES) {
          this.#preview.failed(new TooLarge().message);
        } else {
          this.answered(status, Buffer.concat(held).toString('utf8'));
        }
        done();
      },
    });
  }

  /**
   * Tells an answer.
   *
   * @param body - A JSON text.
   */
  answered(status: number, body: string): void {
    this.#preview.seen({ ...this.#write, answer: { status, body } });
  }
}

/**
 * Looks at the writes of a preview: at each object as the cluster has it, and at what the API server says that would
 * become of it. Tells the preview of both.
 */
export class DryRunWatch {
  readonly #transport: Pick<ClusterTransport, 'send'>;
  readonly #clusterName: string;
  readonly #preview: PreviewSink;

  constructor(options: {
    transport: Pick<ClusterTransport, 'send'>;
    clusterName: string;
    preview: PreviewSink;
  }) {
    this.#transport = options.transport;
    this.#clusterName = options.clusterName;
    this.#preview = options.preview;
  }

  /**
   * Reads the object that a write is about, before it is sent; undefined where the call writes nothing.
   *
   * @param headers - With which the write is sent: who asks, and as whom.
   */
  async begin(
    judged: JudgedRequest,
    headers: OutgoingHttpHeaders,
    signal: AbortSignal,
  ): Promise<WatchedWrite | undefined> {
    const { info } = judged;
    if (info.kind !== 'resource' || !isWrite(info)) return undefined;
    const write = aboutWrite(judged, info);
    try {
      const before = await this.#before(info, headers, signal);
      return new WatchedWrite(
        { ...write, ...(before === undefined ? {} : { before }) },
        this.#preview,
      );
    } catch (error) {
      if (!(error instanceof TooLarge)) throw error;
      this.#preview.failed(error.message);
      return undefined;
    }
  }

  async #before(
    info: ResourceRequest,
    headers: OutgoingHttpHeaders,
    signal: AbortSignal,
  ): Promise<string | undefined> {
    const isCollection = info.verb === 'deletecollection';
    if (info.name === '' && !isCollection) return undefined;
    if (info.verb === 'create' && info.subresource === '') return undefined;
    const {
      'content-type': _type,
      'content-length': _length,
      ...asking
    } = headers;
    const answer = await this.#transport.send(this.#clusterName, {
      method: 'GET',
      path: urlOf({
        path: readPathOf(info),
        query: isCollection ? info.query.filter(isSelector) : [],
      }),
      headers: {
        ...asking,
        'audit-id': randomUUID(),
        accept: 'application/json',
        'accept-encoding': 'identity',
      },
      signal,
    });
    const text = await textOf(answer);
    return answer.statusCode === 200 ? text : undefined;
  }
}

/** What is told of a write that is not sent on. */
export function refusedWrite(
  judged: Pick<JudgedRequest, 'info' | 'body'>,
  answer: { code: number; because: string },
): DryRunWrite | undefined {
  const { info } = judged;
  if (info.kind !== 'resource' || !isWrite(info)) return undefined;
  return {
    ...aboutWrite(judged, info),
    answer: { status: answer.code, body: { message: answer.because } },
  };
}

function aboutWrite(
  { body }: Pick<JudgedRequest, 'body'>,
  info: ResourceRequest,
): Omit<DryRunWrite, 'answer'> {
  const { verb, group, resource, subresource, namespace, name } = info;
  return {
    ...{ verb, group, resource, subresource, namespace, name },
    ...sentIn(body, info),
  };
}

function sentIn(
  body: RequestBody,
  info: ResourceRequest,
): Pick<DryRunWrite, 'sent'> {
  const sent = askedBy(body, info);
  try {
    return sent ? { sent: JSON.stringify(sent) } : {};
  } catch {
    // Nested more deeply than any object that a server takes.
    return {};
  }
}

/** Of a body in protobuf, what of it was understood; of a Service that is not all that it may ask for. */
function askedBy(
  body: RequestBody,
  { group, resource }: ResourceRequest,
): unknown {
  switch (body.kind) {
    case 'object': {
      const isService = group === '' && resource === 'services';
      return body.json ?? (isService ? undefined : body.content);
    }
    case 'change':
      return body.content;
    case 'json-patch':
      return body.operations;
    default:
      return undefined;
  }
}

/** An eviction is about its pod; every other subresource is read as it is written. */
function readPathOf({ path, subresource }: ResourceRequest): string {
  return subresource === 'eviction' ? path.replace(/\/eviction$/, '') : path;
}

function isSelector([key]: QueryPairs[number]): boolean {
  return SELECTORS.includes(key);
}

async function textOf(answer: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of answer) {
    bytes += chunk.length;
    if (bytes > MAX_COMPARED_BYTES) {
      answer.destroy();
      throw new TooLarge();
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
