import fc from 'fast-check';
import { describeRequest } from './describeRequest';
import { isProvenDryRun, readRequestBody } from './requestBody';
import type { ResourceRequest } from './RequestInfo';
import {
  field,
  numberField,
  PROTOBUF,
  protobufBody,
} from './testUtils/protobufBody';

const JSON_TYPE = 'application/json';
const CREATE = describeRequest('POST', '/api/v1/namespaces/d/configmaps');
const DELETE = describeRequest('DELETE', '/api/v1/namespaces/d/pods/a');
const bytesOf = (value: unknown) =>
  new TextEncoder().encode(
    typeof value === 'string' ? value : JSON.stringify(value),
  );

describe('the name of an object that is created', () => {
  it('is read from JSON', () => {
    expect(
      readRequestBody(CREATE, JSON_TYPE, bytesOf({ metadata: { name: 'a' } })),
    ).toMatchObject({ kind: 'object', name: 'a' });
  });

  it('is read from JSON without a content type, as the API server does', () => {
    expect(
      readRequestBody(CREATE, undefined, bytesOf({ metadata: { name: 'a' } })),
    ).toMatchObject({ kind: 'object', name: 'a' });
  });

  it('is read from protobuf', () => {
    const body = protobufBody(field(1, Uint8Array.from(field(1, 'a'))));
    expect(readRequestBody(CREATE, PROTOBUF, body)).toEqual({
      kind: 'object',
      name: 'a',
      content: { metadata: { name: 'a' } },
    });
  });

  it('is empty when the API server shall make one', () => {
    const body = bytesOf({ metadata: { generateName: 'a-' } });
    expect(readRequestBody(CREATE, JSON_TYPE, body)).toMatchObject({
      name: '',
    });
  });
});

describe('a body that two readers could understand in two ways', () => {
  const metadata = (name: string) => field(1, Uint8Array.from(field(1, name)));
  const twoNames = Uint8Array.from([...field(1, 'a'), ...field(1, 'b')]);

  it.each<[string, string, Uint8Array]>([
    [
      'JSON with a key twice',
      JSON_TYPE,
      bytesOf('{"metadata":{"name":"a"},"metadata":{}}'),
    ],
    [
      'JSON with an escaped key twice',
      JSON_TYPE,
      bytesOf('{"metadata":{"name":"a","n\\u0061me":"b"}}'),
    ],
    ['JSON that is a list', JSON_TYPE, bytesOf('[]')],
    ['JSON that is cut off', JSON_TYPE, bytesOf('{"metadata":')],
    [
      'JSON with bytes that are not UTF-8',
      JSON_TYPE,
      Uint8Array.from([0x7b, 0xff, 0x7d]),
    ],
    [
      'JSON behind a byte order mark',
      JSON_TYPE,
      Uint8Array.from([0xef, 0xbb, 0xbf, 0x7b, 0x7d]),
    ],
    ['a name that is a number', JSON_TYPE, bytesOf({ metadata: { name: 1 } })],
    ['YAML', 'application/yaml', bytesOf('metadata: {name: a}')],
    ['CBOR', 'application/cbor', bytesOf({ metadata: { name: 'a' } })],
    ['protobuf without its first bytes', PROTOBUF, bytesOf('k8x')],
    [
      'protobuf with the name twice',
      PROTOBUF,
      protobufBody(field(1, twoNames)),
    ],
    [
      'protobuf with metadata twice',
      PROTOBUF,
      protobufBody([...metadata('a'), ...metadata('b')]),
    ],
    [
      'protobuf with the object twice',
      PROTOBUF,
      protobufBody(metadata('a'), field(2, Uint8Array.from(metadata('b')))),
    ],
    [
      'protobuf that is encoded once more',
      PROTOBUF,
      protobufBody(metadata('a'), field(4, JSON_TYPE)),
    ],
    [
      'protobuf with a field number over 32 bits',
      PROTOBUF,
      protobufBody([
        ...metadata('a'),
        0x8a,
        0x80,
        0x80,
        0x80,
        0x80,
        0x01,
        0x00,
      ]),
    ],
    [
      'protobuf that is cut off',
      PROTOBUF,
      protobufBody(metadata('abcdef')).slice(0, -2),
    ],
    [
      'protobuf with a group',
      PROTOBUF,
      protobufBody([...metadata('a'), 0x0b, 0x0c]),
    ],
  ])('%s is not read', (_, type, bytes) => {
    expect(readRequestBody(CREATE, type, bytes)).toMatchObject({
      kind: 'unreadable',
      because: expect.stringMatching(/./),
    });
  });

  it('never makes the reader throw', () => {
    const type = fc.constantFrom(JSON_TYPE, PROTOBUF, undefined, 'text/plain');
    const request = fc.constantFrom(CREATE, DELETE);
    const noise = fc.uint8Array({ maxLength: 200 });
    const bytes = fc.oneof(
      noise,
      noise.map(raw => protobufBody([...raw])),
      fc.json().map(bytesOf),
    );
    fc.assert(
      fc.property(request, type, bytes, (info, contentType, body) => {
        expect(readRequestBody(info, contentType, body).kind).toBeDefined();
      }),
      { numRuns: 2000 },
    );
  });
});

