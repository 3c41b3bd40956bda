import { backoffMs } from './backoff';

describe('the pause after failures', () => {
  it('doubles from one second to a minute', () => {
    const pauses = [1, 2, 3, 4, 5, 6, 7, 8, 60].map(failures =>
      backoffMs(failures, 0),
    );
    expect(pauses).toEqual([
      1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000, 60_000,
    ]);
  });

  it('is shortened by up to a half, so that browsers do not come back together', () => {
    expect(backoffMs(4, 0.5)).toBe(6_000);
    expect(backoffMs(4, 1)).toBe(4_000);
  });
});
