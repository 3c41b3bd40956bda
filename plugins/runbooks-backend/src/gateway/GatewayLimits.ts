const KIB = 1024;
const MIB = 1024 * KIB;
const SECOND = 1_000;

/**
 * How much a gateway holds for steps at a time. What is not said to end at once waits for `waitMs` and is refused then.
 * docs/limits.md says what happens beyond each.
 */
export interface GatewayLimits {
  /** Calls under way: from the first byte of the body that is read to the last of the answer. */
  callsPerAttempt: number;
  callsInAll: number;
  /** Watches, logs and upgraded connections, which last and are not among the calls. */
  streamsPerAttempt: number;
  streamsInAll: number;
  /** Calls of one attempt that are recorded; what comes then is refused, and recorded once. */
  recordsPerAttempt: number;
  connectionsPerAttempt: number;
  /** Requests that were sent on one connection before those in front of them were answered. */
  queuedPerConnection: number;
  /** The connection is closed after so many, and the client makes a new one. */
  requestsPerConnection: number;
  /** Bodies of more than 64 KiB in memory. */
  bodyBytesPerAttempt: number;
  bodyBytesInAll: number;
  /** Answers about Secrets in memory while they are looked through, without the first 64 KiB of each. */
  secretBytesPerAttempt: number;
  secretBytesInAll: number;
  /** Values of Secrets that the output is looked through for, with 256 bytes more for each. */
  taughtBytesPerAttempt: number;
  taughtBytesInAll: number;
  /** Method, URL and headers of one request. */
  headerBytes: number;
  headersMs: number;
  /** A whole request, with its body. */
  requestMs: number;
  /** A call that is no stream, with its answer. */
  callMs: number;
  waitMs: number;
}

export const GATEWAY_LIMITS: GatewayLimits = {
  callsPerAttempt: 64,
  callsInAll: 512,
  streamsPerAttempt: 64,
  streamsInAll: 512,
  recordsPerAttempt: 20_000,
  connectionsPerAttempt: 256,
  queuedPerConnection: 16,
  requestsPerConnection: 1_000,
  bodyBytesPerAttempt: 16 * MIB,
  bodyBytesInAll: 64 * MIB,
  secretBytesPerAttempt: 32 * MIB,
  secretBytesInAll: 64 * MIB,
  taughtBytesPerAttempt: 16 * MIB,
  taughtBytesInAll: 32 * MIB,
  // An exec carries its command in the url.
  headerBytes: 128 * KIB,
  headersMs: 20 * SECOND,
  requestMs: 60 * SECOND,
  callMs: 300 * SECOND,
  waitMs: 10 * SECOND,
};
