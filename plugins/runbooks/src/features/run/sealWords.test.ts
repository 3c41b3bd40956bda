import { FakeRunbooksApi } from '../../testing/FakeRunbooksApi';
import { runLedger } from '../../testing/runs';
import { sealWords } from './sealWords';

const LEDGER = runLedger(new FakeRunbooksApi().runs.open);
const COUNT = LEDGER.events.length;

describe('what is said of sealing', () => {
  const sealed = (eventCount: number) =>
    sealWords({
      ...LEDGER,
      verification: {
        intact: true,
        head: 'a',
        sealed: { checkpoint: 12, eventCount, at: '2026-11-29T02:00:00.000Z' },
      },
    });

  it('is how far the newest checkpoint goes', () => {
    expect(sealed(2)).toBe(
      `Sealed up to event 2 of ${COUNT} in checkpoint 12; the newest follow about once a minute.`,
    );
    expect(sealed(COUNT)).toBe(
      `All ${COUNT} events are sealed in checkpoint 12.`,
    );
  });

  it('speaks of one event as of one', () => {
    expect(
      sealWords({
        ...LEDGER,
        events: LEDGER.events.slice(0, 1),
        verification: {
          intact: true,
          head: 'a',
          sealed: {
            checkpoint: 12,
            eventCount: 1,
            at: '2026-11-29T02:00:00.000Z',
          },
        },
      }),
    ).toBe('Its one event is sealed in checkpoint 12.');
  });

  it('is that nothing is, while there is no checkpoint', () => {
    expect(
      sealWords({ ...LEDGER, verification: { intact: true, head: 'a' } }),
    ).toMatch(/^Not sealed yet/);
  });

  it('is nothing where the history is broken', () => {
    expect(
      sealWords({
        ...LEDGER,
        verification: { intact: false, brokenAt: 1, message: 'x' },
      }),
    ).toBeUndefined();
  });
});
