import { decideCall, type CallRules } from './decideCall';
import { describeRequest } from './describeRequest';
import { readRequestBody } from './requestBody';
import type { ResourceRequest } from './RequestInfo';
import { secretAnswered } from './secretAnswered';
import { secretAsked } from './secretAsked';
import { secretValuesInBody } from './secretValuesInBody';
import type { SecretView } from './secretView';
import { field, PROTOBUF, protobufBody } from './testUtils/protobufBody';

const TABLE = 'application/json;as=Table;v=v1;g=meta.k8s.io';
const KUBECTL_GET = `${TABLE},application/json;as=Table;v=v1beta1;g=meta.k8s.io,application/json`;
const HELM = 'helm.sh/release.v1';

const RULES: CallRules = {
  scope: {
    source: { kind: 'configuration', rule: 'a test' },
    namespaces: ['d'],
    reads: 'cluster',
    grants: [],
  },
  secrets: { kind: 'none' },
  allowed: { kind: 'none' },
  preview: false,
  observeOnly: false,
  destructive: false,
};
const WITHOUT: SecretView = { kind: 'without-data', because: 'no' };

function viewOf(request: string, rules: Partial<CallRules>) {
  const [method, url] = request.split(' ');
  const decision = decideCall(
    describeRequest(method, url),
    { kind: 'none' },
    { ...RULES, ...rules },
  );
  return decision.kind === 'pass' ? decision.secrets?.kind : decision;
}

describe('what a read of Secrets may show', () => {
  const any: Partial<CallRules> = { secrets: { kind: 'any' } };
  const helm: Partial<CallRules> = {
    secrets: { kind: 'of-types', types: [HELM] },
  };

  it.each<[string, Partial<CallRules>, string | undefined]>([
    ['GET /api/v1/namespaces/d/secrets/a', {}, 'without-data'],
    ['GET /api/v1/namespaces/d/secrets/a', helm, 'of-types'],
    ['GET /api/v1/namespaces/d/secrets/a', any, 'data'],
    ['HEAD /api/v1/namespaces/d/secrets/a', {}, 'without-data'],
    ['GET /api/v1/namespaces/d/secrets?watch=1', any, 'data'],
    ['GET /api/v1/watch/namespaces/d/secrets/a', {}, 'without-data'],
    ['GET /api/v1/namespaces/e/secrets/a', any, 'without-data'],
    ['GET /api/v1/namespaces/e/secrets', helm, 'without-data'],
    ['GET /api/v1/namespaces/e/secrets?watch=1', any, 'without-data'],
    ['GET /api/v1/watch/namespaces/e/secrets', any, 'without-data'],
    ['GET /api/v1/watch/secrets', any, 'without-data'],
    ['GET /api/v1/secrets', any, 'without-data'],
    [
      'GET /api/v1/secrets?fieldSelector=metadata.namespace%3Dd',
      any,
      'without-data',
    ],
    [
      'GET /api/v1/secrets?fieldSelector=metadata.name%3Da',
      any,
      'without-data',
    ],
    ['GET /api/v1/namespaces/e/configmaps', {}, undefined],
  ])('%s', (request, rules, expected) => {
    expect(viewOf(request, rules)).toBe(expected);
  });

  const named: Partial<CallRules> = {
    secrets: {
      kind: 'named',
      names: [
        { namespace: 'd', name: 'a' },
        { namespace: 'e', name: 'a' },
      ],
    },
  };

  it.each([
    'GET /api/v1/namespaces/d/secrets/a',
    'HEAD /api/v1/namespaces/d/secrets/a',
    'GET /api/v1/namespaces/d/secrets?fieldSelector=metadata.name%3Da',
    'GET /api/v1/namespaces/d/secrets?fieldSelector=metadata.name%3Da&watch=1',
    'GET /api/v1/watch/namespaces/d/secrets/a',
  ])('is the one Secret that was approved by name: %s', request => {
    expect(viewOf(request, named)).toBe('named');
  });

  it.each([
    'GET /api/v1/namespaces/d/secrets/b',
    'GET /api/v1/namespaces/d/secrets',
    'GET /api/v1/namespaces/d/secrets?watch=1',
    'GET /api/v1/namespaces/d/secrets?fieldSelector=metadata.name%3Db',
    'GET /api/v1/namespaces/d/secrets?fieldSelector=metadata.name!%3Db',
    'GET /api/v1/namespaces/d/secrets?fieldSelector=metadata.name%3D%3Da',
    'GET /api/v1/namespaces/d/secrets?fieldSelector=metadata.name%3Da,metadata.name%3Db',
    'GET /api/v1/namespaces/d/secrets?fieldSelector=type%3DOpaque',
    'GET /api/v1/namespaces/d/secrets?labelSelector=name%3Da',
    'GET /api/v1/watch/namespaces/d/secrets',
    'GET /api/v1/namespaces/e/secrets/a',
    'GET /api/v1/secrets?fieldSelector=metadata.name%3Da',
    'GET /api/v1/secrets',
  ])(
    'is no data where a step was approved for single Secrets and asks for another, or for more than one: %s',
    request => {
      expect(viewOf(request, named)).toBe('without-data');
    },
  );

  it('is the Secret itself where the step was approved to patch that one, as kubectl apply reads it first', () => {
    const allowed: CallRules['allowed'] = {
      kind: 'listed',
      writes: [
        {
          verb: 'patch',
          group: '',
          resource: 'secrets',
          subresource: '',
          namespace: 'd',
          name: 'a',
        },
      ],
    };
    const of = (url: string) =>
      viewOf(`GET /api/v1/namespaces/${url}`, { allowed });
    expect(of('d/secrets/a')).toBe('data');
    expect(of('d/secrets/b')).toBe('without-data');
    expect(of('d/secrets')).toBe('without-data');
    expect(of('e/secrets/a')).toBe('without-data');
  });

  it('is nothing at all outside where reads stay in the namespaces', () => {
    const scope = { ...RULES.scope, reads: 'namespaces' as const };
    expect(viewOf('GET /api/v1/namespaces/e/secrets', { scope })).toEqual({
      kind: 'refuse',
      because: 'this run may read in d only',
    });
  });
});

