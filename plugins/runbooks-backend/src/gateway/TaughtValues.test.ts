import { Budget } from './Budget';
import { TaughtValues } from './TaughtValues';

const VALUE = 'made-up-value-4711';
const COST = VALUE.length + 256;

describe('values of Secrets that the output of an attempt is looked through for', () => {
  function taught(budget: Budget) {
    const told: string[] = [];
    const values = new TaughtValues({
      budget,
      onSecret: value => told.push(value),
    });
    return { values, told };
  }

  it('pay once where two answers with the same value come at the same time', async () => {
    const budget = new Budget(10 * COST);
    const { values, told } = taught(budget);
    const all = [values.teach([VALUE, VALUE]), values.teach([VALUE])];
    expect(await Promise.all(all)).toEqual(['taught', 'taught']);
    expect(told).toEqual([VALUE]);
    expect(budget.free).toBe(9 * COST);
  });

  it('are known before any of those answers may be seen', async () => {
    const { values, told } = taught(new Budget(10 * COST));
    values.teach([VALUE]);
    await values.teach([VALUE]);
    expect(told).toEqual([VALUE]);
  });

  it('are too many where the attempt has no room left, and wait for others where they have it', async () => {
    const whole = new Budget(2 * COST);
    const mine = taught(new Budget(2 * COST, whole));
    const theirs = taught(new Budget(2 * COST, whole));
    expect(await theirs.values.teach([VALUE])).toBe('taught');
    const two = [VALUE, `${VALUE.slice(0, -1)}2`];
    expect(await mine.values.teach(two)).toBe('no room now');
    const three = [...two, `${VALUE.slice(0, -1)}3`];
    expect(await mine.values.teach(three)).toBe('too many');
    theirs.values.end();
    expect(await mine.values.teach(two)).toBe('taught');
    expect(await mine.values.teach(three)).toBe('too many');
  });

  it('go on after values that could not be read', async () => {
    const { values } = taught(new Budget(10 * COST));
    const broken = {
      *[Symbol.iterator](): Generator<string> {
        throw new Error('made up');
      },
    };
    await expect(values.teach(broken)).rejects.toThrow('made up');
    expect(await values.teach([VALUE])).toBe('taught');
  });
});
