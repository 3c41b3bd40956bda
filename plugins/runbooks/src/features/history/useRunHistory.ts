import type {
  ListRunsQuery,
  RunSummary,
} from '@backstage-runbooks/plugin-runbooks-common';
import { useApi } from '@backstage/core-plugin-api';
import { useEffect, useReducer, useState } from 'react';
import { runbooksApiRef } from '../../api/RunbooksApi';

/** Runs that match, as far as they were asked for. */
export type RunHistory =
  | { status: 'loading' }
  | { status: 'failed'; error: Error }
  | {
      status: 'ready';
      runs: RunSummary[];
      nextCursor?: string;
      more: 'idle' | 'loading' | Error;
    };

type HistoryChange =
  | { kind: 'restarted' }
  | { kind: 'page'; runs: RunSummary[]; nextCursor?: string; isFirst: boolean }
  | { kind: 'asked-more' }
  | { kind: 'failed'; error: Error; isFirst: boolean };

const PAGE_SIZE = 25;

/** Loads history a page at a time; starts again when the query changes. */
export function useRunHistory(query: ListRunsQuery) {
  const api = useApi(runbooksApiRef);
  const [history, change] = useReducer(applyHistoryChange, {
    status: 'loading',
  });
  const [asked, setAsked] = useState(0);
  const key = JSON.stringify(query);

  useEffect(() => {
    let current = true;
    change({ kind: 'restarted' });
    api.listRuns({ ...JSON.parse(key), limit: PAGE_SIZE }).then(
      page => current && change({ kind: 'page', ...page, isFirst: true }),
      error => current && change({ kind: 'failed', error, isFirst: true }),
    );
    return () => {
      current = false;
    };
  }, [api, key, asked]);

  const loadMore = async () => {
    if (history.status !== 'ready' || !history.nextCursor) return;
    change({ kind: 'asked-more' });
    try {
      const page = await api.listRuns({
        ...query,
        limit: PAGE_SIZE,
        cursor: history.nextCursor,
      });
      change({ kind: 'page', ...page, isFirst: false });
    } catch (error) {
      change({ kind: 'failed', error: error as Error, isFirst: false });
    }
  };
  return { history, loadMore, reload: () => setAsked(count => count + 1) };
}

function applyHistoryChange(
  before: RunHistory,
  change: HistoryChange,
): RunHistory {
  switch (change.kind) {
    case 'restarted':
      return { status: 'loading' };
    case 'page':
      return {
        status: 'ready',
        runs:
          change.isFirst || before.status !== 'ready'
            ? change.runs
            : [...before.runs, ...change.runs],
        nextCursor: change.nextCursor,
        more: 'idle',
      };
    case 'asked-more':
      return before.status === 'ready'
        ? { ...before, more: 'loading' }
        : before;
    default:
      return change.isFirst || before.status !== 'ready'
        ? { status: 'failed', error: change.error }
        : { ...before, more: change.error };
  }
}