describe('how a read of Secrets is sent on', () => {
  const asked = (
    accept: string | undefined,
    view: SecretView,
    url = '/api/v1/namespaces/d/secrets',
  ) =>
    secretAsked(
      describeRequest('GET', url) as ResourceRequest,
      accept === undefined ? undefined : [accept],
      view,
    );

  it('is as a table without objects for a plain kubectl get', () => {
    expect(asked(KUBECTL_GET, WITHOUT)).toMatchObject({
      kind: 'send',
      accept: TABLE,
      query: [['includeObject', 'Metadata']],
    });
  });

  it.each(['?includeObject=Object', '?includeObject='])(
    'never has objects in its rows: %s',
    search => {
      expect(
        asked(KUBECTL_GET, WITHOUT, `/api/v1/namespaces/d/secrets${search}`),
      ).toMatchObject({ query: [['includeObject', 'Metadata']] });
    },
  );

  it.each([
    'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1',
    'application/json;g=meta.k8s.io;v=v1;as=partialobjectmetadatalist',
    'application/vnd.kubernetes.protobuf;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json',
  ])('is as metadata for %s', accept => {
    expect(asked(accept, WITHOUT)).toMatchObject({
      kind: 'send',
      accept:
        'application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io',
    });
  });

  it.each([
    undefined,
    '*/*',
    'application/json',
    'application/yaml',
    'application/vnd.kubernetes.protobuf',
    'application/json;g=meta.k8s.io',
    'application/json;as=Table;g=evil.example;v=v1',
    'application/json;as=Table;g=meta.k8s.io;v=v2',
    'application/yaml;as=Table;g=meta.k8s.io;v=v1',
    'application/json;as=Secret;g=meta.k8s.io;v=v1',
  ])('is not at all where the client takes whole objects only: %s', accept => {
    expect(asked(accept, WITHOUT)).toEqual({ kind: 'refuse', because: 'no' });
  });

  it('is narrowed to the one type that may be read', () => {
    expect(
      asked(
        'application/vnd.kubernetes.protobuf,application/json',
        { kind: 'of-types', types: [HELM] },
        '/api/v1/namespaces/d/secrets?labelSelector=owner%3Dhelm&fieldSelector=metadata.name%3Da',
      ),
    ).toMatchObject({
      kind: 'send',
      accept: 'application/json',
      query: [
        ['labelSelector', 'owner=helm'],
        ['fieldSelector', `metadata.name=a,type=${HELM}`],
      ],
    });
  });
});

