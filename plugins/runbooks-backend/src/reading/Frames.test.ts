import { duplexPair } from 'node:stream';
import { inspect } from 'node:util';
import { serialize } from 'node:v8';
import { Frames } from './Frames';

const VALUES = [
  undefined,
  { a: [1, new Map([['b', new Set(['c'])]])], d: undefined },
  'é'.repeat(100_000),
];

async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate);
}

describe('values over a stream', () => {
  it('arrive in order and as they were', async () => {
    const [here, there] = duplexPair();
    const arrived: unknown[] = [];
    const receiver = new Frames(there, value => arrived.push(value));
    const sender = new Frames(here, () => {});
    for (const value of VALUES) sender.send(value);
    await settled();
    expect(inspect(arrived, { depth: 9 })).toBe(inspect(VALUES, { depth: 9 }));
    expect(receiver).toBeInstanceOf(Frames);
  });

  it.each([1, 3, 7, 50_000])(
    'arrive whole where they come in pieces of %s bytes',
    async size => {
      const [here, there] = duplexPair();
      const arrived: unknown[] = [];
      expect(new Frames(there, value => arrived.push(value))).toBeDefined();
      const bytes = Buffer.concat(
        ['one', { two: 2 }].map(value => {
          const body = serialize(value);
          const length = Buffer.alloc(4);
          length.writeUInt32LE(body.length);
          return Buffer.concat([length, body]);
        }),
      );
      for (let at = 0; at < bytes.length; at += size) {
        here.write(bytes.subarray(at, at + size));
      }
      await settled();
      expect(arrived).toEqual(['one', { two: 2 }]);
    },
  );

  it('a value that cannot be copied is refused before anything is sent', async () => {
    const [here, there] = duplexPair();
    const arrived: unknown[] = [];
    expect(new Frames(there, value => arrived.push(value))).toBeDefined();
    const sender = new Frames(here, () => {});
    expect(() => sender.send({ call: () => {} })).toThrow(
      /could not be cloned/,
    );
    sender.send('next');
    await settled();
    expect(arrived).toEqual(['next']);
  });
});
