import { Turns } from './Turns';

describe('turns', () => {
  const ended: string[] = [];
  let running = new Map<string, () => void>();
  const settle = () => new Promise(resolve => setImmediate(resolve));

  beforeEach(() => {
    ended.length = 0;
    running = new Map();
  });

  /** Wants something that takes until it is ended by its name. */
  function want(turns: Turns, person: string, name: string): Promise<string> {
    return turns.take(person, () => {
      return new Promise(resolve => running.set(name, () => resolve(name)));
    });
  }

  async function end(name: string): Promise<void> {
    running.get(name)?.();
    running.delete(name);
    ended.push(name);
    await settle();
  }

  it('are given to different people first, and to one person one after another', async () => {
    const turns = new Turns({ atOnce: 2, maxWaitingOfPerson: 5, what: 'x' });
    const first = want(turns, 'ann', 'a1');
    void want(turns, 'ann', 'a2');
    void want(turns, 'ann', 'a3');
    void want(turns, 'bob', 'b1');
    await settle();
    expect([...running.keys()]).toEqual(['a1', 'b1']);
    await end('a1');
    expect(await first).toBe('a1');
    expect([...running.keys()]).toEqual(['b1', 'a2']);
    await end('b1');
    expect([...running.keys()]).toEqual(['a2']);
  });

  it('go on after one that failed, which tells whoever wanted it', async () => {
    const turns = new Turns({ atOnce: 1, maxWaitingOfPerson: 5, what: 'x' });
    const failing = turns.take('ann', async () => {
      throw new Error('broken');
    });
    void want(turns, 'bob', 'b1');
    await expect(failing).rejects.toThrow('broken');
    await settle();
    expect([...running.keys()]).toEqual(['b1']);
  });

  it('are refused to somebody who waits for many already, and to nobody else', async () => {
    const turns = new Turns({
      atOnce: 1,
      maxWaitingOfPerson: 2,
      what: 'previews',
    });
    void want(turns, 'ann', 'a1');
    void want(turns, 'ann', 'a2');
    void want(turns, 'ann', 'a3');
    await expect(want(turns, 'ann', 'a4')).rejects.toThrow(
      'ann waits for 2 previews already; try again when they are there',
    );
    const other = want(turns, 'bob', 'b1');
    await settle();
    await end('a1');
    await end('a2');
    await end('b1');
    expect(await other).toBe('b1');
  });
});
