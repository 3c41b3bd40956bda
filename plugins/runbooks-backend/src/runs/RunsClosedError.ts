/** Why runs can be neither started nor looked at, and the configuration that would mend it where that is known. */
export interface Closed {
  because: string;
  snippet?: string;
}

/** There is nowhere to keep runs, and trying again changes nothing before the backend is restarted. */
export class RunsClosedError extends Error {
  readonly closed: Closed;

  constructor(closed: Closed, cause?: unknown) {
    super(closed.because, { cause });
    this.name = 'RunsClosedError';
    this.closed = closed;
  }
}

export function isClosed<T extends object>(one: T | Closed): one is Closed {
  return 'because' in one;
}
