import express from 'express';
import request from 'supertest';
import { sendEventStream } from './eventStream';
import type { Allowance } from './whileAllowed';

describe('a stream of events', () => {
  it('ends with the reason, and sends nothing more, once it is not allowed any more', async () => {
    let asked = 0;
    const text = await streamed({
      everyMs: 20,
      check: async () => {
        asked += 1;
        if (asked === 2) throw named('NotAllowedError', 'not yours any more');
      },
    });
    expect(text).toMatch(/^data: 1\n\n/);
    expect(text).toMatch(
      /event: failed\ndata: {"name":"NotAllowedError","message":"not yours any more"}\n\n$/,
    );
    expect(asked).toBe(2);
  });

  it('goes on without end where nobody asks, which is the fault', async () => {
    const withoutCheck: Allowance = { check: async () => undefined };
    await expect(
      Promise.race([
        streamed(withoutCheck),
        new Promise((_, reject) =>
          setTimeout(() => reject(new Error('still going on')), 300),
        ),
      ]),
    ).rejects.toThrow('still going on');
  });

  it('tells the source to end', async () => {
    let ended = false;
    await streamed(
      {
        everyMs: 10,
        check: () => Promise.reject(named('NotFoundError', 'gone')),
      },
      async function* silent(signal) {
        await new Promise(resolve => {
          signal.addEventListener('abort', resolve, { once: true });
        });
        ended = signal.aborted;
        yield 'too late';
      },
    );
    expect(ended).toBe(true);
  });
});

async function streamed(
  allowance: Allowance,
  source: (signal: AbortSignal) => AsyncIterable<unknown> = counting,
): Promise<string> {
  const app = express();
  app.get('/', (req, res) => sendEventStream(req, res, source, allowance));
  const { text } = await request(app).get('/');
  return text;
}

async function* counting(signal: AbortSignal) {
  for (let n = 1; !signal.aborted && n < 100; n += 1) {
    yield n;
    await new Promise(resolve => {
      setTimeout(resolve, 5);
    });
  }
}

function named(name: string, message: string): Error {
  return Object.assign(new Error(message), { name });
}
