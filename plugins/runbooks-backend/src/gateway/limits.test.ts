import { mkdtemp, rm } from 'node:fs/promises';
import http, { type RequestListener } from 'node:http';
import net, { type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ApiCall } from '@backstage-runbooks/plugin-runbooks-common';
import { quietLogger } from '../executors/testUtils/ExecutorBench';
import { ClusterDirectory, ClusterTransport } from '../kubernetes';
import { filledRegistry } from '../kubernetes/testUtils/clusterLane';
import { ConnectionTurns } from './ConnectionTurns';
import { GATEWAY_LIMITS, type GatewayLimits } from './GatewayLimits';
import { KubernetesGateway, type OpenGateway } from './KubernetesGateway';

const MIB = 1024 * 1024;
const PIPELINED = 8_000;
const GET = 'GET /api/v1/namespaces/d/pods/a HTTP/1.1\r\nhost: x\r\n\r\n';

/** Each defence is first replaced by none, to show what it is for. */
describe('a step that asks for more than there is room for', () => {
  let folder: string;
  let upstream: http.Server;
  let answer: RequestListener;
  let underWay: number;
  let most: number;
  let received: number;
  let gateways: OpenGateway[];
  let records: ApiCall[];
  const waiting: Array<() => void> = [];

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'gl-'));
    [underWay, most, received] = [0, 0, 0];
    gateways = [];
    records = [];
    answer = (_req, res) => res.end('{}');
    upstream = http.createServer((req, res) => {
      underWay += 1;
      received += 1;
      most = Math.max(most, underWay);
      res.once('close', () => {
        underWay -= 1;
      });
      answer(req, res);
    });
    await new Promise<void>(done => upstream.listen(0, '127.0.0.1', done));
  });
  afterEach(async () => {
    letGo();
    await Promise.all(gateways.map(gateway => gateway.close()));
    upstream.closeAllConnections();
    upstream.close();
    await rm(folder, { recursive: true, force: true });
  });

  const holding: RequestListener = (_req, res) => {
    waiting.push(() => res.end('{}'));
  };
  function letGo(): void {
    for (const go of waiting.splice(0)) go();
  }

  async function open(
    limits: Partial<GatewayLimits>,
    count = 1,
    onSecret: (value: string) => void = () => {},
  ): Promise<OpenGateway> {
    const { port } = upstream.address() as AddressInfo;
    const access = filledRegistry({
      getClusters: async () => [
        { name: 'stub', url: `http://127.0.0.1:${port}`, authMetadata: {} },
      ],
      getCredential: async () => ({ type: 'bearer token', token: 't' }),
    });
    const gateway = new KubernetesGateway({
      transport: new ClusterTransport({
        clusters: new ClusterDirectory({ access }),
      }),
      logger: quietLogger,
      limits: { ...GATEWAY_LIMITS, ...limits },
    });
    const recordCall = async (record: ApiCall) => {
      records.push(record);
    };
    for (let number = 0; number < count; number += 1) {
      const opened = await gateway.open({
        runId: 'run-1',
        stepId: `step-${number}`,
        attempt: 1,
        entityRef: 'component:default/web',
        clusterName: 'stub',
        namespace: 'd',
        allowed: {
          kind: 'any-in-namespaces',
          namespaces: ['d'],
          destructive: true,
        },
        scope: {
          source: { kind: 'configuration', rule: 'a test' },
          namespaces: ['d'],
          reads: 'cluster',
          grants: [],
        },
        secrets: { kind: 'any' },
        observeOnly: false,
        destructive: true,
        socketPath: path.join(folder, String(number)),
        recordCall,
        onSecret,
      });
      gateways.push(opened);
    }
    return gateways[0];
  }

  /** The last of what is said on a connection. */
  async function talk(
    gateway: OpenGateway,
    write: (socket: net.Socket) => void,
  ): Promise<string> {
    const socket = net.connect(gateway.socketPath);
    let text = '';
    socket.on('data', chunk => {
      text = `${text}${chunk}`.slice(-100_000);
    });
    socket.on('error', () => {});
    socket.on('connect', () => write(socket));
    await new Promise(resolve => socket.once('close', resolve));
    return text;
  }

  function ask(
    gateway: OpenGateway,
    request = 'GET /api/v1/namespaces/d/pods/a',
    body?: Buffer,
  ): Promise<{
    status: number;
    headers: http.IncomingHttpHeaders;
    text: string;
  }> {
    const [method, requestPath] = request.split(' ');
    return new Promise((resolve, reject) => {
      const req = http.request({
        socketPath: gateway.socketPath,
        method,
        path: requestPath,
        headers: { 'content-length': body?.length ?? 0 },
        agent: false,
      });
      req.on('error', reject).on('response', res => {
        let text = '';
        res.on('data', chunk => {
          text += chunk;
        });
        res.on('error', reject).on('end', () =>
          resolve({
            status: res.statusCode ?? 0,
            headers: res.headers,
            text,
          }),
        );
      });
      req.end(body);
    });
  }

  const refused = () =>
    new Set(
      records.filter(call => call.decision === 'refused').map(call => call.id),
    );

  it('has 200 calls at the API server by one write, where nothing keeps those of a connection in order', async () => {
    answer = holding;
    const take = jest
      .spyOn(ConnectionTurns.prototype, 'take')
      .mockImplementation((_socket, turn) => turn.handle());
    const gateway = await open({ callsPerAttempt: Infinity });
    const socket = net.connect(gateway.socketPath);
    socket.write(GET.repeat(200));
    await until(() => underWay === 200);
    socket.destroy();
    take.mockRestore();
    expect(most).toBe(200);
  });

  it('makes as many calls as one attempt may, and no more of what comes then is kept than that it came', async () => {
    const unbounded = await open({ recordsPerAttempt: Infinity });
    for (let n = 0; n < 20; n += 1) await ask(unbounded);
    const idsOf = () => new Set(records.map(({ id }) => id)).size;
    await until(() => idsOf() === 20);
    records.splice(0);
    received = 0;
    const gateway = await open({ recordsPerAttempt: 5 });
    const answers: number[] = [];
    for (let n = 0; n < 20; n += 1) answers.push((await ask(gateway)).status);
    expect(answers).toEqual([
      ...Array<number>(5).fill(200),
      ...Array<number>(15).fill(429),
    ]);
    expect(received).toBe(5);
    await until(() => idsOf() === 6);
    const [last] = records.filter(({ decision }) => decision === 'refused');
    expect(last.because).toContain(
      'this step has made 5 calls, which is as many as one attempt may make',
    );
  });

  it('has its long paths kept by their beginning, their length and their digest', async () => {
    const gateway = await open({});
    const name = 'a'.repeat(100_000);
    await ask(gateway, `GET /openapi/v3/${name}`);
    await ask(gateway, `GET /api/v1/namespaces/d/pods/${name}`);
    await until(() => records.length >= 4);
    for (const record of records) {
      expect(JSON.stringify(record).length).toBeLessThan(20_000);
    }
    expect(records[0].path).toMatch(
      /^\/openapi\/v3\/a+… \(100012 characters, SHA-256 [0-9a-f]{64}\)$/,
    );
    expect(records.find(call => call.name !== '')?.name).toMatch(
      /^a{253}… \(100000 characters/,
    );
  });

  it('loses the connection at the 17th request that it sends without waiting, and the gateway serves others', async () => {
    answer = (_req, res) => setTimeout(() => res.end('{}'), 5);
    const gateway = await open({});
    const before = process.memoryUsage().rss;
    const text = await talk(gateway, socket => {
      socket.write(GET.repeat(PIPELINED));
    });
    expect(received).toBeLessThanOrEqual(18);
    expect(most).toBe(1);
    expect(text).toContain(
      'more than 16 requests were sent on one connection before they were answered',
    );
    expect(refused().size).toBe(1);
    expect((process.memoryUsage().rss - before) / MIB).toBeLessThan(60);
    expect((await ask(gateway)).status).toBe(200);
  });

  it.each([
    { calls: Infinity, atOnce: 100 },
    { calls: 64, atOnce: 64 },
  ])(
    'has $atOnce of 100 calls under way where the bound is $calls, and all are answered in the end',
    async ({ calls, atOnce }) => {
      answer = holding;
      const gateway = await open({ callsPerAttempt: calls });
      const asked = Array.from({ length: 100 }, () => ask(gateway));
      await until(() => underWay === atOnce);
      await pause(100);
      expect(most).toBe(atOnce);
      answer = (_req, res) => res.end('{}');
      letGo();
      for (const { status } of await Promise.all(asked)) {
        expect(status).toBe(200);
      }
    },
  );

  it('shares the calls of all steps with other steps, and not those of its own', async () => {
    answer = holding;
    await open({ callsPerAttempt: 3, callsInAll: 4, waitMs: 50 }, 2);
    const [greedy, other] = gateways;
    const asked = Array.from({ length: 6 }, () => ask(greedy));
    await until(() => underWay === 3);
    const others = ask(other);
    await until(() => underWay === 4);
    await until(() => refused().size === 3);
    letGo();
    expect((await others).status).toBe(200);
    const statuses = (await Promise.all(asked)).map(({ status }) => status);
    expect(statuses.sort()).toEqual([200, 200, 200, 429, 429, 429]);
  });

  it('is told why and when to come again, as by a busy API server, and that is recorded once', async () => {
    answer = holding;
    const gateway = await open({ callsPerAttempt: 1, waitMs: 20 });
    const first = ask(gateway);
    await until(() => underWay === 1);
    const second = await ask(gateway);
    expect(second).toMatchObject({
      status: 429,
      headers: { 'retry-after': '1' },
    });
    const [id] = refused();
    expect(JSON.parse(second.text)).toMatchObject({
      kind: 'Status',
      reason: 'TooManyRequests',
      details: { retryAfterSeconds: 1 },
      message: `runbooks gateway refused get of pods "a" in namespace "d": more than 1 calls of this step, or 512 of all steps, are under way (call ${id})`,
    });
    letGo();
    await first;
    expect(refused().size).toBe(1);
  });

  it('watches no more than it may, and still gets other calls through', async () => {
    answer = (req, res) => {
      if (req.url?.includes('watch')) res.flushHeaders();
      else res.end('{}');
    };
    const gateway = await open({ streamsPerAttempt: 2, waitMs: 20 });
    const watch = 'GET /api/v1/namespaces/d/pods?watch=true';
    const watches = [ask(gateway, watch), ask(gateway, watch)];
    await until(() => underWay === 2);
    expect((await ask(gateway, watch)).status).toBe(429);
    expect((await ask(gateway)).status).toBe(200);
    upstream.closeAllConnections();
    await Promise.allSettled(watches);
    const next = ask(gateway, watch);
    await until(() => underWay === 1);
    upstream.closeAllConnections();
    await Promise.allSettled([next]);
  });

  it.each([
    { bytes: Infinity, held: 12 },
    { bytes: 4.5 * MIB, held: 4 },
  ])(
    'holds $held of 12 bodies of 1 MiB in memory where $bytes bytes are the bound',
    async ({ bytes, held }) => {
      answer = (req, res) => {
        req.resume();
        holding(req, res);
      };
      const gateway = await open({
        bodyBytesPerAttempt: bytes,
        bodyBytesInAll: bytes,
      });
      const body = Buffer.from(
        JSON.stringify({ metadata: { annotations: { x: 'x'.repeat(MIB) } } }),
      );
      const asked = Array.from({ length: 12 }, () =>
        ask(gateway, 'PATCH /api/v1/namespaces/d/pods/a', body),
      );
      await until(() => underWay === held);
      await pause(100);
      expect(most).toBe(held);
      answer = (req, res) => req.resume().on('end', () => res.end('{}'));
      letGo();
      await Promise.all(asked);
      expect(received).toBe(12);
    },
  );

  it('gets small bodies through while large ones hold all the room, and is told of a large one', async () => {
    answer = (req, res) => {
      req.resume();
      if (Number(req.headers['content-length']) > MIB) holding(req, res);
      else res.end('{}');
    };
    const gateway = await open({ bodyBytesPerAttempt: 1.5 * MIB, waitMs: 20 });
    const large = Buffer.from(JSON.stringify({ x: 'x'.repeat(1.2 * MIB) }));
    const patch = 'PATCH /api/v1/namespaces/d/pods/a';
    const first = ask(gateway, patch, large);
    await until(() => underWay === 1);
    const second = await ask(gateway, patch, large);
    expect(second.status).toBe(429);
    expect(second.text).toContain('the bodies of calls under way have more');
    expect((await ask(gateway, patch, Buffer.from('{}'))).status).toBe(200);
    letGo();
    expect((await first).status).toBe(200);
  });

  it('holds no more of answers about Secrets than there is room for', async () => {
    const secrets = JSON.stringify({
      kind: 'SecretList',
      apiVersion: 'v1',
      metadata: { x: 'x'.repeat(2 * MIB) },
      items: [],
    });
    answer = (_req, res) => {
      res.setHeader('content-type', 'application/json');
      res.end(secrets);
    };
    const list = 'GET /api/v1/namespaces/d/secrets';
    const free = await open({});
    expect((await ask(free, list)).status).toBe(200);
    await free.close();
    gateways = [];
    const gateway = await open({ secretBytesPerAttempt: MIB, waitMs: 20 });
    const { status, headers, text } = await ask(gateway, list);
    expect(status).toBe(503);
    // A client would send a write again that has been done.
    expect(headers).not.toHaveProperty('retry-after');
    expect(text).toContain('answers about Secrets that are looked through');
  });

  describe('by Secrets with more values than its output can be looked through for', () => {
    const list = 'GET /api/v1/namespaces/d/secrets';
    const secretsWith = (count: number) =>
      JSON.stringify({
        kind: 'SecretList',
        apiVersion: 'v1',
        metadata: {},
        items: Array.from({ length: count }, (_, number) => ({
          kind: 'Secret',
          metadata: { name: `s-${number}` },
          data: {
            key: Buffer.from(`made-up-value-${number}`).toString('base64'),
          },
        })),
      });
    const answerWith = (count: number) => {
      answer = (_req, res) => {
        res.setHeader('content-type', 'application/json');
        res.end(secretsWith(count));
      };
    };

    it('sees none of them, and others as before', async () => {
      const told: string[] = [];
      const onSecret = (value: string) => told.push(value);
      const taughtBytesPerAttempt = 100_000;
      const gateway = await open({ taughtBytesPerAttempt }, 1, onSecret);
      answerWith(1_000);
      const { status, text } = await ask(gateway, list);
      expect(status).toBe(403);
      expect(text).toContain('ask for fewer, by name or with a selector');
      expect(text).not.toContain('bWFkZS11cC12YWx1ZS');
      expect(told).toEqual([]);
      answerWith(100);
      expect((await ask(gateway, list)).status).toBe(200);
      expect(told).toHaveLength(200);
      // The same ones again take no room.
      expect((await ask(gateway, list)).status).toBe(200);
      answerWith(300);
      expect((await ask(gateway, list)).status).toBe(403);
    });

    it('cannot write them either, and the write is not sent on', async () => {
      const gateway = await open({ taughtBytesPerAttempt: 1_000 });
      const stringData = { key: 'made-up-value'.repeat(200) };
      const secret = { apiVersion: 'v1', kind: 'Secret', stringData };
      const body = Buffer.from(
        JSON.stringify({ ...secret, metadata: { name: 'a' } }),
      );
      const { status, text } = await ask(
        gateway,
        'POST /api/v1/namespaces/d/secrets',
        body,
      );
      expect(text).toContain('write fewer in one step');
      expect(status).toBe(413);
      expect(received).toBe(0);
    });

    it('has no more room for them than all steps together, until one of them ends', async () => {
      const limits = {
        taughtBytesPerAttempt: 80_000,
        taughtBytesInAll: 100_000,
      };
      await open(limits, 2);
      answerWith(100);
      expect((await ask(gateways[0], list)).status).toBe(200);
      expect((await ask(gateways[1], list)).status).toBe(403);
      await gateways[0].close();
      expect((await ask(gateways[1], list)).status).toBe(200);
    });

    it('does not hold up the portal while they are prepared to be hidden', async () => {
      let ticks = 0;
      const timer = setInterval(() => {
        ticks += 1;
      }, 1);
      const gateway = await open({}, 1, () => {
        const began = performance.now();
        while (performance.now() - began < 2);
      });
      answerWith(200);
      const before = ticks;
      expect((await ask(gateway, list)).status).toBe(200);
      clearInterval(timer);
      // 400 values of 2 ms each, some 10 ms at a time.
      expect(ticks - before).toBeGreaterThan(30);
    });
  });

  it('has so many connections; on the next it is told so, and further ones are closed', async () => {
    const gateway = await open({ connectionsPerAttempt: 5 });
    const idle = Array.from({ length: 5 }, () =>
      net.connect(gateway.socketPath),
    );
    await Promise.all(
      idle.map(socket => new Promise(done => socket.once('connect', done))),
    );
    const { status, text } = await ask(gateway);
    expect(status).toBe(429);
    expect(text).toContain('more than 5 connections of this step are open');
    for (const socket of idle) socket.destroy();
    await pause(50);
    expect((await ask(gateway)).status).toBe(200);
  });

  it.each([
    { slow: 'headers', text: 'GET /api HTTP/1.1\r\nhost: x\r\n' },
    {
      slow: 'a body',
      text: 'PATCH /api/v1/namespaces/d/pods/a HTTP/1.1\r\nhost: x\r\ncontent-length: 10\r\n\r\n{',
    },
  ])(
    'cannot hold a connection by sending $slow slowly',
    async ({ text: sent }) => {
      const gateway = await open({ headersMs: 200, requestMs: 300 });
      const text = await talk(gateway, socket => socket.write(sent));
      expect(text).toContain('408');
    },
  );

  it('cannot hold a call by not reading its answer', async () => {
    answer = (_req, res) => {
      res.on('error', () => {});
      res.end(Buffer.alloc(64 * MIB));
    };
    const gateway = await open({ callMs: 500, callsPerAttempt: 1 });
    const socket = net.connect(gateway.socketPath);
    socket.on('error', () => {});
    socket.pause();
    socket.write(GET);
    await until(() => underWay === 1);
    answer = (_req, res) => res.end('{}');
    expect((await ask(gateway)).status).toBe(200);
    socket.destroy();
  });

  it('is told that a call took too long', async () => {
    answer = holding;
    const gateway = await open({ callMs: 100 });
    const { status, text } = await ask(gateway);
    expect(status).toBe(502);
    expect(text).toContain('the call took longer than 0.1 s');
  });

  it('gets no upgrade in front of answers that it still waits for', async () => {
    answer = holding;
    const gateway = await open({});
    const text = await talk(gateway, socket => {
      socket.write(
        `${GET}POST /api/v1/namespaces/d/pods/a/exec?command=id HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: SPDY/3.1\r\n\r\n`,
      );
    });
    expect(text).toBe('');
    expect(records.filter(({ verb }) => verb === 'connect')).toEqual([]);
  });
});

function pause(ms: number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, ms));
}

async function until(condition: () => boolean): Promise<void> {
  for (let look = 0; look < 500 && !condition(); look += 1) await pause(10);
  expect(condition()).toBe(true);
}
