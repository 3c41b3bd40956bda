/** The API server answered with a status that is not success. */
export class KubernetesApiError extends Error {
  override readonly name = 'KubernetesApiError';
  /** HTTP status: 403, 404, 410. */
  readonly status: number;
  /** The API server's own word for it: 'Forbidden', 'NotFound', 'Expired'. */
  readonly reason: string | undefined;

  constructor(message: string, status: number, reason?: string) {
    super(message);
    this.status = status;
    this.reason = reason;
  }

  /** From the body of an answer, which is a Status object or plain text. */
  static fromBody(
    status: number,
    body: string,
    from: { clusterName: string; path: string },
  ): KubernetesApiError {
    const said = parsedStatus(body);
    const text = said?.message ?? body.trim().slice(0, 300);
    return new KubernetesApiError(
      `Cluster '${from.clusterName}' answered ${status} to ${from.path}: ${
        text || 'no message'
      }`,
      status,
      said?.reason,
    );
  }

  /** From the Status object in an ERROR event of a watch. */
  static fromStatus(object: {
    code?: number;
    reason?: string;
    message?: string;
  }): KubernetesApiError {
    return new KubernetesApiError(
      object.message ?? 'the watch ended with an error',
      object.code ?? 500,
      object.reason,
    );
  }
}

function parsedStatus(
  body: string,
): { message?: string; reason?: string } | undefined {
  try {
    const value = JSON.parse(body);
    return value?.kind === 'Status' ? value : undefined;
  } catch {
    return undefined;
  }
}