describe('an answer about Secrets', () => {
  const secret = (type: string) => ({
    kind: 'Secret',
    apiVersion: 'v1',
    metadata: {
      name: 'a',
      annotations: { 'kubectl.kubernetes.io/last-applied-configuration': 'x' },
    },
    type,
    data: { password: 'bWFkZS11cA==' },
  });
  const partial = { ...secret('Opaque'), kind: 'PartialObjectMetadata' };

  it.each<[string, unknown]>([
    ['a Secret', secret('Opaque')],
    ['a list', { kind: 'SecretList', items: [secret('Opaque')] }],
    ['a watch event', { type: 'ADDED', object: secret('Opaque') }],
    [
      'a table with whole objects',
      {
        kind: 'Table',
        rows: [{ cells: ['a'], object: secret('Opaque') }],
      },
    ],
    [
      'a table whose cell is an object',
      {
        kind: 'Table',
        rows: [{ cells: [{ password: 'x' }] }],
      },
    ],
    ['a kind that is not known', { kind: 'Anything', data: {} }],
    [
      'metadata with a Secret among it',
      {
        kind: 'PartialObjectMetadataList',
        items: [partial, secret('Opaque')],
      },
    ],
    ['a text', 'made-up'],
  ])('is withheld where it would show data: %s', (_, answer) => {
    expect(secretAnswered(answer, WITHOUT, false).kind).toBe('withhold');
  });

  it.each<[string, unknown]>([
    ['a table', { kind: 'Table', rows: [{ cells: ['a'], object: partial }] }],
    ['metadata', partial],
    [
      'metadata of many',
      { kind: 'PartialObjectMetadataList', items: [partial] },
    ],
    [
      'an event of a watch',
      {
        type: 'ADDED',
        object: { kind: 'Table', rows: [{ cells: ['a'], object: partial }] },
      },
    ],
    [
      'a failure',
      { kind: 'Status', message: 'cannot unmarshal bWFkZS11cA== annotations' },
    ],
    [
      'a failure in a watch',
      {
        type: 'ERROR',
        object: { kind: 'Status', message: 'bWFkZS11cA== annotations' },
      },
    ],
  ])('passes without data and without annotations: %s', (_, answer) => {
    const passed = secretAnswered(answer, WITHOUT, false);
    expect(passed.kind).toBe('pass');
    expect(JSON.stringify(passed)).not.toMatch(/bWFkZS11cA|annotations/);
  });

  const LEAK = 'Secret in version v1: {"password":"bWFkZS11cA=="}';
  const FAILURE = {
    kind: 'Status',
    status: 'Failure',
    message: LEAK,
    reason: 'Invalid',
    code: 422,
    details: {
      name: 'a',
      kind: 'secrets',
      group: LEAK,
      uid: LEAK,
      causes: [
        { reason: 'FieldValueInvalid', field: 'immutable', message: LEAK },
        { reason: LEAK, field: LEAK, message: LEAK },
      ],
      other: LEAK,
    },
    other: LEAK,
  };
  const VIEWS: SecretView[] = [
    WITHOUT,
    { kind: 'data' },
    { kind: 'named', namespace: 'd', name: 'a' },
    { kind: 'of-types', types: [HELM] },
  ];

  it.each(VIEWS)(
    'keeps of a failure its code, its reason and its places, and no words of the server, with the view $kind',
    view => {
      for (const isWrite of [false, true])
        expect(secretAnswered(FAILURE, view, isWrite)).toEqual({
          kind: 'pass',
          answer: {
            kind: 'Status',
            apiVersion: 'v1',
            metadata: {},
            status: 'Failure',
            reason: 'Invalid',
            code: 422,
            message:
              'secrets "a": Invalid; immutable: FieldValueInvalid (what the API server says besides may quote the Secret and is not shown)',
            details: {
              name: 'a',
              kind: 'secrets',
              causes: [{ reason: 'FieldValueInvalid', field: 'immutable' }, {}],
            },
          },
        });
      const event = { type: 'ERROR', object: FAILURE };
      expect(JSON.stringify(secretAnswered(event, view, false))).not.toContain(
        'bWFkZS11cA',
      );
    },
  );

  it('says of a failure what kubectl says of it where nothing is quoted', () => {
    const details = { name: 'a', kind: 'secrets' };
    const wordsOf = (reason: string) =>
      secretAnswered({ kind: 'Status', reason, details }, WITHOUT, false);
    expect(wordsOf('NotFound')).toMatchObject({
      answer: { message: 'secrets "a" not found' },
    });
    expect(wordsOf('AlreadyExists')).toMatchObject({
      answer: { message: 'secrets "a" already exists' },
    });
  });

  it('loses its data where it answers a write', () => {
    const passed = secretAnswered(secret('Opaque'), WITHOUT, true);
    expect(passed).toMatchObject({
      kind: 'pass',
      answer: { kind: 'Secret', metadata: { name: 'a' } },
    });
    expect(JSON.stringify(passed)).not.toMatch(/bWFkZS11cA|annotations/);
  });

  it('passes whole where every Secret in it has a type that may be read', () => {
    const view: SecretView = { kind: 'of-types', types: [HELM] };
    const list = (...types: string[]) => ({
      kind: 'SecretList',
      items: types.map(secret),
    });
    expect(secretAnswered(list(HELM, HELM), view, false).kind).toBe('pass');
    expect(secretAnswered(list(HELM, 'Opaque'), view, false)).toEqual({
      kind: 'withhold',
      because: `it would show a Secret of type 'Opaque'; the step may read those of type ${HELM} only`,
    });
  });

  it('passes whole where every Secret in it is the one that may be read', () => {
    const view: SecretView = { kind: 'named', namespace: 'd', name: 'a' };
    const of = (name: string, namespace = 'd') => ({
      ...secret('Opaque'),
      metadata: { name, namespace },
    });
    const list = (...items: unknown[]) => ({ kind: 'SecretList', items });
    for (const answer of [
      of('a'),
      list(of('a')),
      list(),
      { type: 'ADDED', object: of('a') },
    ])
      expect(secretAnswered(answer, view, false)).toEqual({
        kind: 'pass',
        answer,
      });
    for (const answer of [
      of('b'),
      of('a', 'e'),
      list(of('a'), of('b')),
      { type: 'ADDED', object: of('b') },
      { ...of('a'), metadata: undefined },
    ])
      expect(secretAnswered(answer, view, false).kind).toBe('withhold');
  });
});

