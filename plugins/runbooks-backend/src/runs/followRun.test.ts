import type {
  RunRetry,
  RunStreamMessage,
} from '@backstage-runbooks/plugin-runbooks-common';
import { applyRunEvent } from '@backstage-runbooks/plugin-runbooks-common';
import { REQUESTER, startedBy } from '../testing/runs';
import { followRun } from './followRun';
import type { RunListener } from './RunSignals';

const RUN_ID = '0b9f7f0e-0000-4000-8000-000000000001';

describe('following a run', () => {
  it('tells that it could not be worked on, once for each failure, although the run has no new event', async () => {
    let retry: RunRetry | undefined;
    let tell: RunListener = () => {};
    const run = applyRunEvent(
      undefined,
      startedBy(REQUESTER)[0],
      '2026-11-29T02:00:00.000Z',
      RUN_ID,
    );
    const stop = new AbortController();
    const messages = followRun({
      runId: RUN_ID,
      attempts: {
        readOutput: async (_ref, offset) => ({
          offset,
          text: '',
          nextOffset: offset,
        }),
      },
      signals: {
        subscribe: (listener: RunListener) => {
          tell = listener;
          return () => {};
        },
      } as never,
      signal: stop.signal,
      view: async () => ({ run, ...(retry ? { retry } : {}) } as never),
    });
    const next = async (change?: RunRetry) => {
      const coming = messages.next();
      await new Promise(resolve => setImmediate(resolve));
      retry = change ?? retry;
      tell(RUN_ID, 'events');
      return (await coming).value as RunStreamMessage;
    };
    expect(await next()).toMatchObject({ type: 'run', view: { run } });
    const first = { because: 'the cluster is away', failures: 1, at: 'soon' };
    expect(await next(first)).toMatchObject({ view: { retry: first } });
    const second = { ...first, failures: 2 };
    const coming = messages.next();
    await new Promise(resolve => setImmediate(resolve));
    tell(RUN_ID, 'events');
    await new Promise(resolve => setImmediate(resolve));
    retry = second;
    tell(RUN_ID, 'events');
    expect((await coming).value).toMatchObject({ view: { retry: second } });
    stop.abort();
    expect((await messages.next()).done).toBe(true);
  });
});
