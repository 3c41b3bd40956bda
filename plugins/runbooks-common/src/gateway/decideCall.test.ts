import fc from 'fast-check';
import type { AllowedWrite, AllowedWrites } from '../plan/model';
import { callText } from './callText';
import { decideCall, type CallRules } from './decideCall';
import { describeRequest } from './describeRequest';
import { readRequestBody, type RequestBody } from './requestBody';

const NOTHING: CallRules = {
  scope: {
    source: { kind: 'configuration', rule: 'a test' },
    namespaces: ['d'],
    reads: 'cluster',
    grants: [],
  },
  secrets: { kind: 'any' },
  allowed: { kind: 'none' },
  preview: false,
  observeOnly: false,
};
const BODY = new TextEncoder().encode('{"metadata":{"name":"fresh"}}');

function decide(request: string, rules: Partial<CallRules>, bytes = BODY) {
  const [method, url] = request.split(' ');
  const info = describeRequest(method, url);
  const body: RequestBody = ['GET', 'HEAD', 'DELETE'].includes(method)
    ? { kind: 'none' }
    : readRequestBody(info, 'application/json', bytes);
  return decideCall(info, body, { ...NOTHING, ...rules });
}

function listed(...writes: Array<Partial<AllowedWrite>>): AllowedWrites {
  return {
    kind: 'listed',
    writes: writes.map(write => ({
      verb: '',
      group: '',
      resource: '',
      subresource: '',
      namespace: '',
      name: '',
      ...write,
    })),
  };
}

describe('a step that is approved for nothing', () => {
  it.each([
    'GET /api/v1/namespaces/d/pods',
    'GET /api/v1/namespaces/d/pods/a/log',
    'GET /api/v1/namespaces/d/pods/a/status',
    'GET /apis/apps/v1/namespaces/d/deployments/a/scale',
    'GET /apis/metrics.k8s.io/v1beta1/namespaces/d/pods',
    'GET /apis/custom.metrics.k8s.io/v1beta1/namespaces/d/pods/*/rps',
    'GET /api/v1/namespaces/d/pods?watch=1',
    'GET /version',
    'GET /readyz/etcd',
    'GET /openapi/v3/apis/apps/v1',
    'GET /apis',
    'POST /apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
    'POST /apis/authentication.k8s.io/v1/selfsubjectreviews',
    'PATCH /apis/apps/v1/namespaces/d/deployments/a?dryRun=All',
    'POST /api/v1/namespaces/d/pods?dryRun=All',
    'DELETE /api/v1/namespaces/d/pods/a?dryRun=All',
  ])('may %s', request => {
    expect(decide(request, {})).toEqual({ kind: 'pass' });
  });

  it.each([
    ['PATCH /apis/apps/v1/namespaces/d/deployments/a', /not approved to write/],
    ['POST /api/v1/namespaces/d/pods', /not approved to write/],
    ['DELETE /api/v1/namespaces/d/pods', /not approved to write/],
    ['GET /api/v1/namespaces/d/pods/a/exec?command=id', /not approved/],
    ['GET /api/v1/namespaces/d/pods/a/attach', /not approved/],
    ['GET /api/v1/namespaces/d/pods/a/portforward', /not approved/],
    ['GET /api/v1/nodes/n/proxy/logs', /not approved/],
    ['GET /api/v1/namespaces/d/services/s/proxy', /not approved/],
    ['GET /api/v1/namespaces/d/pods/a/ephemeralcontainers', /not approved/],
    [
      'POST /api/v1/namespaces/d/serviceaccounts/default/token?dryRun=All',
      /not approved/,
    ],
    ['POST /apis/authorization.k8s.io/v1/subjectaccessreviews', /not approved/],
    ['GET /metrics', /no resource/],
    ['GET /logs/kube-apiserver.log', /no resource/],
    ['GET /debug/pprof', /no resource/],
    ['POST /version', /no resource/],
    ['GET /api/v1/namespaces/d/pods%2Fa', /two ways/],
  ])('may not %s', (request, because) => {
    expect(decide(request, {})).toEqual({
      kind: 'refuse',
      because: expect.stringMatching(because),
    });
  });
});

