import {
  beginOfDay,
  endOfDay,
  firstDayOf,
  historyQuery,
  lastDayOf,
  withFilter,
} from './historyQuery';

const ADDRESS = new URLSearchParams({
  entityRef: 'component:default/auth-service',
  procedureId: 'canary',
  other: 'x',
});

describe('filters of history', () => {
  it('are read from the address, others are left alone', () => {
    expect(historyQuery(ADDRESS)).toEqual({
      entityRef: 'component:default/auth-service',
      procedureId: 'canary',
    });
  });

  it('lose the procedure when another service is chosen', () => {
    const next = withFilter(ADDRESS, 'entityRef', 'component:default/payments');
    expect(historyQuery(next)).toEqual({
      entityRef: 'component:default/payments',
    });
  });

  it('can be taken away', () => {
    expect(historyQuery(withFilter(ADDRESS, 'procedureId', undefined))).toEqual(
      { entityRef: 'component:default/auth-service' },
    );
  });

  it('ask for whole days, the last one with its evening', () => {
    const from = beginOfDay('2026-11-29')!;
    const to = endOfDay('2026-11-30')!;
    expect(Date.parse(to) - Date.parse(from)).toBe(48 * 3600_000);
    expect([firstDayOf(from), lastDayOf(to)]).toEqual([
      '2026-11-29',
      '2026-11-30',
    ]);
    expect(endOfDay('2026-12-31')).toBe(beginOfDay('2027-01-01'));
  });

  it('ask for no day where none is written', () => {
    expect(beginOfDay('')).toBeUndefined();
    expect(endOfDay('tomorrow')).toBeUndefined();
    expect([firstDayOf(undefined), lastDayOf('no moment')]).toEqual(['', '']);
  });
});
