import { useCallback, useEffect, useRef, useState } from 'react';
import type { Loaded, Reloadable } from './Loaded';

/**
 * Loads a value when `key` changes and when asked to. An answer that arrives after the key has changed is dropped.
 *
 * `load` may be a new function on every render; only `key` decides when it is called.
 */
export function useLoaded<T>(
  load: () => Promise<T>,
  key: string,
): Reloadable<T> {
  const [loaded, setLoaded] = useState<{ key: string; state: Loaded<T> }>({
    key,
    state: { status: 'loading' },
  });
  const [asked, setAsked] = useState(0);
  const latestLoad = useRef(load);
  latestLoad.current = load;

  useEffect(() => {
    let current = true;
    latestLoad.current().then(
      value => {
        if (current) setLoaded({ key, state: { status: 'ready', value } });
      },
      error => {
        if (current)
          setLoaded(before => ({ key, state: failed(before, key, error) }));
      },
    );
    return () => {
      current = false;
    };
  }, [key, asked]);

  const renew = useCallback(() => setAsked(count => count + 1), []);
  const reload = useCallback(() => {
    setLoaded(before =>
      before.state.status === 'failed'
        ? { key: before.key, state: { status: 'loading' } }
        : before,
    );
    renew();
  }, [renew]);

  const state: Loaded<T> =
    loaded.key === key ? loaded.state : { status: 'loading' };
  return { ...state, reload, renew };
}

function failed<T>(
  before: { key: string; state: Loaded<T> },
  key: string,
  error: Error,
): Loaded<T> {
  return before.key === key && before.state.status === 'ready'
    ? { ...before.state, refreshError: error }
    : { status: 'failed', error };
}
