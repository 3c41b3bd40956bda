import { useEffect, useReducer, useRef } from 'react';
import type { StreamConnection, StreamListener } from '../api/followStream';

/** The newest message of something that is followed, and how far it can be trusted. */
export interface Followed<T> {
  value?: T;
  connection: StreamConnection;
}

type Change<T> =
  | { kind: 'restarted' }
  | { kind: 'message'; message: T }
  | { kind: 'connection'; connection: StreamConnection };

const CONNECTING: StreamConnection = { kind: 'connecting' };

/** Follows while mounted; starts again when `key` changes. */
export function useFollowed<T>(
  follow: (listener: StreamListener<T>) => () => void,
  key: string,
): Followed<T> {
  const latestFollow = useRef(follow);
  latestFollow.current = follow;
  const [followed, change] = useReducer(applyChange<T>, {
    connection: CONNECTING,
  });

  useEffect(() => {
    change({ kind: 'restarted' });
    return latestFollow.current({
      onMessage: message => change({ kind: 'message', message }),
      onConnection: connection => change({ kind: 'connection', connection }),
    });
  }, [key]);

  return followed;
}

function applyChange<T>(before: Followed<T>, change: Change<T>): Followed<T> {
  switch (change.kind) {
    case 'restarted':
      return { connection: CONNECTING };
    case 'message':
      return { ...before, value: change.message };
    default:
      // What may no longer be seen is not kept either.
      return change.connection.kind === 'denied'
        ? { connection: change.connection }
        : { ...before, connection: change.connection };
  }
}
