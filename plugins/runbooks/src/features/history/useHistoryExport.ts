import type {
  ListRunsQuery,
  RunSummary,
} from '@backstage-runbooks/plugin-runbooks-common';
import { useApi } from '@backstage/core-plugin-api';
import { useState } from 'react';
import { runbooksApiRef, type RunbooksApi } from '../../api/RunbooksApi';
import { downloadFile } from '../../downloadFile';
import { runsCsv } from './runsCsv';

/** Where an export stands. */
export type ExportState =
  | { status: 'idle' }
  | { status: 'exporting' }
  | { status: 'failed'; error: Error };

const PAGE_SIZE = 100;
const MOST_RUNS = 10_000;

/** Downloads all runs that match, the newest ten thousand at most. */
export function useHistoryExport(query: ListRunsQuery) {
  const api = useApi(runbooksApiRef);
  const [state, setState] = useState<ExportState>({ status: 'idle' });
  const exportRuns = async () => {
    setState({ status: 'exporting' });
    try {
      downloadFile('runs.csv', 'text/csv', runsCsv(await allRuns(api, query)));
      setState({ status: 'idle' });
    } catch (error) {
      setState({ status: 'failed', error: error as Error });
    }
  };
  return { state, exportRuns };
}

async function allRuns(api: RunbooksApi, query: ListRunsQuery) {
  const runs: RunSummary[] = [];
  let cursor: string | undefined;
  do {
    const page = await api.listRuns({
      ...query,
      limit: PAGE_SIZE,
      ...(cursor ? { cursor } : {}),
    });
    runs.push(...page.runs);
    cursor = page.nextCursor;
  } while (cursor && runs.length < MOST_RUNS);
  return runs;
}
