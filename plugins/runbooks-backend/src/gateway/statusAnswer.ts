import { STATUS_CODES, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';

/** A failure in the form that kubectl prints. */
export interface StatusAnswer {
  code: number;
  /** The API's word for it: 'Forbidden', 'NotFound'. */
  reason: string;
  message: string;
}

/** Answers an ordinary request. */
export function sendStatus(res: ServerResponse, answer: StatusAnswer): void {
  const text = statusText(answer);
  res.writeHead(answer.code, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
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
      'Connection: close',
      '',
      text,
    ].join('\r\n'),
  );
}

function statusText({ code, reason, message }: StatusAnswer): string {
  return JSON.stringify({
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Failure',
    reason,
    message,
    code,
  });
}
