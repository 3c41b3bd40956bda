/** Header lines by lower-case name, each with all its values. @public */
export type HeaderLines = Readonly<Record<string, string[] | undefined>>;

/**
 * An allow list: Audit-ID, X-Forwarded-* and whatever comes next never pass. Of an upgrade
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
const BEARER_PROTOCOL = /(^|[,\s])base64url\.bearer\.authorization\.k8s\.io/i;

/** Lists by nature; every other header that stands twice could be read in two ways. */
const REPEATABLE_HEADERS = new Set([
  'accept',
  'accept-encoding',
  'connection',
  'sec-websocket-extensions',
  'sec-websocket-protocol',
  'x-stream-protocol-version',
]);

/** The headers of a request that may reach the API server. @public */
export function passingHeaders(headers: HeaderLines): Record<string, string[]> {
  const passing: Record<string, string[]> = {};
  for (const name of PASSING_HEADERS) {
    const lines = headers[name];
    if (lines && lines.length > 0) passing[name] = lines;
  }
  return passing;
}

/**
 * Why a request is refused for its headers; undefined where it is not.
 *
 * One that brings a credential or asks to act as somebody else is refused, not stripped: without it the call would run
 * with other rights than it was written for. One that says a thing twice is refused because two readers could take it
 * in two ways.
 *
 * @public
 */
export function headerProblem(headers: HeaderLines): string | undefined {
  for (const [key, lines = []] of Object.entries(headers)) {
    const name = key.toLowerCase();
    if (name.startsWith('impersonate-')) {
      return 'a step cannot impersonate anybody';
    }
    if (isCredential(name, lines)) {
      return `a step cannot bring a credential of its own (${name}); calls run as this portal`;
    }
    if (lines.length > 1 && !REPEATABLE_HEADERS.has(name)) {
      return `its header '${name}' stands ${lines.length} times`;
    }
  }
  return undefined;
}

function isCredential(name: string, lines: readonly string[]): boolean {
  return (
    name === 'authorization' ||
    name === 'proxy-authorization' ||
    name === 'cookie' ||
    name.startsWith('x-remote-') ||
    (name === 'sec-websocket-protocol' &&
      lines.some(line => BEARER_PROTOCOL.test(line)))
  );
}
