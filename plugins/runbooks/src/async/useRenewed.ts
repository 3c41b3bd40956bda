import { useEffect, useRef } from 'react';
import { backoffMs } from '../api/backoff';
import { isRefusal } from '../api/isRefusal';
import type { Reloadable } from './Loaded';
import { useLoaded } from './useLoaded';

/**
 * Loads a value and renews it by itself, `everyMs` after each answer.
 *
 * A refusal ends that; other failures are tried again more and more seldom. Asking by hand begins it anew.
 */
export function useRenewed<T>(
  load: () => Promise<T>,
  key: string,
  everyMs: number,
): Reloadable<T> {
  const loaded = useLoaded(load, key);
  const failures = useRef(0);
  const { renew } = loaded;
  const answer = loaded.status === 'ready' ? loaded.value : undefined;
  const error = errorOf(loaded);
  const isLoading = loaded.status === 'loading';

  useEffect(() => {
    if (isLoading || (error && isRefusal(error))) return undefined;
    failures.current = error ? failures.current + 1 : 0;
    const pauseMs = error
      ? Math.max(everyMs, backoffMs(failures.current, Math.random()))
      : everyMs;
    const timer = setTimeout(renew, pauseMs);
    return () => clearTimeout(timer);
  }, [isLoading, answer, error, everyMs, renew]);

  return loaded;
}

function errorOf<T>(loaded: Reloadable<T>): Error | undefined {
  switch (loaded.status) {
    case 'failed':
      return loaded.error;
    case 'ready':
      return loaded.refreshError;
    default:
      return undefined;
  }
}
