import type { OutgoingHttpHeaders } from 'node:http';
import {
  passingHeaders,
  type HeaderLines,
} from '@backstage-runbooks/plugin-runbooks-common';
import type { GatewayAttempt } from './GatewayAttempt';

/** As attempts are numbered from 1. */
export const TRIED_ATTEMPT = 0;

const MAX_AGENT_LENGTH = 120;

/** These describe one connection and do not pass to the next. */
const CONNECTION_HEADERS = new Set([
  'connection',
  'keep-alive',
  'transfer-encoding',
  'upgrade',
  'set-cookie',
]);

/**
 * Headers towards the API server: what may pass, our own Audit-ID (which joins our record with the cluster's audit
 * log), the attempt's name in the User-Agent and, where the operator wants it, as whom the portal acts.
 */
export function upstreamHeaders(
  received: HeaderLines,
  attempt: Pick<GatewayAttempt, 'runId' | 'stepId' | 'attempt'>,
  callId: string,
  impersonation: OutgoingHttpHeaders,
): OutgoingHttpHeaders {
  return {
    ...passingHeaders(received),
    'user-agent': userAgentOf(received['user-agent']?.[0], attempt),
    'audit-id': callId,
    ...impersonation,
  };
}

/** Raw header lines of an answer that pass back to the step. */
export function answerHeaders(
  rawHeaders: string[],
  dropped: readonly string[] = [],
): string[] {
  return rawHeaders.filter((_, index) => {
    const name = rawHeaders[index - (index % 2)].toLowerCase();
    return !CONNECTION_HEADERS.has(name) && !dropped.includes(name);
  });
}

/**
 * Headers of a dry run that nobody asked for, in front of a write or for a preview: it stands in the cluster's audit
 * log as attempt 0 of the step.
 */
export function triedHeaders(
  headers: OutgoingHttpHeaders,
  attempt: Pick<GatewayAttempt, 'runId' | 'stepId' | 'attempt'>,
): OutgoingHttpHeaders {
  return {
    ...headers,
    'user-agent': String(headers['user-agent']).replace(
      attemptName(attempt),
      () => attemptName({ ...attempt, attempt: TRIED_ATTEMPT }),
    ),
  };
}

/** How an attempt is called in the cluster's audit log: `runbooks/<run>/<step>/<attempt>`. */
export function attemptName(
  attempt: Pick<GatewayAttempt, 'runId' | 'stepId' | 'attempt'>,
): string {
  const name = `${attempt.runId}/${attempt.stepId}/${attempt.attempt}`;
  return `runbooks/${name.replace(/[^A-Za-z0-9._/-]/g, '_')}`;
}

function userAgentOf(
  received: string | undefined,
  attempt: Pick<GatewayAttempt, 'runId' | 'stepId' | 'attempt'>,
): string {
  const client = received?.replace(/[^\x20-\x7e]/g, '');
  const name = attemptName(attempt);
  return client ? `${client.slice(0, MAX_AGENT_LENGTH)} ${name}` : name;
}
