import { STATUS_CODES, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import {
  callText,
  type RequestInfo,
} from '@backstage-runbooks/plugin-runbooks-common';

/** A failure in the form that kubectl prints. */
export interface StatusAnswer {
  code: number;
  /** The API's word for it: 'Forbidden', 'NotFound'. */
  reason: string;
  message: string;
  /** Where the same call may pass later: when to try it again. */
  retryAfterSeconds?: number;
}

/** What kubectl asks before everything else in a step: which resources there are. */
const DISCOVERY = /^\/apis?(\?|$)/;

/**
 * Answers an ordinary request. Where kubectl discovers the cluster it does not read a Status, and says "unknown"; a
 * plain text it prints.
 */
export function sendStatus(res: ServerResponse, answer: StatusAnswer): void {
  const isPlain = DISCOVERY.test(res.req.url ?? '');
  const text = isPlain ? answer.message : statusText(answer);
  res.writeHead(answer.code, {
    'content-type': isPlain ? 'text/plain' : 'application/json',
    'content-length': Buffer.byteLength(text),
    ...retryHeader(answer),
  });
  res.end(text);
}

/** Answers a request for an upgrade, which has no response object. */
export function sendStatusOnSocket(socket: Duplex, answer: StatusAnswer): void {
  const text = statusText(answer);
  socket.end(
    [
      `HTTP/1.1 ${answer.code} ${STATUS_CODES[answer.code] ?? 'Unknown'}`,
      'Content-Type: application/json',
      `Content-Length: ${Buffer.byteLength(text)}`,
      ...Object.entries(retryHeader(answer)).map(line => line.join(': ')),
      'Connection: close',
      '',
      text,
    ].join('\r\n'),
  );
}

/** What a step is told about a call that is not sent on. */
export function refusalAnswer(
  id: string,
  info: RequestInfo,
  because: string,
): StatusAnswer {
  return {
    code: 403,
    reason: 'Forbidden',
    message: `runbooks gateway refused ${callText(
      info,
    )}: ${because} (call ${id})`,
  };
}

/** What a step is told about a call for which there is no room now; kubectl tries it again, as after a busy server. */
export function busyAnswer(
  id: string,
  info: RequestInfo,
  because: string,
): StatusAnswer {
  return {
    ...refusalAnswer(id, info, because),
    code: 429,
    reason: 'TooManyRequests',
    retryAfterSeconds: 1,
  };
}

/** What a step is told where the API server cannot be asked. */
export function faultAnswer(error: unknown): StatusAnswer {
  const message = error instanceof Error ? error.message : String(error);
  return {
    code: 502,
    reason: 'ServiceUnavailable',
    message: `runbooks gateway: ${message}`,
  };
}

/** What the API server said to a request for an upgrade, in its own words. */
export function relayedAnswer(status: number, text: string): StatusAnswer {
  try {
    const said = JSON.parse(text);
    return {
      code: status,
      reason: String(said.reason ?? ''),
      message: String(said.message ?? text),
    };
  } catch {
    return { code: status, reason: '', message: text };
  }
}

/** The failure as the JSON that clients of Kubernetes read. */
export function statusText(answer: StatusAnswer): string {
  const { code, reason, message, retryAfterSeconds } = answer;
  return JSON.stringify({
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Failure',
    reason,
    message,
    ...(retryAfterSeconds ? { details: { retryAfterSeconds } } : {}),
    code,
  });
}

function retryHeader({ retryAfterSeconds }: StatusAnswer): {
  'retry-after'?: string;
} {
  return retryAfterSeconds ? { 'retry-after': String(retryAfterSeconds) } : {};
}
