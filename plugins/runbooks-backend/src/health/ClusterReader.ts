import type { ClusterObject } from '@backstage-runbooks/plugin-runbooks-common';

/** One line of a watch. */
export interface ClusterEvent {
  type: string;
  object: ClusterObject & { metadata?: { resourceVersion?: string } };
}

/**
 * Reads from API servers with the server's own credentials, fetched anew for each connection.
 *
 * Errors that are an answer of the API server carry its HTTP `status` (403, 404, 410); all others mean that there was
 * no answer.
 */
export interface ClusterReader {
  getJson<T = unknown>(
    clusterName: string,
    path: string,
    options?: { signal?: AbortSignal },
  ): Promise<T>;

  /**
   * The events of a watch until the API server ends it after `timeoutSeconds` or the signal aborts it; both end it
   * quietly, everything else rejects. `onOpen` is called once the API server has accepted it.
   */
  watch(
    clusterName: string,
    path: string,
    options: {
      signal: AbortSignal;
      timeoutSeconds: number;
      onOpen?: () => void;
    },
  ): AsyncIterable<ClusterEvent>;
}

/** The HTTP status that the API server answered; undefined where there was no answer. */
export function statusOf(error: unknown): number | undefined {
  return error instanceof Error &&
    'status' in error &&
    typeof error.status === 'number'
    ? error.status
    : undefined;
}

/** An error in words, with what the network said where it says more. */
export function errorInWords(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error ? String(error.code) : '';
  return error.message || code || error.name;
}
