import fc from 'fast-check';
import { describeRequest } from './describeRequest';
import { commandOf, urlOf, type ResourceRequest } from './RequestInfo';

interface PathCase {
  request: string;
  means: Partial<ResourceRequest>;
}

describe('telling what a request does', () => {
  it.each<PathCase>([
    {
      request: 'GET /api/v1/namespaces/demo/pods',
      means: { verb: 'list', group: '', resource: 'pods', namespace: 'demo' },
    },
    {
      request: 'GET /api/v1/pods?watch=1',
      means: { verb: 'watch', resource: 'pods', namespace: '', name: '' },
    },
    {
      request:
        'GET /api/v1/namespaces/demo/pods?fieldSelector=metadata.name%3Da&watch=true',
      means: { verb: 'watch', name: 'a' },
    },
    {
      request: 'GET /api/v1/watch/namespaces/demo/pods/a',
      means: { verb: 'watch', resource: 'pods', name: 'a' },
    },
    {
      request: 'HEAD /api/v1/namespaces/demo/pods/a',
      means: { verb: 'get', name: 'a' },
    },
    {
      request: 'GET /api/v1/namespaces/demo/pods/a/log?follow=true',
      means: { verb: 'get', subresource: 'log' },
    },
    {
      request: 'PATCH /apis/apps/v1/namespaces/demo/deployments/web/scale',
      means: {
        verb: 'patch',
        group: 'apps',
        resource: 'deployments',
        subresource: 'scale',
        namespace: 'demo',
        name: 'web',
      },
    },
    {
      request: 'POST /api/v1/namespaces/demo/configmaps',
      means: { verb: 'create', resource: 'configmaps', name: '' },
    },
    {
      request: 'DELETE /api/v1/namespaces/demo/pods?labelSelector=app%3Dweb',
      means: { verb: 'deletecollection', resource: 'pods', name: '' },
    },
    {
      request: 'DELETE /api/v1/namespaces/demo',
      means: {
        verb: 'delete',
        resource: 'namespaces',
        name: 'demo',
        namespace: '',
      },
    },
    {
      request: 'PUT /api/v1/namespaces/demo/finalize',
      means: {
        verb: 'update',
        resource: 'namespaces',
        subresource: 'finalize',
        namespace: '',
      },
    },
    {
      request: 'GET /api/v1/namespaces/demo/pods/a/exec?command=sh&command=-c',
      means: { verb: 'connect', subresource: 'exec', name: 'a' },
    },
    {
      request: 'GET /api/v1/nodes/n1/proxy/logs/',
      means: { verb: 'connect', resource: 'nodes', subresource: 'proxy' },
    },
    {
      request: 'PUT /api/v1/namespaces/demo/services/web/proxy/admin',
      means: { verb: 'connect', subresource: 'proxy' },
    },
    {
      request:
        'GET /apis/custom.metrics.k8s.io/v1beta1/namespaces/demo/pods/*/rps',
      means: { verb: 'get', name: '*', subresource: 'rps' },
    },
  ])('$request', ({ request, means }) => {
    const [method, url] = request.split(' ');
    expect(describeRequest(method, url)).toMatchObject({
      kind: 'resource',
      ...means,
    });
  });

  it.each(['/api', '/api/v1', '/apis/apps/v1', '/version', '/metrics', '/'])(
    'GET %s is no resource',
    url => {
      expect(describeRequest('GET', url).kind).toBe('non-resource');
    },
  );

  it.each([
    ['GET', '/api/v1/namespaces/demo/pods/a%2Flog'],
    ['GET', '/api/v1/namespaces/demo//pods'],
    ['GET', '/api/v1/namespaces/demo/../kube-system/pods'],
    ['GET', '/api/v1/./pods'],
    ['GET', '/api/v1/pods/..'],
    ['GET', '//host/api/v1/pods'],
    ['GET', 'http://other/api/v1/pods'],
    ['GET', '/api/v1/pods#x'],
    ['GET', '/api/v1/pods;x=1'],
    ['GET', '/api/v1/póds'],
    ['GET', ''],
    ['GET', '*'],
    ['GET', '/api/v1/proxy/namespaces/demo/pods/a'],
    ['DELETE', '/api/v1/watch/namespaces/demo/pods/a'],
    ['GET', '/api/v1/watch'],
    ['GET', '/api/v1/namespaces/demo/pods/a/log/more'],
    ['OPTIONS', '/api/v1/pods'],
    ['CONNECT', '/api/v1/pods'],
    ['constructor', '/api/v1/pods'],
    ['get', '/api/v1/pods'],
  ])('%s %s is not read', (method, url) => {
    expect(describeRequest(method, url)).toMatchObject({
      kind: 'unreadable',
      problem: expect.stringMatching(/./),
    });
  });

  it('keeps the words of an exec command apart', () => {
    const info = describeRequest(
      'POST',
      '/api/v1/namespaces/d/pods/a/exec?command=sh&command=-c&command=echo+a%26b&stdin=true',
    );
    expect(commandOf(info as ResourceRequest)).toEqual([
      'sh',
      '-c',
      'echo a&b',
    ]);
  });

  it('never throws, and what it sends on means the same as what it judged', () => {
    const segment = fc.oneof(
      fc.constantFrom(
        'api',
        'apis',
        'v1',
        'apps',
        'namespaces',
        'pods',
        'watch',
        'proxy',
        'exec',
        'status',
        '',
        '.',
        '..',
        '%2F',
        'a b',
        '*',
      ),
      fc.string(),
    );
    const url = fc
      .tuple(fc.array(segment), fc.option(fc.string()))
      .map(
        ([parts, query]) =>
          `/${parts.join('/')}${query === null ? '' : `?${query}`}`,
      );
    const method = fc.constantFrom('GET', 'POST', 'DELETE', 'PATCH', 'BREW');
    fc.assert(
      fc.property(method, url, (verb, received) => {
        const info = describeRequest(verb, received);
        if (info.kind === 'unreadable') return;
        expect(describeRequest(verb, urlOf(info))).toEqual(info);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('a query parameter that is given twice', () => {
  it.each([
    'DELETE /api/v1/namespaces/d/pods?labelSelector=a%3Db&labelSelector=c%3Dd',
    'GET /api/v1/namespaces/d/secrets?fieldSelector=metadata.name%3Da&fieldSelector=type%3Db',
    'PATCH /api/v1/namespaces/d/pods/a?dryRun=All&dryRun=',
    'GET /api/v1/namespaces/d/pods?watch=0&watch=1',
    'GET /api/v1/namespaces/d/secrets?includeObject=None&includeObject=Object',
    'POST /api/v1/namespaces/d/pods/a/exec?container=a&container=b&command=id',
    'GET /api/v1/namespaces/d/pods?command=a&command=b',
    'GET /api/v1/namespaces/d/pods?limit=1&%6Cimit=2',
  ])('makes a request that could be read in two ways: %s', request => {
    const [method, url] = request.split(' ');
    expect(describeRequest(method, url)).toMatchObject({
      kind: 'unreadable',
      problem: expect.stringContaining('more than once'),
    });
  });

  it('is the list of words where it is the command of an exec', () => {
    const info = describeRequest(
      'POST',
      '/api/v1/namespaces/d/pods/a/exec?command=ls&command=-l&container=a',
    );
    expect(info.kind).toBe('resource');
  });
});
