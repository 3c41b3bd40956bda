import type {
  RunStreamMessage,
  RunView,
} from '@backstage-runbooks/plugin-runbooks-common';
import { useApi } from '@backstage/core-plugin-api';
import { useCallback, useEffect, useReducer, useState } from 'react';
import { runbooksApiRef } from '../../api/RunbooksApi';
import type { StreamConnection } from '../../api/followStream';
import { OutputFeed } from './OutputFeed';

/** A run that is followed. */
export interface FollowedRun {
  view?: RunView;
  connection: StreamConnection;
  /** Where output of its steps arrives. */
  feed: OutputFeed;
  /** Shows a newer view at once, before the stream brings it. */
  apply: (view: RunView) => void;
}

interface RunKnowledge {
  view?: RunView;
  connection: StreamConnection;
}

type RunChange =
  | { kind: 'restarted' }
  | { kind: 'view'; view: RunView }
  | { kind: 'connection'; connection: StreamConnection };

const NOTHING_YET: RunKnowledge = { connection: { kind: 'connecting' } };

/** Follows a run while mounted. */
export function useRun(runId: string): FollowedRun {
  const api = useApi(runbooksApiRef);
  const [feed] = useState(() => new OutputFeed());
  const [known, change] = useReducer(applyRunChange, NOTHING_YET);

  useEffect(() => {
    change({ kind: 'restarted' });
    return api.followRun(runId, {
      onMessage(message: RunStreamMessage) {
        if (message.type === 'run')
          change({ kind: 'view', view: message.view });
        else feed.publish(message);
      },
      onConnection: connection => change({ kind: 'connection', connection }),
    });
  }, [api, feed, runId]);

  const apply = useCallback(
    (view: RunView) => change({ kind: 'view', view }),
    [],
  );
  return { ...known, feed, apply };
}

/** A view that arrives late never replaces a newer one. */
function applyRunChange(known: RunKnowledge, change: RunChange): RunKnowledge {
  switch (change.kind) {
    case 'restarted':
      return NOTHING_YET;
    case 'view':
      return known.view &&
        known.view.run.id === change.view.run.id &&
        known.view.run.eventCount > change.view.run.eventCount
        ? known
        : { ...known, view: change.view };
    default:
      // What may no longer be seen is not kept either.
      return change.connection.kind === 'denied'
        ? { connection: change.connection }
        : { ...known, connection: change.connection };
  }
}
