/** Header lines by lower-case name, each with all its values. @public */
export type HeaderLines = Readonly<Record<string, string[] | undefined>>;

/**
 * An allow list: Authorization, Impersonate-*, X-Remote-*, Audit-ID and whatever comes next never pass. Of an upgrade
 * all of `Sec-WebSocket-*` and every line of `X-Stream-Protocol-Version` are needed.
 */
const PASSING_HEADERS = [
  'accept',
  'accept-encoding',
  'content-type',
  'kubectl-command',
  'kubectl-session',
  'if-none-match',
  'x-stream-protocol-version',
  'sec-websocket-key',
  'sec-websocket-version',
  'sec-websocket-extensions',
  'sec-websocket-protocol',
];

/** A WebSocket client may carry a token as a subprotocol. */
const BEARER_PROTOCOL = /^base64url\.bearer\.authorization\.k8s\.io\./i;

/** The headers of a request that may reach the API server. @public */
export function passingHeaders(headers: HeaderLines): Record<string, string[]> {
  const passing: Record<string, string[]> = {};
  for (const name of PASSING_HEADERS) {
    const lines = headers[name];
    const kept =
      name === 'sec-websocket-protocol' ? withoutTokens(lines) : lines;
    if (kept && kept.length > 0) passing[name] = kept;
  }
  return passing;
}

/**
 * True when a request asks to act as somebody else. Such a call is refused: without the header it would run with more
 * rights than it was written for.
 *
 * @public
 */
export function impersonates(headers: HeaderLines): boolean {
  return Object.keys(headers).some(name =>
    name.toLowerCase().startsWith('impersonate-'),
  );
}

function withoutTokens(lines: string[] | undefined): string[] | undefined {
  const protocols = lines
    ?.flatMap(line => line.split(','))
    .map(protocol => protocol.trim())
    .filter(protocol => protocol && !BEARER_PROTOCOL.test(protocol));
  return protocols?.length ? [protocols.join(', ')] : undefined;
}