describe('a write of a Secret in scope that was approved', () => {
  const allowed: CallRules['allowed'] = {
    kind: 'any-in-namespaces',
    namespaces: ['d'],
    destructive: true,
  };

  function decide(
    request: string,
    contentType: string,
    body: unknown,
    rules: Partial<CallRules> = {},
  ) {
    const [method, url] = request.split(' ');
    const info = describeRequest(method, url);
    const bytes =
      body instanceof Uint8Array
        ? body
        : new TextEncoder().encode(
            typeof body === 'string' ? body : JSON.stringify(body),
          );
    return decideCall(info, readRequestBody(info, contentType, bytes), {
      ...RULES,
      allowed,
      ...rules,
    });
  }

  const CREATE = 'POST /api/v1/namespaces/d/secrets';
  const PATCH = 'PATCH /api/v1/namespaces/d/secrets/a';
  const PUT = 'PUT /api/v1/namespaces/d/secrets/a';
  const TOKEN = 'kubernetes.io/service-account-token';
  const ACCOUNT = {
    metadata: {
      name: 'a',
      annotations: { 'kubernetes.io/service-account.name': 'admin' },
    },
  };
  const APPLY = 'application/apply-patch+yaml';
  const MERGE = 'application/merge-patch+json';
  const JSON_PATCH = 'application/json-patch+json';

  it.each<[string, string, unknown]>([
    [CREATE, 'application/json', { metadata: { name: 'a' } }],
    [CREATE, 'application/json', { metadata: { name: 'a' }, type: 'Opaque' }],
    [CREATE, 'application/json', { metadata: { name: 'a' }, type: HELM }],
    [
      CREATE,
      'application/json',
      { metadata: { name: 'a' }, type: 'kubernetes.io/tls' },
    ],
    [
      CREATE,
      PROTOBUF,
      protobufBody(field(1, Uint8Array.from(field(1, 'a'))), field(9, '')),
    ],
    [PATCH, MERGE, { data: { a: 'Yg==' } }],
    [PATCH, JSON_PATCH, [{ op: 'add', path: '/data/a', value: 'Yg==' }]],
  ])('passes: %s %s %j', (request, type, body) => {
    expect(decide(request, type, body).kind).toBe('pass');
  });

  it.each<[string, string, unknown, RegExp]>([
    [
      CREATE,
      'application/json',
      { metadata: { name: 'a' }, type: TOKEN },
      /credential/,
    ],
    [
      CREATE,
      'application/json',
      { metadata: { name: 'a' }, type: 'bootstrap.kubernetes.io/token' },
      /credential/,
    ],
    [CREATE, 'application/json', ACCOUNT, /credential/],
    [
      CREATE,
      'application/json',
      { metadata: { name: 'a' }, type: 4 },
      /credential/,
    ],
    [
      CREATE,
      PROTOBUF,
      protobufBody([
        ...field(1, Uint8Array.from(field(1, 'a'))),
        ...field(3, TOKEN),
      ]),
      /credential/,
    ],
    [
      CREATE,
      PROTOBUF,
      protobufBody([
        ...field(1, Uint8Array.from(field(1, 'a'))),
        ...field(99, 'x'),
      ]),
      /cannot be read/,
    ],
    [PUT, 'application/json', { ...ACCOUNT, data: {} }, /credential/],
    [PUT, 'application/yaml', `type: ${TOKEN}`, /cannot be read/],
    [PATCH, MERGE, { type: TOKEN }, /credential/],
    [PATCH, 'application/strategic-merge-patch+json', ACCOUNT, /credential/],
    [PATCH, APPLY, { ...ACCOUNT, type: TOKEN }, /credential/],
    [PATCH, APPLY, `type: ${TOKEN}`, /cannot be read/],
    [PATCH, `${APPLY}; charset=utf-8`, { type: TOKEN }, /credential/],
    [
      PATCH,
      JSON_PATCH,
      [{ op: 'replace', path: '/type', value: TOKEN }],
      /credential/,
    ],
    [
      PATCH,
      JSON_PATCH,
      [{ op: 'add', path: 'x/type', value: TOKEN }],
      /credential/,
    ],
    [
      PATCH,
      JSON_PATCH,
      [{ op: 'replace', path: '', value: { type: TOKEN } }],
      /cannot be read|credential/,
    ],
    [
      PATCH,
      JSON_PATCH,
      [
        {
          op: 'add',
          path: '/metadata/annotations/kubernetes.io~1service-account.name',
          value: 'x',
        },
      ],
      /credential/,
    ],
    [
      PATCH,
      JSON_PATCH,
      [{ op: 'copy', from: '/data/a', path: '/metadata/labels/a' }],
      /not approved to read/,
    ],
    [
      PATCH,
      JSON_PATCH,
      [{ op: 'move', from: '/data/a', path: '/metadata/labels/a' }],
      /not approved to read/,
    ],
    [
      PATCH,
      JSON_PATCH,
      [{ op: 'test', path: '/data/a', value: 'guess' }],
      /not approved to read/,
    ],
    ...[
      '/metadata/annotations/kubernetes.io~1service-account.name',
      '/metadata/annotations',
      '/metadata',
      '/type',
      '/data',
      '',
    ].flatMap(path =>
      ['copy', 'move'].map(
        op =>
          [
            PATCH,
            JSON_PATCH,
            [{ op, from: '/metadata/labels/a', path }],
            /credential/,
          ] as [string, string, unknown, RegExp],
      ),
    ),
    [PATCH, 'application/apply-patch+cbor', 'x', /cannot be read/],
    [PATCH, MERGE, '{"type":"Opaque","type":"x"}', /cannot be read/],
  ])('is refused: %s %s %j', (request, type, body, because) => {
    expect(decide(request, type, body)).toEqual({
      kind: 'refuse',
      because: expect.stringMatching(because),
    });
  });

  it('is judged by where it copies to, also for a step that may read the data', () => {
    const copied = (path: string) =>
      decide(PATCH, JSON_PATCH, [{ op: 'copy', from: '/data/a', path }], {
        secrets: { kind: 'any' },
      }).kind;
    expect(copied('/data/b')).toBe('pass');
    expect(copied('/metadata/labels/b')).toBe('pass');
    expect(copied('/type')).toBe('refuse');
    expect(
      copied('/metadata/annotations/kubernetes.io~1service-account.name'),
    ).toBe('refuse');
  });

  it('may make a credential where a grant names it', () => {
    const scope: CallRules['scope'] = {
      ...RULES.scope,
      grants: [
        {
          verbs: ['create'],
          group: '',
          resource: 'secrets',
          namespace: 'd',
          names: ['a'],
        },
      ],
    };
    const body = { metadata: { name: 'a' }, type: TOKEN };
    expect(decide(CREATE, 'application/json', body, { scope }).kind).toBe(
      'pass',
    );
    const other = { metadata: { name: 'b' }, type: TOKEN };
    expect(decide(CREATE, 'application/json', other, { scope }).kind).toBe(
      'refuse',
    );
  });

  const patchOf = (name: string): CallRules['allowed'] => ({
    kind: 'listed',
    writes: [
      {
        verb: 'patch',
        group: '',
        resource: 'secrets',
        subresource: '',
        namespace: 'd',
        name,
      },
    ],
  });
  const READS_ALL = { secrets: { kind: 'any' as const } };

  it.each<[string, Partial<CallRules>]>([
    ['nothing', { allowed: { kind: 'none' } }],
    ['reading all Secrets', { ...READS_ALL, allowed: { kind: 'none' } }],
    ['writing another one', { allowed: patchOf('b') }],
    [
      'writing anything, and reading no Secret',
      {
        allowed: {
          kind: 'any-in-namespaces',
          namespaces: ['d'],
          destructive: true,
        },
      },
    ],
  ])('is not tried as a dry run by a step approved for %s', (_, rules) => {
    const request = 'PATCH /api/v1/namespaces/d/secrets/a?dryRun=All';
    expect(decide(request, MERGE, { immutable: 'zz' }, rules)).toEqual({
      kind: 'refuse',
      because: expect.stringMatching(/a dry run of a Secret tells of/),
    });
  });

  it.each<[string, Partial<CallRules>]>([
    ['patch it, as kubectl apply does', { allowed: patchOf('a') }],
    [
      'write anything and read Secrets',
      {
        ...READS_ALL,
        allowed: {
          kind: 'any-in-namespaces',
          namespaces: ['d'],
          destructive: false,
        },
      },
    ],
  ])('may be tried as a dry run by a step approved to %s', (_, rules) => {
    const request = 'PATCH /api/v1/namespaces/d/secrets/a?dryRun=All';
    expect(decide(request, MERGE, {}, rules).kind).toBe('pass');
  });

  it('may not be tried as a dry run elsewhere', () => {
    const request = 'PATCH /api/v1/namespaces/e/secrets/a?dryRun=All';
    expect(decide(request, MERGE, {}).kind).toBe('refuse');
  });
});

