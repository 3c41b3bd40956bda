import type { RunSummary } from '@backstage-runbooks/plugin-runbooks-common';
import { decodeCursor, encodeCursor } from './cursor';
import { newestOf } from './newestOf';

const run = (n: number) =>
  ({
    id: `0b9f7f0e-0000-4000-8000-00000000000${n}`,
    startedAt: `2026-11-29T02:00:0${Math.floor(n / 2)}.000Z`,
  } as RunSummary);
const more = encodeCursor(run(0).startedAt, run(0).id);

describe('a page of two', () => {
  it('has the newest runs of both, those of one moment by their ids', () => {
    const pages = [{ runs: [5, 2, 0].map(run) }, { runs: [4, 3].map(run) }];
    expect(newestOf(pages, 9)).toEqual({ runs: [5, 4, 3, 2, 0].map(run) });
  });

  it('goes on after its last run where there is more than it holds, whichever page has it', () => {
    for (const pages of [
      [{ runs: [5, 2].map(run) }, { runs: [4].map(run) }],
      [{ runs: [5].map(run) }, { runs: [4].map(run), nextCursor: more }],
    ]) {
      const page = newestOf(pages, 2);
      expect(page.runs).toEqual([5, 4].map(run));
      expect(decodeCursor(page.nextCursor!).id).toBe(run(4).id);
    }
  });

  it('of nothing is the last one', () => {
    expect(newestOf([{ runs: [] }, { runs: [] }], 2)).toEqual({ runs: [] });
  });
});
