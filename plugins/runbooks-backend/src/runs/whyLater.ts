import { CONNECTION_CODES } from './connectionCodes';
import { isDatabaseAway } from './throughOutage';

/** Of a disk, and of what else a machine has too little of for a while. */
const NO_ROOM_CODES = new Set([
  'ENOSPC',
  'EDQUOT',
  'EMFILE',
  'ENFILE',
  'ENOMEM',
  'EAGAIN',
]);
/** Of connections to other services, as `fetch` tells them. */
const NO_ANSWER_CODES = new Set<string>([
  ...CONNECTION_CODES,
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
  'UND_ERR_SOCKET',
]);
const TOO_MANY_REQUESTS = 429;
const DEEPEST_CAUSE = 5;

/**
 * What keeps something from being done now and passes without anybody changing the run, in words for people: the
 * database or another service is away, the machine is full. Undefined for everything else.
 */
export function whyLater(error: unknown): string | undefined {
  if (isDatabaseAway(error)) return 'the database could not be reached';
  const causes = causesOf(error);
  for (const { code } of causes as Array<{ code?: unknown }>) {
    if (typeof code === 'string' && NO_ROOM_CODES.has(code)) {
      return `the backend's machine is full (${code})`;
    }
  }
  return causes.some(isServiceAway)
    ? 'a service that the backend asks, such as the catalog, did not answer'
    : undefined;
}

function isServiceAway(error: Error): boolean {
  const { code, statusCode } = error as {
    code?: unknown;
    statusCode?: unknown;
  };
  return (
    error.name === 'ServiceUnavailableError' ||
    (typeof code === 'string' && NO_ANSWER_CODES.has(code)) ||
    (error.name === 'ResponseError' &&
      typeof statusCode === 'number' &&
      (statusCode >= 500 || statusCode === TOO_MANY_REQUESTS))
  );
}

function causesOf(error: unknown): Error[] {
  const causes: Error[] = [];
  for (
    let cause = error;
    cause instanceof Error && causes.length < DEEPEST_CAUSE;
    cause = cause.cause
  ) {
    causes.push(cause);
  }
  return causes;
}
