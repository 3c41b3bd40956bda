import { Budget } from './Budget';

const NOW = { waitMs: 0 };
const LATER = { waitMs: 5_000 };

describe('a budget', () => {
  it('gives out no more than there is, and again what was given back', async () => {
    const budget = new Budget(2);
    const first = await budget.take(1, NOW);
    await budget.take(1, NOW);
    expect(await budget.take(1, NOW)).toBeUndefined();
    first!();
    first!();
    expect(budget.free).toBe(1);
    expect(await budget.take(1, NOW)).toBeDefined();
  });

  it('serves those who wait in the order in which they came', async () => {
    const budget = new Budget(3);
    const held = await budget.take(2, NOW);
    const served: string[] = [];
    const large = budget.take(3, LATER).then(give => {
      served.push('large');
      give!();
    });
    const small = budget.take(1, LATER).then(() => served.push('small'));
    held!();
    await Promise.all([large, small]);
    expect(served).toEqual(['large', 'small']);
  });

  it('does not let a small share wait behind a large one that was given up', async () => {
    const budget = new Budget(3);
    await budget.take(2, NOW);
    const gone = new AbortController();
    const large = budget.take(3, { ...LATER, signal: gone.signal });
    const small = budget.take(1, LATER);
    gone.abort();
    expect(await large).toBeUndefined();
    expect(await small).toBeDefined();
  });

  it('takes a share of the whole as well, or nothing', async () => {
    const whole = new Budget(1);
    const [mine, yours] = [new Budget(1, whole), new Budget(1, whole)];
    const held = await mine.take(1, NOW);
    expect(await yours.take(1, NOW)).toBeUndefined();
    expect(yours.free).toBe(1);
    held!();
    expect(whole.free).toBe(1);
    expect(await yours.take(1, NOW)).toBeDefined();
  });

  it('refuses at once what it could never give', async () => {
    expect(await new Budget(2).take(3, LATER)).toBeUndefined();
  });
});
