import { FairQueue } from './FairQueue';

describe('who is next', () => {
  it('people take turns, however much one of them asks for', () => {
    const queue = new FairQueue<string>();
    for (const what of ['a1', 'a2', 'a3']) queue.add('ann', what);
    queue.add('bob', 'b1');
    const order: string[] = [];
    for (let next = queue.take(); next; next = queue.take()) {
      order.push(next.what);
      next.done();
    }
    expect(order).toEqual(['a1', 'b1', 'a2', 'a3']);
  });

  it('one thing of a person is done at a time, and others do not wait for it', () => {
    const queue = new FairQueue<string>();
    for (const what of ['a1', 'a2']) queue.add('ann', what);
    queue.add('bob', 'b1');
    const first = queue.take();
    expect(first?.what).toBe('a1');
    expect(queue.take()?.what).toBe('b1');
    expect(queue.take()).toBeUndefined();
    first?.done();
    expect(queue.take()?.what).toBe('a2');
  });

  it('tells how much of a person waits, and gives up all of it', () => {
    const queue = new FairQueue<string>();
    queue.add('ann', 'a1');
    queue.add('ann', 'a2');
    expect([queue.waitingOf('ann'), queue.waitingOf('bob')]).toEqual([2, 0]);
    expect(queue.clear()).toEqual(['a1', 'a2']);
    expect(queue.take()).toBeUndefined();
  });
});