describe('a step that is approved to scale one deployment', () => {
  const allowed = listed({
    verb: 'patch',
    group: 'apps',
    resource: 'deployments',
    subresource: 'scale',
    namespace: 'd',
    name: 'web',
  });

  it('may scale it', () => {
    expect(
      decide('PATCH /apis/apps/v1/namespaces/d/deployments/web/scale', {
        allowed,
      }).kind,
    ).toBe('pass');
  });

  it.each([
    ['another one', 'PATCH /apis/apps/v1/namespaces/d/deployments/api/scale'],
    [
      'one of that name elsewhere',
      'PATCH /apis/apps/v1/namespaces/e/deployments/web/scale',
    ],
    [
      'another kind of that name',
      'PATCH /apis/apps/v1/namespaces/d/statefulsets/web/scale',
    ],
    [
      'that kind of another group',
      'PATCH /apis/x.io/v1/namespaces/d/deployments/web/scale',
    ],
    [
      'the deployment itself',
      'PATCH /apis/apps/v1/namespaces/d/deployments/web',
    ],
    [
      'it by another verb',
      'PUT /apis/apps/v1/namespaces/d/deployments/web/scale',
    ],
  ])('may not change %s', (_, request) => {
    expect(decide(request, { allowed }).kind).toBe('refuse');
  });

  it('may not scale it where the runbook only observes', () => {
    expect(
      decide('PATCH /apis/apps/v1/namespaces/d/deployments/web/scale', {
        allowed,
        observeOnly: true,
      }),
    ).toEqual({ kind: 'refuse', because: 'this runbook only observes' });
  });

  it('may not really scale it in a preview', () => {
    expect(
      decide('PATCH /apis/apps/v1/namespaces/d/deployments/web/scale', {
        allowed,
        preview: true,
      }),
    ).toEqual({ kind: 'refuse', because: 'it has no dry run' });
  });
});

describe('the name of what is created', () => {
  const create = 'POST /api/v1/namespaces/d/configmaps';
  const rule = { verb: 'create', resource: 'configmaps', namespace: 'd' };

  it('is compared with the approved one', () => {
    const of = (name: string) =>
      decide(create, { allowed: listed({ ...rule, name }) }).kind;
    expect(of('fresh')).toBe('pass');
    expect(of('*')).toBe('pass');
    expect(of('other')).toBe('refuse');
    expect(of('')).toBe('refuse');
  });

  it('must be readable even where any name is approved', () => {
    const bytes = new TextEncoder().encode('metadata: {name: fresh}');
    expect(
      decide(create, { allowed: listed({ ...rule, name: '*' }) }, bytes),
    ).toMatchObject({
      kind: 'refuse',
      because: expect.stringMatching(/body cannot be read/),
    });
  });
});

describe('a step that is approved to delete by label', () => {
  const allowed = listed({
    verb: 'deletecollection',
    resource: 'pods',
    namespace: 'd',
    name: '',
    selector: 'app=web',
  });

  it.each([
    ['?labelSelector=app%3Dweb', 'pass'],
    ['?labelSelector=app%3Dapi', 'refuse'],
    ['', 'refuse'],
    ['?labelSelector=app%3Dweb&labelSelector=x', 'refuse'],
  ])('selector %s: %s', (query, kind) => {
    expect(
      decide(`DELETE /api/v1/namespaces/d/pods${query}`, { allowed }).kind,
    ).toBe(kind);
  });
});

describe('a step that is approved to exec', () => {
  const exec = (words: string[]) =>
    `GET /api/v1/namespaces/d/pods/a/exec?${words
      .map(word => `command=${encodeURIComponent(word)}`)
      .join('&')}`;
  const rule = (command?: string[]) =>
    listed({
      verb: 'connect',
      resource: 'pods',
      subresource: 'exec',
      namespace: 'd',
      name: 'a',
      ...(command ? { command } : {}),
    });

  it.each<[string[] | undefined, string[], string]>([
    [['hostname'], ['hostname'], 'pass'],
    [['hostname'], ['hostname', '-f'], 'refuse'],
    [['hostname'], ['id'], 'refuse'],
    [['hostname'], [], 'refuse'],
    [['sh', '-c', '*'], ['sh', '-c', 'date'], 'pass'],
    [['sh', '-c', '*'], ['bash', '-c', 'date'], 'refuse'],
    [['*'], ['rm', '-rf', '/'], 'pass'],
    [undefined, ['hostname'], 'refuse'],
  ])('of %j, running %j: %s', (command, words, kind) => {
    expect(decide(exec(words), { allowed: rule(command) }).kind).toBe(kind);
  });

  it('may not attach or forward ports', () => {
    const allowed = rule(['*']);
    for (const way of ['attach', 'portforward', 'proxy']) {
      expect(
        decide(`GET /api/v1/namespaces/d/pods/a/${way}`, { allowed }).kind,
      ).toBe('refuse');
    }
  });

  it('needs more than a rule for any subresource', () => {
    const allowed = listed({
      verb: '*',
      resource: '*',
      subresource: '*',
      namespace: '*',
      name: '*',
      command: ['*'],
    });
    expect(decide(exec(['id']), { allowed }).kind).toBe('refuse');
  });
});

