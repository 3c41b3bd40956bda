import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { EvidenceLine } from '@backstage-runbooks/plugin-runbooks-common';
import express from 'express';
import type { ExportTimes } from './Patience';
import { sendEvidence } from './sendEvidence';

const LINE: EvidenceLine = {
  kind: 'output',
  runId: 'r',
  stepId: 's',
  attempt: 1,
  text: 'x'.repeat(60_000),
};

describe('an export of evidence', () => {
  let server: http.Server;
  let ended: number;
  let result: Promise<object>;

  /** It is never over by itself, and takes down when what it holds is given back. */
  async function* endlessLines(): AsyncGenerator<EvidenceLine> {
    try {
      for (;;) {
        await new Promise(resolve => setTimeout(resolve, 1));
        yield LINE;
      }
    } finally {
      ended += 1;
    }
  }

  const ask = async (times: ExportTimes): Promise<http.IncomingMessage> => {
    let done: (sent: object) => void = () => {};
    result = new Promise(resolve => {
      done = resolve;
    });
    server = express()
      .get('/', async (_req, res) => {
        done(await sendEvidence(res, 'a.jsonl', endlessLines(), times));
      })
      .listen(0);
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const [response] = await once(http.get({ port }), 'response');
    return response;
  };

  beforeEach(() => {
    ended = 0;
  });
  afterEach(async () => {
    server.closeAllConnections();
    await new Promise(resolve => server.close(resolve));
  });

  it('is ended, and gives back what it holds, when its client takes nothing any more', async () => {
    const response = await ask({ longestMs: 600_000, stalledMs: 300 });
    response.pause();
    expect(await result).toMatchObject({
      complete: false,
      because: 'the client took nothing for too long',
    });
    expect(ended).toBe(1);
  });

  it('is ended after its longest time however fast its client takes it, and never looks whole', async () => {
    const response = await ask({ longestMs: 500, stalledMs: 600_000 });
    response.resume();
    const cut = once(response, 'error');
    expect(await result).toMatchObject({
      complete: false,
      because: 'it took too long',
    });
    expect(ended).toBe(1);
    expect((await cut)[0]).toMatchObject({ code: 'ECONNRESET' });
  });

  it('is not held up by a client that takes it slowly', async () => {
    const response = await ask({ longestMs: 1_500, stalledMs: 500 });
    const reading = setInterval(() => response.read(), 20);
    response.on('error', () => clearInterval(reading));
    expect(await result).toMatchObject({ because: 'it took too long' });
    clearInterval(reading);
  });

  it('says so when its client went away', async () => {
    const response = await ask({ longestMs: 600_000, stalledMs: 600_000 });
    response.destroy();
    expect(await result).toMatchObject({
      complete: false,
      because: expect.stringContaining('the client went away'),
    });
    expect(ended).toBe(1);
  });
});
