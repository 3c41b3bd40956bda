import fc from 'fast-check';
import type { AllowedWrite, AllowedWrites } from '../plan/model';
import { callText } from './callText';
import { decideCall, decideHead, type CallRules } from './decideCall';
import { describeRequest } from './describeRequest';
import { readRequestBody, type RequestBody } from './requestBody';
import { isWrite } from './RequestInfo';

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
  destructive: false,
};
const BODY = new TextEncoder().encode('{"metadata":{"name":"fresh"}}');

function decide(request: string, rules: Partial<CallRules>, bytes = BODY) {
  const [method, url] = request.split(' ');
  const info = describeRequest(method, url);
  const body: RequestBody = ['GET', 'HEAD', 'DELETE'].includes(method)
    ? { kind: 'none' }
    : readRequestBody(
        info,
        method === 'PATCH'
          ? 'application/merge-patch+json'
          : 'application/json',
        bytes,
      );
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
    'POST /apis/authorization.k8s.io/v1/selfsubjectaccessreviews?dryRun=All',
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
    ...[
      '/apis/authorization.k8s.io/v1/subjectaccessreviews',
      '/apis/authorization.k8s.io/v1/namespaces/d/localsubjectaccessreviews',
      '/apis/authentication.k8s.io/v1/tokenreviews',
      '/apis/authorization.example.com/v1/namespaces/d/accessreviews',
    ].flatMap(
      (path): Array<[string, RegExp]> => [
        [`POST ${path}`, /not approved/],
        [`POST ${path}?dryRun=All`, /not approved/],
      ],
    ),
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

describe('a step that is approved for any write in one namespace, and what opens a way into a pod', () => {
  const anyWrite = (
    more: Partial<Extract<AllowedWrites, { kind: 'any-in-namespaces' }>>,
  ): AllowedWrites => ({
    kind: 'any-in-namespaces',
    namespaces: ['d'],
    destructive: false,
    ...more,
  });
  const connection = (subresource: string, command?: string[]) => ({
    verb: 'connect',
    group: '',
    resource: 'pods',
    subresource,
    namespace: 'd',
    name: '*',
    ...(command ? { command } : {}),
  });
  const EXEC = 'GET /api/v1/namespaces/d/pods/a/exec?command=date';
  const REMOVE =
    'GET /api/v1/namespaces/d/pods/a/exec?command=rm&command=-rf&command=%2Fdata';
  const FORWARD = 'POST /api/v1/namespaces/d/pods/a/portforward';

  it.each<[string, AllowedWrites]>([
    [EXEC, anyWrite({})],
    [EXEC, anyWrite({ destructive: true })],
    [EXEC, anyWrite({ executes: 'any' })],
    [REMOVE, anyWrite({ executes: [connection('exec', ['date'])] })],
    [EXEC, anyWrite({ executes: [connection('exec')] })],
    [EXEC, anyWrite({ executes: [connection('portforward')] })],
    [FORWARD, anyWrite({ executes: 'any', destructive: true })],
    [FORWARD, anyWrite({ executes: [connection('exec', ['date'])] })],
    [
      EXEC.replace('/d/', '/e/'),
      anyWrite({
        executes: [{ ...connection('exec', ['date']), namespace: '*' }],
      }),
    ],
  ])('refuses what its text does not name: %s with %j', (request, allowed) => {
    expect(decide(request, { allowed })).toEqual({
      kind: 'refuse',
      because: expect.stringMatching(/its text names|what the step names/),
    });
  });

  it.each<[string, AllowedWrites]>([
    [EXEC, anyWrite({ executes: [connection('exec', ['date'])] })],
    [REMOVE, anyWrite({ executes: 'any', destructive: true })],
    [FORWARD, anyWrite({ executes: [connection('portforward')] })],
  ])('lets pass %s with %j', (request, allowed) => {
    expect(decide(request, { allowed }).kind).toBe('pass');
  });
});

describe('a part of an object that is not known for what it does', () => {
  const byNamespace = (destructive: boolean): AllowedWrites => ({
    kind: 'any-in-namespaces',
    namespaces: ['d'],
    destructive,
    ...(destructive ? { executes: 'any' } : {}),
  });
  const byRule = listed({
    verb: '*',
    group: '*',
    resource: '*',
    subresource: '*',
    namespace: 'd',
    name: '*',
  });
  const VM = '/apis/subresources.kubevirt.io/v1/namespaces/d';

  it.each([
    `GET ${VM}/virtualmachineinstances/a/console`,
    `GET ${VM}/virtualmachineinstances/a/vnc`,
    `GET ${VM}/virtualmachineinstances/a/guestosinfo?watch=1`,
    'GET /apis/image.openshift.io/v1/namespaces/d/imagestreams/x/secrets',
    'GET /apis/example.com/v1/namespaces/d/things/a/anything',
    'GET /api/v1/namespaces/d/pods/a/resize',
    `PUT ${VM}/virtualmachines/a/restart`,
    'PATCH /api/v1/namespaces/d/pods/a/resize',
    'POST /apis/build.openshift.io/v1/namespaces/d/buildconfigs/x/instantiate',
    'DELETE /apis/example.com/v1/namespaces/d/things/a/anything',
  ])('is never part of any write: %s', request => {
    for (const allowed of [byNamespace(true), byNamespace(false), byRule]) {
      for (const destructive of [true, false])
        expect(decide(request, { allowed, destructive }).kind).toBe('refuse');
    }
  });
});

describe('a step that is approved for any write in one namespace', () => {
  const allowed: AllowedWrites = {
    kind: 'any-in-namespaces',
    namespaces: ['d'],
    destructive: true,
    executes: 'any',
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

describe('the scope of a run', () => {
  const anything = listed({
    verb: '*',
    group: '*',
    resource: '*',
    subresource: '*',
    namespace: '*',
    name: '*',
    selector: '*',
  });
  const named = (subresource: string): AllowedWrites =>
    listed({
      verb: '*',
      group: '*',
      resource: '*',
      subresource,
      namespace: '*',
      name: '*',
      command: ['*'],
    });

  it.each([
    ['another namespace', 'PATCH /apis/apps/v1/namespaces/e/deployments/a'],
    ['a collection elsewhere', 'DELETE /api/v1/namespaces/e/pods'],
    ['a namespace', 'POST /api/v1/namespaces'],
    ['the namespace of the scope itself', 'DELETE /api/v1/namespaces/d'],
    ['a node', 'PATCH /api/v1/nodes/n'],
    ['a volume', 'DELETE /api/v1/persistentvolumes/v'],
    [
      'a role in scope',
      'POST /apis/rbac.authorization.k8s.io/v1/namespaces/d/roles',
    ],
    [
      'a binding in scope',
      'PATCH /apis/rbac.authorization.k8s.io/v1/namespaces/d/rolebindings/a',
    ],
    [
      'a binding in scope by the door of OpenShift',
      'POST /apis/authorization.openshift.io/v1/namespaces/d/rolebindings',
    ],
    [
      'a cluster role',
      'PATCH /apis/rbac.authorization.k8s.io/v1/clusterroles/admin',
    ],
    [
      'a signing request',
      'POST /apis/certificates.k8s.io/v1/certificatesigningrequests',
    ],
    [
      'a webhook',
      'POST /apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations',
    ],
    ['an API service', 'POST /apis/apiregistration.k8s.io/v1/apiservices'],
    [
      'a custom kind',
      'POST /apis/apiextensions.k8s.io/v1/customresourcedefinitions',
    ],
    [
      'the reading of a token',
      'POST /apis/authentication.k8s.io/v1/tokenreviews',
    ],
  ])('never holds %s, whatever was approved', (_, request) => {
    expect(decide(request, { allowed: anything }).kind).toBe('refuse');
    expect(
      decide(request, {
        allowed: {
          kind: 'any-in-namespaces',
          namespaces: ['d', 'e', ''],
          destructive: true,
        },
      }).kind,
    ).toBe('refuse');
  });

  it.each([
    ['token', 'POST /api/v1/namespaces/d/serviceaccounts/default/token'],
    [
      'approval',
      'PUT /apis/certificates.k8s.io/v1/certificatesigningrequests/a/approval',
    ],
    ['exec', 'GET /api/v1/namespaces/e/pods/a/exec?command=id'],
    ['portforward', 'POST /api/v1/namespaces/e/pods/a/portforward'],
    ['proxy', 'GET /api/v1/nodes/n/proxy/pods'],
  ])('never holds %s, even by name: %s', (subresource, request) => {
    expect(decide(request, { allowed: named(subresource) }).kind).toBe(
      'refuse',
    );
  });

  describe('with a grant', () => {
    const scope: CallRules['scope'] = {
      ...NOTHING.scope,
      grants: [
        {
          verbs: ['patch'],
          group: 'apps',
          resource: 'deployments',
          namespace: 'kube-system',
          names: ['metrics-server'],
        },
        {
          verbs: ['create'],
          group: '',
          resource: 'serviceaccounts/token',
          namespace: 'd',
          names: ['default'],
        },
        {
          verbs: ['patch'],
          group: '',
          resource: 'nodes',
          namespace: '',
          names: ['*'],
        },
        {
          verbs: ['create'],
          group: '',
          resource: 'namespaces',
          namespace: '',
          names: ['fresh'],
        },
      ],
    };

    it.each<[string, AllowedWrites]>([
      [
        'PATCH /apis/apps/v1/namespaces/kube-system/deployments/metrics-server',
        anything,
      ],
      [
        'POST /api/v1/namespaces/d/serviceaccounts/default/token',
        named('token'),
      ],
      ['PATCH /api/v1/nodes/n', anything],
      ['POST /api/v1/namespaces', anything],
    ])('holds what it names: %s', (request, allowed) => {
      expect(decide(request, { scope, allowed }).kind).toBe('pass');
    });

    it.each<[string, AllowedWrites]>([
      [
        'PATCH /apis/apps/v1/namespaces/kube-system/deployments/coredns',
        anything,
      ],
      [
        'DELETE /apis/apps/v1/namespaces/kube-system/deployments/metrics-server',
        anything,
      ],
      [
        'PATCH /apis/apps/v1/namespaces/kube-system/deployments/metrics-server/scale',
        anything,
      ],
      [
        'PATCH /apis/apps/v1/namespaces/kube-system/daemonsets/metrics-server',
        anything,
      ],
      ['POST /api/v1/namespaces/d/serviceaccounts/admin/token', named('token')],
      ['DELETE /api/v1/nodes', anything],
      ['PATCH /api/v1/nodes/n/status', anything],
    ])('holds nothing beside it: %s', (request, allowed) => {
      expect(decide(request, { scope, allowed }).kind).toBe('refuse');
    });

    it('still asks for an approval', () => {
      expect(decide('PATCH /api/v1/nodes/n', { scope })).toEqual({
        kind: 'refuse',
        because: 'this step is not approved to write',
      });
    });
  });

  describe('whose reads stay in its namespaces', () => {
    const scope: CallRules['scope'] = {
      ...NOTHING.scope,
      reads: 'namespaces',
      grants: [
        {
          verbs: ['get'],
          group: '',
          resource: 'nodes',
          namespace: '',
          names: ['n'],
        },
      ],
    };

    it.each([
      'GET /api/v1/namespaces/d/pods',
      'GET /api/v1/namespaces/d',
      'GET /api/v1/nodes/n',
      'GET /version',
      'GET /apis/apps/v1',
      'GET /openapi/v3',
      'POST /apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
      'PATCH /apis/apps/v1/namespaces/d/deployments/a?dryRun=All',
    ])('lets pass %s', request => {
      expect(decide(request, { scope }).kind).toBe('pass');
    });

    it.each([
      'GET /api/v1/pods',
      'GET /api/v1/pods?fieldSelector=metadata.namespace%3Dd',
      'GET /api/v1/namespaces/e/pods',
      'GET /api/v1/namespaces/e/pods/a/log',
      'GET /api/v1/namespaces/e/pods?watch=1',
      'GET /api/v1/watch/namespaces/e/pods',
      'GET /api/v1/watch/pods',
      'HEAD /api/v1/namespaces/e/pods/a',
      'GET /apis/apps/v1/namespaces/e/deployments/a/scale',
      'GET /apis/metrics.k8s.io/v1beta1/namespaces/e/pods',
      'GET /api/v1/namespaces',
      'GET /api/v1/namespaces/e',
      'GET /api/v1/nodes',
      'PATCH /apis/apps/v1/namespaces/e/deployments/a?dryRun=All',
    ])('refuses %s', request => {
      expect(decide(request, { scope })).toEqual({
        kind: 'refuse',
        because: 'this run may read in d only',
      });
    });
  });
});

describe('the head of a call', () => {
  const head = (request: string, rules: Partial<CallRules>) => {
    const [method, url] = request.split(' ');
    return decideHead(describeRequest(method, url), { ...NOTHING, ...rules })
      .kind;
  };
  const allowed = listed({
    verb: 'create',
    resource: 'configmaps',
    namespace: 'd',
    name: 'a',
  });

  it.each([
    ['POST /api/v1/namespaces/d/configmaps', {}],
    ['PUT /api/v1/namespaces/d/configmaps/a', { allowed }],
    ['POST /api/v1/namespaces/e/configmaps', { allowed }],
    ['POST /api/v1/namespaces/d/configmaps', { allowed, observeOnly: true }],
    ['POST /api/v1/namespaces/d%2Fconfigmaps', { allowed }],
  ])('is enough to refuse %s', (request, rules) => {
    expect(head(request, rules)).toBe('refuse');
  });

  it.each([
    ['POST /api/v1/namespaces/d/configmaps', { allowed }],
    ['POST /api/v1/namespaces/e/configmaps?dryRun=All', {}],
    ['DELETE /api/v1/namespaces/d/configmaps/a', {}],
    ['PATCH /api/v1/namespaces/d/configmaps/a', { preview: true }],
  ])('leaves it to the body whether %s passes', (request, rules) => {
    expect(head(request, rules)).toBe('pass');
  });

  it('never refuses what the whole call would let pass', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE'),
        fc.constantFrom(
          '/api/v1/namespaces/d/configmaps',
          '/api/v1/namespaces/d/configmaps/fresh',
          '/api/v1/namespaces/e/secrets',
          '/apis/apps/v1/namespaces/d/deployments/a/scale',
          '/api/v1/nodes',
        ),
        fc.constantFrom('', '?dryRun=All'),
        fc.constantFrom<AllowedWrites>(
          { kind: 'none' },
          allowed,
          listed({
            verb: '*',
            group: '*',
            resource: '*',
            subresource: '*',
            namespace: '*',
            name: 'fresh',
          }),
          { kind: 'any-in-namespaces', namespaces: ['d'], destructive: false },
        ),
        fc.boolean(),
        (method, path, query, writes, preview) => {
          const request = `${method} ${path}${query}`;
          const rules = { allowed: writes, preview };
          const whole = decide(request, rules).kind;
          expect([whole, head(request, rules)]).not.toEqual(['pass', 'refuse']);
        },
      ),
      { numRuns: 400 },
    );
  });
});

describe('a write', () => {
  it.each([
    ['POST /apis/authorization.k8s.io/v1/selfsubjectaccessreviews', false],
    ['POST /apis/authentication.k8s.io/v1/selfsubjectreviews', false],
    ['POST /apis/authorization.k8s.io/v1/subjectaccessreviews', true],
    ['POST /apis/x.example/v1/namespaces/d/selfsubjectaccessreviews', true],
    ['GET /api/v1/namespaces/d/pods', false],
    ['GET /api/v1/namespaces/d/pods/a/exec', true],
    ['PATCH /api/v1/namespaces/d/pods/a', true],
    ['GET /version', false],
  ])('%s: %s', (request, expected) => {
    const [method, url] = request.split(' ');
    expect(isWrite(describeRequest(method, url))).toBe(expected);
  });
});
