import type {
  RunPage,
  RunSummary,
} from '@backstage-runbooks/plugin-runbooks-common';
import { encodeCursor } from './cursor';

/** One page of several that have no run in common, each of as many runs at least where there are as many. */
export function newestOf(pages: readonly RunPage[], limit: number): RunPage {
  const all = pages.flatMap(({ runs }) => runs).sort(newestFirst);
  const runs = all.slice(0, limit);
  const isLast =
    all.length <= limit &&
    pages.every(({ nextCursor }) => nextCursor === undefined);
  const last = runs[runs.length - 1];
  return isLast || !last
    ? { runs }
    : { runs, nextCursor: encodeCursor(last.startedAt, last.id) };
}

/** As the database orders them. */
function newestFirst(a: RunSummary, b: RunSummary): number {
  const [left, right] = [a, b].map(run => `${run.startedAt} ${run.id}`);
  return left < right ? 1 : -1;
}