describe('what a call writes into a Secret', () => {
  const decode = (text: string) => atob(text);
  const valuesOf = (method: string, type: string, body: unknown) => {
    const info = describeRequest(
      method,
      `/api/v1/namespaces/d/secrets${method === 'POST' ? '' : '/a'}`,
    );
    const bytes =
      body instanceof Uint8Array
        ? body
        : new TextEncoder().encode(JSON.stringify(body));
    return [
      ...secretValuesInBody(info, readRequestBody(info, type, bytes), decode),
    ];
  };

  it('is known as sent and decoded, whatever the body is', () => {
    const encoded = 'bWFkZS11cA==';
    const entry = Uint8Array.from([...field(1, 'k'), ...field(2, 'made-up')]);
    expect(
      valuesOf('POST', 'application/json', { stringData: { a: 'made-up' } }),
    ).toEqual(['made-up']);
    expect(
      valuesOf('POST', 'application/json', { data: { a: encoded } }),
    ).toEqual([encoded, 'made-up']);
    expect(valuesOf('POST', PROTOBUF, protobufBody(field(2, entry)))).toEqual([
      encoded,
      'made-up',
    ]);
    expect(
      valuesOf('PATCH', 'application/merge-patch+json', {
        data: { a: encoded },
      }),
    ).toEqual([encoded, 'made-up']);
    expect(
      valuesOf('PATCH', 'application/json-patch+json', [
        { op: 'add', path: '/data/a', value: encoded },
      ]),
    ).toEqual([encoded, 'made-up']);
  });
});