describe('the options of a delete', () => {
  const all = {
    gracePeriodSeconds: 5,
    preconditions: { uid: 'u', resourceVersion: '7' },
    orphanDependents: false,
    propagationPolicy: 'Foreground',
    dryRun: ['All'],
  };

  it('are read from JSON', () => {
    const body = bytesOf({ kind: 'DeleteOptions', apiVersion: 'v1', ...all });
    expect(readRequestBody(DELETE, JSON_TYPE, body)).toEqual({
      kind: 'delete-options',
      options: all,
    });
  });

  it('are read from protobuf', () => {
    const guards = Uint8Array.from([...field(1, 'u'), ...field(2, '7')]);
    const body = protobufBody([
      ...numberField(1, 5),
      ...field(2, guards),
      ...numberField(3, 0),
      ...field(4, 'Foreground'),
      ...field(5, 'All'),
    ]);
    expect(readRequestBody(DELETE, PROTOBUF, body)).toEqual({
      kind: 'delete-options',
      options: all,
    });
  });

  it.each([
    [{ dryrun: ['All'] }],
    [{ dryRun: 'All' }],
    [{ dryRun: [1] }],
    [{ gracePeriodSeconds: '0' }],
  ])('%j is not read', options => {
    expect(readRequestBody(DELETE, JSON_TYPE, bytesOf(options)).kind).toBe(
      'unreadable',
    );
  });
});

describe('a dry run is proven', () => {
  interface DryRunCase {
    request: string;
    body?: unknown;
    proven: boolean;
  }

  it.each<DryRunCase>([
    { request: 'PATCH /api/v1/nodes/n?dryRun=All', proven: true },
    { request: 'PATCH /api/v1/nodes/n', proven: false },
    { request: 'PATCH /api/v1/nodes/n?dryRun=all', proven: false },
    { request: 'PATCH /api/v1/nodes/n?dryRun=All&dryRun=', proven: false },
    { request: 'PATCH /api/v1/nodes/n?dryRun=All&dryRun=All', proven: false },
    { request: 'DELETE /api/v1/nodes/n?dryRun=All', proven: true },
    { request: 'DELETE /api/v1/nodes/n?dryRun=All', body: {}, proven: false },
    {
      request: 'DELETE /api/v1/nodes/n',
      body: { dryRun: ['All'] },
      proven: true,
    },
    { request: 'DELETE /api/v1/nodes?dryRun=All', body: {}, proven: false },
    {
      request: 'POST /api/v1/namespaces/d/pods/a/eviction?dryRun=All',
      proven: true,
    },
    {
      request: 'PUT /apis/apps/v1/namespaces/d/deployments/a/scale?dryRun=All',
      proven: true,
    },
    {
      request:
        'POST /api/v1/namespaces/d/serviceaccounts/default/token?dryRun=All',
      proven: false,
    },
    {
      request: 'POST /api/v1/namespaces/d/pods/a/exec?dryRun=All',
      proven: false,
    },
    {
      request: 'POST /api/v1/namespaces/d/pods/a/binding?dryRun=All',
      proven: false,
    },
  ])('$request, body $body: $proven', ({ request, body, proven }) => {
    const [method, url] = request.split(' ');
    const info = describeRequest(method, url) as ResourceRequest;
    const read = readRequestBody(
      info,
      JSON_TYPE,
      body ? bytesOf(body) : new Uint8Array(),
    );
    expect(isProvenDryRun(info, read)).toBe(proven);
  });
});
