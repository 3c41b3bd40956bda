import { TestApiProvider } from '@backstage/test-utils';
import { act, renderHook } from '@testing-library/react';
import type { PropsWithChildren } from 'react';
import { runbooksApiRef } from '../../api/RunbooksApi';
import { FakeRunbooksApi } from '../../testing/FakeRunbooksApi';
import { runLedger } from '../../testing/runs';
import { sealWords } from './sealWords';
import { useLedger } from './useLedger';

describe('the history on the page of a run', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it('is asked for again while it is not sealed, and no more once it is', async () => {
    const api = new FakeRunbooksApi();
    const open = runLedger(api.runs.open);
    let sealed = 0;
    const getLedger = jest.fn(async () => ({
      ...open,
      verification: {
        intact: true as const,
        head: 'a',
        ...(sealed > 0
          ? {
              sealed: {
                checkpoint: 12,
                eventCount: sealed,
                at: '2026-11-29T02:00:00.000Z',
              },
            }
          : {}),
      },
    }));
    api.getLedger = getLedger;
    const { result } = renderHook(() => useLedger('open', open.events.length), {
      wrapper: ({ children }: PropsWithChildren) => (
        <TestApiProvider apis={[[runbooksApiRef, api]]}>
          {children}
        </TestApiProvider>
      ),
    });
    const words = () =>
      result.current.status === 'ready' && sealWords(result.current.value);
    await act(() => jest.advanceTimersByTimeAsync(1));
    expect(words()).toMatch(/^Not sealed yet/);

    sealed = open.events.length;
    await act(() => jest.advanceTimersByTimeAsync(70_000));
    expect(words()).toMatch(/^All \d+ events are sealed/);

    await act(() => jest.advanceTimersByTimeAsync(300_000));
    expect(getLedger).toHaveBeenCalledTimes(2);
  });
});
