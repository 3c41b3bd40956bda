import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import {
  describeRequest,
  parsedWrite,
  readRequestBody,
  type BoundWriteDecision,
  type CountedWrite,
  type DryRunWrite,
} from '@backstage-runbooks/plugin-runbooks-common';
import type { ClusterRequest } from '../kubernetes';
import { BoundWrites } from './BoundWrites';
import type { GatewayAttempt } from './GatewayAttempt';
import type { JudgedRequest } from './judgedRequest';

const DEPLOYMENT = '/apis/apps/v1/namespaces/shop/deployments/web';

/** An object as the cluster has it. */
const object = (version: string, replicas: number) => ({
  kind: 'Deployment',
  metadata: { name: 'web', resourceVersion: version },
  spec: { replicas },
});

function judged(method: string, url: string, sent?: unknown): JudgedRequest {
  const info = describeRequest(method, url);
  const bytes = Buffer.from(sent === undefined ? '' : JSON.stringify(sent));
  const contentType =
    method === 'PATCH'
      ? 'application/strategic-merge-patch+json'
      : 'application/json';
  return {
    info,
    body: readRequestBody(info, contentType, bytes),
    bytes,
    contentType,
    decision: { kind: 'pass' },
    entry: {} as never,
  };
}

describe('a write of an attempt that is bound to a preview', () => {
  let sent: Array<ClusterRequest & { body: string }>;
  let answers: Array<{ status: number; body: unknown }>;
  let decided: DryRunWrite[];
  let decisions: Array<BoundWriteDecision | Error>;
  let made: CountedWrite[];
  let writes: BoundWrites;

  beforeEach(() => {
    sent = [];
    decided = [];
    made = [];
    decisions = [{ kind: 'pass', counts: [] }];
    answers = [
      { status: 200, body: object('1', 2) },
      { status: 200, body: object('1', 4) },
    ];
    writes = new BoundWrites({
      attempt: {
        clusterName: 'c',
        runId: 'run-1',
        stepId: 'scale/1.1',
        attempt: 2,
      } as GatewayAttempt,
      transport: {
        send: async (_cluster, request, body) => {
          sent.push({ ...request, body: String(body ?? '') });
          const { status, body: answered } = answers.shift()!;
          return Object.assign(
            Readable.from([Buffer.from(JSON.stringify(answered))]),
            {
              statusCode: status,
            },
          ) as unknown as IncomingMessage;
        },
      },
      binding: {
        decide: async write => {
          decided.push(parsedWrite(write));
          const decision = decisions.shift()!;
          if (decision instanceof Error) throw decision;
          return decision;
        },
        made: counts => made.push(...counts),
      },
    });
  });

  const attempt = (request: JudgedRequest, method = 'PATCH') =>
    writes.try(
      request,
      {
        method,
        headers: {
          'user-agent': 'kubectl/v1 runbooks/run-1/scale/1.1/2',
          'audit-id': 'own',
        },
      },
      new AbortController().signal,
    );

  it('is sent as a dry run first, the same in everything else', async () => {
    const patch = { spec: { replicas: 4 } };
    const tried = await attempt(
      judged('PATCH', `${DEPLOYMENT}?fieldManager=k`, patch),
    );
    expect(tried?.kind).toBe('pass');
    const [look, dryRun] = sent;
    expect(look).toMatchObject({ method: 'GET', path: DEPLOYMENT });
    expect(dryRun).toMatchObject({
      method: 'PATCH',
      path: `${DEPLOYMENT}?fieldManager=k&dryRun=All`,
      body: JSON.stringify(patch),
      headers: {
        'user-agent': 'kubectl/v1 runbooks/run-1/scale/1.1/0',
        'audit-id': 'own',
      },
    });
    expect(decided).toMatchObject([
      {
        verb: 'patch',
        name: 'web',
        before: { spec: { replicas: 2 } },
        answer: { status: 200, body: { spec: { replicas: 4 } } },
      },
    ]);
  });

  it('is a dry run by its options where it deletes', async () => {
    answers[1].body = { kind: 'Status' };
    await attempt(
      judged('DELETE', DEPLOYMENT, {
        kind: 'DeleteOptions',
        propagationPolicy: 'Background',
      }),
      'DELETE',
    );
    expect(JSON.parse(sent[1].body)).toMatchObject({
      propagationPolicy: 'Background',
      dryRun: ['All'],
    });
  });

  it('is refused where it is not what was approved', async () => {
    decisions = [{ kind: 'refuse', because: 'another image' }];
    await expect(
      attempt(judged('PATCH', DEPLOYMENT, {})),
    ).resolves.toMatchObject({ kind: 'refuse', because: 'another image' });
    expect(sent).toHaveLength(2);
  });

  it('is answered as its dry run where the API server refuses that', async () => {
    answers[1] = { status: 409, body: { kind: 'Status' } };
    await expect(
      attempt(judged('PATCH', DEPLOYMENT, {})),
    ).resolves.toMatchObject({
      kind: 'answered',
      answer: { statusCode: 409 },
    });
    expect(decided).toEqual([]);
  });

  it('is tried again where a controller has written the object between the look and the try', async () => {
    answers = [
      { status: 200, body: object('1', 2) },
      { status: 200, body: object('2', 4) },
      { status: 200, body: object('2', 2) },
      { status: 200, body: object('2', 4) },
    ];
    decisions = [
      { kind: 'refuse', because: 'a note of the controller' },
      { kind: 'pass', counts: [] },
    ];
    const tried = await attempt(judged('PATCH', DEPLOYMENT, {}));
    expect(tried?.kind).toBe('pass');
    expect(sent).toHaveLength(4);
  });

  it('is refused where it cannot be compared, or has no dry run', async () => {
    decisions = [new Error('it takes too long')];
    await expect(
      attempt(judged('PATCH', DEPLOYMENT, {})),
    ).resolves.toMatchObject({
      because:
        'it cannot be compared with what the approval showed: it takes too long',
    });
    sent = [];
    for (const [method, url] of [
      ['POST', '/apis/authentication.k8s.io/v1/tokenreviews'],
      ['POST', '/api/v1/namespaces/shop/serviceaccounts/a/token'],
      ['POST', '/api/v1/namespaces/shop/pods/a/exec?command=sh'],
    ]) {
      await expect(attempt(judged(method, url, {}))).resolves.toMatchObject({
        kind: 'refuse',
        because: expect.stringContaining('it has no dry run'),
      });
    }
    expect(sent).toEqual([]);
  });

  it('is not tried where it writes nothing', async () => {
    for (const [method, url] of [
      ['GET', DEPLOYMENT],
      ['PATCH', `${DEPLOYMENT}?dryRun=All`],
      ['POST', '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews'],
    ]) {
      await expect(attempt(judged(method, url, {}))).resolves.toBeUndefined();
    }
    expect(sent).toEqual([]);
  });

  it('waits for the one before it of that kind and namespace, and for no other', async () => {
    const pass: BoundWriteDecision = { kind: 'pass', counts: [] };
    decisions = [pass, pass, pass];
    answers = [...answers, ...answers, ...answers];
    const first = await attempt(judged('PATCH', DEPLOYMENT, {}));
    const second = attempt(judged('PATCH', DEPLOYMENT, {}));
    const elsewhere = await attempt(
      judged('PATCH', DEPLOYMENT.replace('shop', 'other'), {}),
    );
    expect(elsewhere?.kind).toBe('pass');
    expect(sent).toHaveLength(4);
    if (first?.kind === 'pass') first.sent(200);
    await expect(second).resolves.toMatchObject({ kind: 'pass' });
    expect(sent).toHaveLength(6);
  });

  it.each([
    [409, 0],
    [201, 1],
    [undefined, 1],
    [500, 1],
    [504, 1],
  ])('that was answered with %s counts %s times', async (status, times) => {
    const counts = [{ what: 'a', name: '' }];
    decisions = [{ kind: 'pass', counts }];
    const tried = await attempt(judged('PATCH', DEPLOYMENT, {}));
    if (tried?.kind === 'pass') tried.sent(status);
    expect(made).toHaveLength(times);
  });

  it('that deletes many counts though it ended with an error: the first may be gone', async () => {
    decisions = [{ kind: 'pass', counts: [{ what: 'a', name: 'web-1' }] }];
    answers[1].body = { kind: 'Status' };
    const pods = '/api/v1/namespaces/shop/pods?labelSelector=app%3Dweb';
    const tried = await attempt(judged('DELETE', pods), 'DELETE');
    if (tried?.kind === 'pass') tried.sent(409);
    expect(made).toEqual([{ what: 'a', name: 'web-1' }]);
  });

  it('lets the next one go where it is refused', async () => {
    decisions = [
      { kind: 'refuse', because: 'another image' },
      { kind: 'pass', counts: [] },
    ];
    answers = [...answers, ...answers];
    await attempt(judged('PATCH', DEPLOYMENT, {}));
    await expect(
      attempt(judged('PATCH', DEPLOYMENT, {})),
    ).resolves.toMatchObject({ kind: 'pass' });
  });
});
