import { mkdtemp, rm, stat } from 'node:fs/promises';
import http, { type IncomingMessage, type RequestListener } from 'node:http';
import net, { type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Duplex } from 'node:stream';
import type {
  ApiCall,
  Impersonation,
} from '@backstage-runbooks/plugin-runbooks-common';
import { quietLogger } from '../executors/testUtils/ExecutorBench';
import { ClusterDirectory, ClusterTransport } from '../kubernetes';
import { filledRegistry } from '../kubernetes/testUtils/clusterLane';
import {
  KubernetesGateway,
  type GatewayAttempt,
  type OpenGateway,
} from './KubernetesGateway';

interface Answer {
  status: number;
  headers: http.IncomingHttpHeaders;
  body: string;
}

describe('the gateway in front of an API server', () => {
  let folder: string;
  let upstream: http.Server;
  let gateway: OpenGateway;
  let records: ApiCall[];
  let secrets: string[];
  let credentials: string[];
  let impersonation: Impersonation | undefined;
  let answer: RequestListener;
  let switchProtocols: (
    req: IncomingMessage,
    socket: Duplex,
    head: Buffer,
  ) => void;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'gw-'));
    records = [];
    secrets = [];
    credentials = ['good'];
    impersonation = undefined;
    answer = (_req, res) => res.end('{}');
    switchProtocols = (_req, socket) => socket.destroy();
    upstream = http.createServer((req, res) => answer(req, res));
    upstream.on('upgrade', (req, socket, head) =>
      switchProtocols(req, socket, head),
    );
    await new Promise<void>(done => upstream.listen(0, '127.0.0.1', done));
  });
  afterEach(async () => {
    await gateway?.close();
    upstream.closeAllConnections();
    upstream.close();
    await rm(folder, { recursive: true, force: true });
  });

  async function open(attempt: Partial<GatewayAttempt> = {}): Promise<void> {
    const { port } = upstream.address() as AddressInfo;
    const access = filledRegistry({
      getClusters: async () => [
        {
          name: 'stub',
          url: `http://127.0.0.1:${port}/prefix`,
          authMetadata: {},
        },
      ],
      getCredential: async () => ({
        type: 'bearer token',
        token: credentials.length > 1 ? credentials.shift()! : credentials[0],
      }),
    });
    const transport = new ClusterTransport({
      clusters: new ClusterDirectory({ access }),
    });
    gateway = await new KubernetesGateway({
      transport,
      impersonation: () => impersonation,
      logger: quietLogger,
    }).open({
      runId: 'run-1',
      stepId: 'a b/1.1',
      attempt: 2,
      entityRef: 'component:default/web',
      clusterName: 'stub',
      namespace: 'd',
      allowed: { kind: 'none' },
      scope: {
        source: { kind: 'configuration', rule: 'a test' },
        namespaces: ['d'],
        reads: 'cluster',
        grants: [],
      },
      secrets: { kind: 'any' },
      observeOnly: false,
      destructive: true,
      socketPath: path.join(folder, 's'),
      recordCall: async record => {
        records.push(record);
      },
      onSecret: value => secrets.push(value),
      ...attempt,
    });
  }

  function call(
    request: string,
    options: { headers?: http.OutgoingHttpHeaders; body?: string } = {},
  ): Promise<Answer> {
    const [method, requestPath] = request.split(' ');
    return new Promise((resolve, reject) => {
      const req = http.request({
        socketPath: gateway.socketPath,
        method,
        path: requestPath,
        headers: {
          // Node leaves it out for a DELETE.
          'content-length': Buffer.byteLength(options.body ?? ''),
          ...options.headers,
        },
        agent: false,
      });
      req.on('error', reject).on('response', res => {
        let body = '';
        res.on('data', chunk => {
          body += chunk;
        });
        res.on('error', reject).on('end', () =>
          resolve({
            status: res.statusCode ?? 0,
            headers: res.headers,
            body,
          }),
        );
      });
      req.end(options.body);
    });
  }

  it('sends the credential of the cluster, the id of the call and the name of the attempt', async () => {
    let seen: IncomingMessage | undefined;
    answer = (req, res) => {
      seen = req;
      res.end('{}');
    };
    await open();
    await call('GET /api/v1/pods?limit=5', {
      headers: {
        'audit-id': 'forged',
        'x-forwarded-for': '10.0.0.1',
        'user-agent': 'kubectl/v1.33',
        accept: 'application/json',
      },
    });
    expect(seen?.url).toBe('/prefix/api/v1/pods?limit=5');
    expect(seen?.headers).toMatchObject({
      authorization: 'Bearer good',
      'audit-id': records[0].id,
      'user-agent': 'kubectl/v1.33 runbooks/run-1/a_b/1.1/2',
      accept: 'application/json',
    });
    expect(seen?.headers).not.toHaveProperty('x-forwarded-for');
  });

  it('records each call before it is sent and when it has ended, under one id', async () => {
    answer = (_req, res) => {
      expect(records).toHaveLength(1);
      res.end('{}');
    };
    await open();
    await call('GET /api/v1/namespaces/d/pods/a');
    await gateway.close();
    expect(records).toEqual([
      expect.objectContaining({ verb: 'get', name: 'a', decision: 'passed' }),
      expect.objectContaining({ id: records[0].id, status: 200 }),
    ]);
    expect(records[0]).not.toHaveProperty('status');
    expect(records[1].durationMs).toEqual(expect.any(Number));
  });

  it('records no status where the answer was never seen', async () => {
    answer = (_req, res) => res.destroy();
    await open({
      allowed: {
        kind: 'any-in-namespaces',
        namespaces: ['d'],
        destructive: true,
      },
    });
    const { status, body } = await call('PATCH /api/v1/namespaces/d/pods/a', {
      body: '{}',
    });
    expect(status).toBe(502);
    expect(JSON.parse(body).message).toMatch(/^runbooks gateway: /);
    await gateway.close();
    expect(records).toHaveLength(2);
    expect(records[1]).not.toHaveProperty('status');
    expect(gateway.counts()).toEqual({
      total: 1,
      writes: 0,
      refused: 0,
      uncertain: 1,
    });
  });

  it('records a write that it could only try as one that was not made', async () => {
    const asked: string[] = [];
    answer = (req, res) => {
      asked.push(`${req.method} ${req.url}`);
      if (req.method === 'GET') res.end('{}');
      else res.destroy();
    };
    await open({
      allowed: {
        kind: 'any-in-namespaces',
        namespaces: ['d'],
        destructive: true,
      },
      bound: {
        decide: async () => ({ kind: 'pass', counts: [] }),
        made: () => {},
      },
    });
    const { status } = await call('PATCH /api/v1/namespaces/d/pods/a', {
      headers: { 'content-type': 'application/merge-patch+json' },
      body: '{"metadata":{"labels":{"a":"b"}}}',
    });
    expect(status).toBe(502);
    await gateway.close();
    expect(asked).toEqual([
      'GET /prefix/api/v1/namespaces/d/pods/a',
      'PATCH /prefix/api/v1/namespaces/d/pods/a?dryRun=All',
    ]);
    expect(gateway.counts()).toEqual({ total: 1, writes: 0, refused: 0 });
    expect(records.at(-1)).toMatchObject({ dryRun: true });
  });

  it('asks for another credential after a 401, once', async () => {
    credentials = ['ended', 'fresh'];
    const seen: unknown[] = [];
    answer = (req, res) => {
      seen.push(req.headers.authorization);
      res.writeHead(req.headers.authorization === 'Bearer fresh' ? 200 : 401);
      res.end('{}');
    };
    await open();
    await expect(call('GET /version')).resolves.toMatchObject({ status: 200 });
    expect(seen).toEqual(['Bearer ended', 'Bearer fresh']);
  });

  it('sends delete options as it understood them', async () => {
    let sent = '';
    let type: unknown;
    answer = (req, res) => {
      type = req.headers['content-type'];
      req.on('data', chunk => {
        sent += chunk;
      });
      req.on('end', () => res.end('{}'));
    };
    await open({
      allowed: {
        kind: 'any-in-namespaces',
        namespaces: ['d'],
        destructive: true,
      },
    });
    await call('DELETE /api/v1/namespaces/d/pods/a', {
      body: '{ "propagationPolicy" : "Background" , "gracePeriodSeconds":0}',
    });
    expect(type).toBe('application/json');
    expect(JSON.parse(sent)).toEqual({
      kind: 'DeleteOptions',
      apiVersion: 'v1',
      gracePeriodSeconds: 0,
      propagationPolicy: 'Background',
    });
  });

  it('refuses a body that is too large', async () => {
    await open({
      allowed: {
        kind: 'any-in-namespaces',
        namespaces: ['d'],
        destructive: true,
      },
    });
    const { status, body } = await call('PUT /api/v1/namespaces/d/pods/a', {
      body: 'x'.repeat(9 * 1024 * 1024),
    });
    expect(status).toBe(403);
    expect(body).toContain('it is too large');
    expect(gateway.counts()).toMatchObject({ refused: 1 });
  });

  it('refuses by the head of a call before its body was sent', async () => {
    await open();
    const answered = await new Promise<IncomingMessage>((resolve, reject) => {
      const req = http.request({
        socketPath: gateway.socketPath,
        method: 'POST',
        path: '/api/v1/namespaces/d/configmaps',
        headers: { 'content-length': 1_000_000 },
        agent: false,
      });
      req.on('response', resolve).on('error', reject);
      req.write('{');
    });
    expect(answered.statusCode).toBe(403);
    answered.destroy();
    expect(records[0]).toMatchObject({
      decision: 'refused',
      because: 'this step is not approved to write',
    });
  });

  it('tells what passes into a Secret before it is sent', async () => {
    let toldBefore: string[] = [];
    answer = (_req, res) => {
      toldBefore = [...secrets];
      res.end('{"kind":"Status"}');
    };
    await open({
      secrets: { kind: 'none' },
      allowed: {
        kind: 'any-in-namespaces',
        namespaces: ['d'],
        destructive: false,
      },
    });
    const { status } = await call('POST /api/v1/namespaces/d/secrets', {
      headers: { 'content-type': 'application/json' },
      body: '{"metadata":{"name":"a"},"stringData":{"a":"made-up"}}',
    });
    expect(status).toBe(200);
    expect(toldBefore).toEqual(['made-up']);
  });

  it('sends a question about one’s own rights and counts it as no write', async () => {
    await open();
    await call('POST /apis/authorization.k8s.io/v1/selfsubjectaccessreviews', {
      body: '{}',
    });
    expect(gateway.counts()).toEqual({ total: 1, writes: 0, refused: 0 });
  });

  it('ends a watch of Secrets at the first event that may not be seen, with the reason', async () => {
    answer = (_req, res) => {
      res.write('{"type":"ADDED","object":{"kind":"Table","rows":[]}}\n');
      res.write(
        '{"type":"ADDED","object":{"kind":"Secret","data":{"a":"eA=="}}}\n',
      );
      res.end('{"type":"ADDED","object":{"kind":"Table","rows":[]}}\n');
    };
    await open({ secrets: { kind: 'none' } });
    const { body } = await call('GET /api/v1/namespaces/d/secrets?watch=1', {
      headers: { accept: 'application/json;as=Table;v=v1;g=meta.k8s.io' },
    });
    const events = body
      .trim()
      .split('\n')
      .map(line => JSON.parse(line));
    expect(events.map(event => event.type)).toEqual(['ADDED', 'ERROR']);
    expect(events[1].object.message).toContain('it would show Secret data');
    expect(body).not.toContain('eA==');
  });

  it('acts as the user and groups of the entity, and never as those of the step', async () => {
    let seen: IncomingMessage | undefined;
    answer = (req, res) => {
      seen = req;
      res.end('{}');
    };
    impersonation = { user: 'runbooks:{entity}', groups: ['a', '{namespace}'] };
    await open();
    await call('GET /api/v1/pods');
    expect(seen?.headersDistinct['impersonate-user']).toEqual([
      'runbooks:component:default/web',
    ]);
    expect(seen?.headersDistinct['impersonate-group']).toEqual([
      'a',
      'default',
    ]);
  });

  it('passes a watch on event by event', async () => {
    let send: (text: string) => void = () => {};
    answer = (_req, res) => {
      send = text => res.write(text);
      res.flushHeaders();
    };
    await open();
    const response = await new Promise<IncomingMessage>(resolve => {
      http
        .get({ socketPath: gateway.socketPath, path: '/api/v1/pods?watch=1' })
        .on('response', resolve)
        .on('error', () => {});
    });
    expect(response.statusCode).toBe(200);
    for (const event of ['{"a":1}\n', '{"a":2}\n']) {
      const arrived = new Promise(resolve => response.once('data', resolve));
      send(event);
      expect(String(await arrived)).toBe(event);
    }
  });

  it('ends calls that are under way when it is closed, and records their end', async () => {
    answer = (_req, res) => res.flushHeaders();
    await open();
    const ended = call('GET /api/v1/pods?watch=1').catch(error => error.code);
    while (records.length === 0) await new Promise(setImmediate);
    await new Promise(resolve => setTimeout(resolve, 50));
    await gateway.close();
    await expect(ended).resolves.toBe('ECONNRESET');
    expect(records).toHaveLength(2);
    await expect(stat(gateway.socketPath)).rejects.toMatchObject({
      code: 'ENOENT',
    });
  });

  it('lets only the owner of the socket connect', async () => {
    await open();
    // eslint-disable-next-line no-bitwise
    expect((await stat(gateway.socketPath)).mode & 0o777).toBe(0o600);
  });

  it('refuses a socket whose path the system would cut', async () => {
    await expect(
      open({ socketPath: path.join(folder, 'x'.repeat(120)) }),
    ).rejects.toThrow(/has \d+ bytes; expected at most 107/);
  });

  it('passes on nothing about Secrets that it cannot read', async () => {
    answer = (_req, res) => {
      res.setHeader('content-type', 'application/vnd.kubernetes.protobuf');
      res.end(Buffer.from('k8s\0made-up-password'));
    };
    await open();
    const { status, body } = await call('GET /api/v1/namespaces/d/secrets/a');
    expect(status).toBe(403);
    expect(body).toContain('its answer cannot be read');
    expect(body).not.toContain('made-up-password');
  });

  describe('an upgrade', () => {
    const EXEC = '/api/v1/namespaces/d/pods/a/exec?command=id&stdout=true';
    const allowed: GatewayAttempt['allowed'] = {
      kind: 'listed',
      writes: [
        {
          verb: 'connect',
          group: '',
          resource: 'pods',
          subresource: 'exec',
          namespace: 'd',
          name: 'a',
          command: ['id'],
        },
      ],
    };

    /** Sends an upgrade request and returns the socket with the head of the answer. */
    async function upgrade(lines: string[], method = 'POST', url = EXEC) {
      const socket = net.connect(gateway.socketPath);
      socket.on('error', () => {});
      socket.write(
        [
          `${method} ${url} HTTP/1.1`,
          'Host: x',
          'Connection: Upgrade',
          ...lines,
          '',
          '',
        ].join('\r\n'),
      );
      let head = '';
      while (!head.includes('\r\n\r\n')) {
        const chunk = await new Promise<Buffer | undefined>(resolve => {
          socket.once('data', resolve);
          socket.once('close', () => resolve(undefined));
        });
        if (!chunk) break;
        head += chunk;
      }
      return { socket, head };
    }

    const SPDY = [
      'Upgrade: SPDY/3.1',
      'X-Stream-Protocol-Version: v4.channel.k8s.io',
      'X-Stream-Protocol-Version: v3.channel.k8s.io',
    ];

    it('passes bytes both ways unread once it was switched', async () => {
      let seen: IncomingMessage | undefined;
      switchProtocols = (req, socket) => {
        seen = req;
        socket.write(
          'HTTP/1.1 101 Switching Protocols\r\nUpgrade: SPDY/3.1\r\nConnection: Upgrade\r\n\r\n',
        );
        socket.pipe(socket);
      };
      await open({ allowed });
      const { socket, head } = await upgrade(SPDY);
      expect(head).toMatch(/^HTTP\/1.1 101 /);
      expect(seen?.headersDistinct['x-stream-protocol-version']).toEqual([
        'v4.channel.k8s.io',
        'v3.channel.k8s.io',
      ]);
      const sent = Buffer.alloc(300_000, 'made-up bytes \0\xff');
      let received = 0;
      const all = new Promise<void>(resolve => {
        socket.on('data', chunk => {
          received += chunk.length;
          if (received === sent.length) resolve();
        });
      });
      socket.write(sent);
      await all;
      socket.destroy();
      await gateway.close();
      expect(records.at(-1)).toMatchObject({ status: 101, verb: 'connect' });
      expect(gateway.counts()).toEqual({
        total: 1,
        writes: 0,
        refused: 0,
        executions: 1,
      });
    });

    it('is tried once more with a fresh credential', async () => {
      credentials = ['ended', 'fresh'];
      switchProtocols = (req, socket) => {
        const isGood = req.headers.authorization === 'Bearer fresh';
        socket.end(
          isGood
            ? 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: SPDY/3.1\r\nConnection: Upgrade\r\n\r\n'
            : 'HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\nConnection: close\r\n\r\n',
        );
      };
      await open({ allowed });
      const { head } = await upgrade(SPDY);
      expect(head).toMatch(/^HTTP\/1.1 101 /);
    });

    it('shows what the API server said where it did not switch', async () => {
      switchProtocols = (_req, socket) => {
        const text = JSON.stringify({
          reason: 'NotFound',
          message: 'no pod a',
        });
        socket.end(
          `HTTP/1.1 404 Not Found\r\nContent-Length: ${text.length}\r\nConnection: close\r\n\r\n${text}`,
        );
      };
      await open({ allowed });
      const { head } = await upgrade(SPDY);
      expect(head).toMatch(/^HTTP\/1.1 404 Not Found/);
      expect(head).toContain('"message":"no pod a"');
    });

    it('is refused where it was not approved, and SPDY after WebSocket is no second call', async () => {
      await open();
      const webSocket = ['Upgrade: websocket', 'Sec-WebSocket-Key: x'];
      const first = await upgrade(webSocket, 'GET');
      const second = await upgrade(SPDY);
      expect(first.head).toMatch(/^HTTP\/1.1 403 /);
      expect(second.head).toMatch(/^HTTP\/1.1 403 /);
      expect(gateway.counts()).toEqual({ total: 1, writes: 0, refused: 1 });
    });

    it('is refused for anything that is no connection', async () => {
      await open({
        allowed: {
          kind: 'any-in-namespaces',
          namespaces: ['d'],
          destructive: true,
        },
      });
      const { head } = await upgrade(
        ['Upgrade: websocket'],
        'GET',
        '/api/v1/namespaces/d/pods?watch=1',
      );
      expect(head).toMatch(/^HTTP\/1.1 403 /);
      expect(head).toContain('only exec, attach, port-forward and proxy');
    });

    it('with somebody else’s name is refused', async () => {
      await open({ allowed });
      const { head } = await upgrade([...SPDY, 'Impersonate-User: admin']);
      expect(head).toMatch(/^HTTP\/1.1 403 /);
      expect(head).toContain('cannot impersonate');
    });

    it('ends when the gateway is closed', async () => {
      switchProtocols = (_req, socket) => {
        socket.write(
          'HTTP/1.1 101 Switching Protocols\r\nUpgrade: SPDY/3.1\r\nConnection: Upgrade\r\n\r\n',
        );
      };
      await open({ allowed });
      const { socket } = await upgrade(SPDY);
      const closed = new Promise(resolve => socket.once('close', resolve));
      await gateway.close();
      await closed;
      expect(records.at(-1)).toMatchObject({ status: 101 });
    });
  });
});
