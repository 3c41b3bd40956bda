import { TestApiProvider } from '@backstage/test-utils';
import { act, renderHook } from '@testing-library/react';
import type { PropsWithChildren } from 'react';
import { runbooksApiRef } from '../../api/RunbooksApi';
import { PRACTICE_CLUSTER, procedureView } from '../../testing/documents';
import { FakeRunbooksApi } from '../../testing/FakeRunbooksApi';
import { useProcedure } from './useProcedure';

describe('a procedure on its page', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it('is asked for again while its cluster cannot be used, and no more once it can', async () => {
    const api = new FakeRunbooksApi();
    let unavailable: string | undefined = 'it cannot be reached';
    const getProcedure = jest.fn(async () =>
      procedureView({ clusters: [{ ...PRACTICE_CLUSTER, unavailable }] }),
    );
    api.getProcedure = getProcedure;
    const place = {
      entityRef: 'component:default/auth-service',
      runbookId: 'operations',
      procedureId: 'high-latency',
    };
    const { result } = renderHook(() => useProcedure(place), {
      wrapper: ({ children }: PropsWithChildren) => (
        <TestApiProvider apis={[[runbooksApiRef, api]]}>
          {children}
        </TestApiProvider>
      ),
    });
    const why = () =>
      result.current.status === 'ready' &&
      result.current.value.clusters[0].unavailable;
    await act(() => jest.advanceTimersByTimeAsync(1));
    expect(why()).toBe('it cannot be reached');

    unavailable = undefined;
    await act(() => jest.advanceTimersByTimeAsync(15_000));
    expect(why()).toBeUndefined();

    await act(() => jest.advanceTimersByTimeAsync(60_000));
    expect(getProcedure).toHaveBeenCalledTimes(2);
  });
});
