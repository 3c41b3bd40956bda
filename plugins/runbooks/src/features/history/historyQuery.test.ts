import { historyQuery, withFilter } from './historyQuery';

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
});
