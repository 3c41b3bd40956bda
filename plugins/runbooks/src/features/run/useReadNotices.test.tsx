import { TestApiProvider } from '@backstage/test-utils';
import { act, renderHook } from '@testing-library/react';
import type { PropsWithChildren } from 'react';
import {
  readableNoticesApiRef,
  useReadNotices,
  type ReadableNotices,
} from './useReadNotices';

const NOTICES = [
  { id: 'step', payload: { link: '/runbooks/runs/run-1?step=scale%2F1.2' } },
  { id: 'run', payload: { link: '/runbooks/runs/run-1' } },
  { id: 'other', payload: { link: '/runbooks/runs/run-10?step=x' } },
  { id: 'none', payload: {} },
];

describe('notifications of a run', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  const api = {
    getNotifications: jest.fn(async () => ({ notifications: NOTICES })),
    updateNotifications: jest.fn(async () => []),
  };

  function look(notices?: ReadableNotices) {
    return renderHook(({ eventCount }) => useReadNotices('run-1', eventCount), {
      initialProps: { eventCount: 3 },
      wrapper: ({ children }: PropsWithChildren<{}>) =>
        notices ? (
          <TestApiProvider apis={[[readableNoticesApiRef, notices]]}>
            {children}
          </TestApiProvider>
        ) : (
          <TestApiProvider apis={[]}>{children}</TestApiProvider>
        ),
    });
  }
  const wait = () => act(() => jest.advanceTimersByTimeAsync(5_000));

  it('are read once the person looks at the run, and those that come meanwhile; those of other runs are not', async () => {
    const { rerender } = look(api);
    await wait();
    const read = { ids: ['step', 'run'], read: true };
    expect(api.updateNotifications.mock.calls).toEqual([[read]]);
    rerender({ eventCount: 4 });
    await wait();
    expect(api.updateNotifications.mock.calls).toEqual([[read], [read]]);
  });

  it('hinder nobody where there are none, or they cannot be asked for', async () => {
    look();
    await wait();
    const failing = {
      getNotifications: jest.fn().mockRejectedValue(new Error('404')),
      updateNotifications: jest.fn(),
    };
    look(failing);
    await wait();
    expect(failing.getNotifications).toHaveBeenCalledTimes(1);
    expect(failing.updateNotifications).not.toHaveBeenCalled();
  });
});