describe('a step that is approved for any write in one namespace', () => {
  const allowed: AllowedWrites = {
    kind: 'any-in-namespaces',
    namespaces: ['d'],
    destructive: true,
  };

  it.each([
    'POST /api/v1/namespaces/d/configmaps',
    'DELETE /apis/apps/v1/namespaces/d/deployments/a',
    'DELETE /api/v1/namespaces/d/pods',
    'PATCH /apis/apps/v1/namespaces/d/deployments/a/scale',
    'POST /api/v1/namespaces/d/pods/a/eviction',
    'GET /api/v1/namespaces/d/pods/a/exec?command=id',
  ])('may %s', request => {
    expect(decide(request, { allowed }).kind).toBe('pass');
  });

  it.each([
    'POST /api/v1/namespaces/e/configmaps',
    'PATCH /api/v1/nodes/n',
    'DELETE /api/v1/namespaces/d',
    'PUT /api/v1/namespaces/d/finalize',
    'POST /api/v1/namespaces',
    'POST /apis/rbac.authorization.k8s.io/v1/clusterrolebindings',
    'POST /api/v1/namespaces/d/serviceaccounts/default/token',
    'GET /api/v1/namespaces/e/pods/a/exec?command=id',
    'POST /apis/rbac.authorization.k8s.io/v1/namespaces/d/rolebindings',
    'GET /api/v1/namespaces/d/pods/a/attach',
    'POST /api/v1/namespaces/d/pods/a/portforward',
    'GET /api/v1/namespaces/d/services/s/proxy/x',
    'POST /api/v1/namespaces/d/pods/a/binding',
    'PATCH /api/v1/namespaces/d/pods/a/ephemeralcontainers',
  ])('may not %s', request => {
    expect(decide(request, { allowed }).kind).toBe('refuse');
  });

  it('may write nothing where the namespace is not known', () => {
    const nowhere: AllowedWrites = {
      kind: 'any-in-namespaces',
      namespaces: [],
      destructive: true,
    };
    expect(decide('PATCH /api/v1/nodes/n', { allowed: nowhere }).kind).toBe(
      'refuse',
    );
  });
});

describe('whatever way it is written', () => {
  it('a write that is not approved stays refused', () => {
    const encodings: Array<(path: string) => string> = [
      path => path,
      path => `${path}/`,
      path => path.replace('/pods', '//pods'),
      path => path.replace('pods', 'p%6Fds'),
      path => path.replace('/pods', '/./pods'),
      path => path.replace('/namespaces', '/x/../namespaces'),
      path => `${path}?watch=1`,
      path => `${path}?dryRun=all`,
      path => `${path}?dryRun=`,
      path => `${path}?dryRun=None&dryRun=All`,
      path => `${path}?DryRun=All`,
      path => `${path};dryRun=All`,
      path => `${path}%3FdryRun=All`,
      path => `http://host${path}`,
      path => `/api/v1/watch${path.slice('/api/v1'.length)}`,
    ];
    const method = fc.constantFrom('POST', 'PUT', 'PATCH', 'DELETE');
    const path = fc.constantFrom(
      '/api/v1/namespaces/d/pods',
      '/api/v1/namespaces/d/pods/a',
      '/api/v1/namespaces/d/pods/a/status',
    );
    fc.assert(
      fc.property(
        method,
        path,
        fc.constantFrom(...encodings),
        (verb, target, encode) => {
          expect(decide(`${verb} ${encode(target)}`, {}).kind).toBe('refuse');
        },
      ),
      { numRuns: 500 },
    );
  });

  it('exec is never a read', () => {
    const method = fc.constantFrom('GET', 'HEAD', 'POST', 'PUT', 'DELETE');
    const query = fc.constantFrom('', '?watch=1', '?dryRun=All', '?command=id');
    const way = fc.constantFrom('exec', 'attach', 'portforward', 'proxy/a/b');
    fc.assert(
      fc.property(method, query, way, (verb, search, subresource) => {
        const request = `${verb} /api/v1/namespaces/d/pods/a/${subresource}${search}`;
        expect(decide(request, {}).kind).toBe('refuse');
      }),
    );
  });
});

describe('a call in words', () => {
  it.each([
    [
      'PATCH /apis/apps/v1/namespaces/d/deployments/web/scale',
      'patch of deployments.apps/scale "web" in namespace "d"',
    ],
    ['DELETE /api/v1/nodes/n', 'delete of nodes "n"'],
    ['GET /metrics', 'get of /metrics'],
  ])('%s', (request, text) => {
    const [method, url] = request.split(' ');
    expect(callText(describeRequest(method, url))).toBe(text);
  });
});
