import fc from 'fast-check';
import { canonicalText } from '../ledger/digest';
import { growthOf, MOST_GROWTH } from '../testUtils/growth';
import type { DryRunWrite } from './DryRunWrite';
import { preview, write } from './testUtils/writes';

const KEYS = [
  'spec',
  'metadata',
  'data',
  'name',
  'annotations',
  'template',
  'containers',
  'env',
  'value',
  'image',
  'replicas',
  'kubectl.kubernetes.io/last-applied-configuration',
  '__proto__',
  'constructor',
  'toString',
  'a'.repeat(300),
];

/** Anything that a cluster could answer, with texts that are no text at all among it. */
const json = fc.letrec(tie => ({
  value: fc.oneof(
    { maxDepth: 5, depthSize: 'small' },
    fc.constantFrom(null, true, 0, 1, '', '1', 'tulip', 'a tulip b', '\ud800'),
    fc.string({ unit: 'binary' }),
    fc.array(tie('value'), { maxLength: 5 }),
    tie('object'),
  ),
  object: fc.dictionary(
    fc.oneof(fc.constantFrom(...KEYS), fc.string()),
    tie('value'),
    { maxKeys: 6 },
  ),
}));
const object = json.object as fc.Arbitrary<Record<string, unknown>>;

const anyWrite: fc.Arbitrary<DryRunWrite> = fc.record({
  verb: fc.constantFrom(
    'create',
    'update',
    'patch',
    'delete',
    'deletecollection',
  ),
  group: fc.constantFrom('', 'apps'),
  resource: fc.constantFrom('secrets', 'services', 'deployments', 'pods'),
  subresource: fc.constantFrom('', 'scale', 'eviction', 'status'),
  namespace: fc.constantFrom('', 'shop'),
  name: fc.constantFrom('', 'web', 'tulip'),
  before: fc.option(object, { nil: undefined }),
  sent: fc.option(object, { nil: undefined }),
  answer: fc.record({
    status: fc.constantFrom(200, 201, 404, 422, 503),
    body: fc.option(object, { nil: undefined }),
  }),
});

const hide = (text: string) => text.replaceAll('tulip', '[redacted]');

/** The same value with the keys of its objects the other way round. */
function turned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(turned);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, one]) => [key, turned(one)]),
  );
}

describe('a preview, whatever a cluster answers', () => {
  it('shows nothing where objects stay as they are', () => {
    fc.assert(
      fc.property(object, one => {
        const body = structuredClone({ ...one, kind: 'Thing' });
        const found = preview([
          write({
            before: { ...one, kind: 'Thing' },
            answer: { status: 200, body },
          }),
        ]);
        expect(found.outcome).toBe('changes-nothing');
      }),
    );
  });

  it('has the same digest in whatever order the keys of objects stand', () => {
    fc.assert(
      fc.property(object, object, (before, after) => {
        const of = (from: unknown, to: object) =>
          preview([
            write({
              before: from,
              answer: { status: 200, body: { ...to, kind: 'Thing' } },
            }),
          ]);
        const one = of(before, after);
        const other = of(turned(before), turned(after) as object);
        expect('digest' in other && other.digest).toBe(
          'digest' in one && one.digest,
        );
      }),
    );
  });

  it('has the same digest in whatever order a step writes its objects', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string({ minLength: 1 })), names => {
        const all = names.map(name =>
          write({ verb: 'delete', name, before: {} }),
        );
        const one = preview(all);
        const other = preview([...all].reverse());
        expect('digest' in other && other.digest).toBe(
          'digest' in one && one.digest,
        );
      }),
    );
  });

  it('never says a value that is to be hidden, and can be put into the record', () => {
    fc.assert(
      fc.property(fc.array(anyWrite, { maxLength: 4 }), writes => {
        const found = preview(writes, {
          hide,
          notes: ['tulip'],
        });
        expect(canonicalText(found)).not.toContain('tulip');
      }),
      { numRuns: 300 },
    );
  });

  it('has another digest where something else would come of it', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (one, other) => {
        fc.pre(one !== other);
        const to = (a: string) =>
          preview([
            write({
              before: {},
              answer: { status: 200, body: { spec: { a } } },
            }),
          ]);
        expect(to(other)).not.toEqual(to(one));
      }),
    );
  });
});

describe('a preview of very much', () => {
  const big = (value: string, length = 2_000) => ({
    data: Object.fromEntries(
      Array.from({ length }, (_, index) => [`key-${index}`, value]),
    ),
  });

  it('shows the first objects and fields, and says how many more there are', () => {
    const writes = Array.from({ length: 60 }, (_, index) =>
      write({
        name: `web-${index}`,
        before: big('a', 300),
        answer: { status: 200, body: big('b', 300) },
      }),
    );
    const found = preview(writes);
    expect(found).toMatchObject({ outcome: 'changes', more: 10 });
    const objects = 'objects' in found ? found.objects : [];
    expect(objects).toHaveLength(50);
    expect(objects[0]).toMatchObject({ more: 100 });
    expect(objects[0].fields).toHaveLength(200);
  });

  it('is never longer than can be shown', () => {
    const writes = Array.from({ length: 60 }, (_, index) =>
      write({
        name: `web-${index}`,
        before: big('', 100),
        answer: { status: 200, body: big('b'.repeat(3_000), 100) },
      }),
    );
    expect(JSON.stringify(preview(writes)).length).toBeLessThan(320 * 1024);
  });

  it('covers by its digest what is not shown', () => {
    const to = (last: string) => {
      const after = big('b');
      return preview([
        write({
          before: big('a'),
          answer: {
            status: 200,
            body: { data: { ...after.data, 'key-1999': last } },
          },
        }),
      ]);
    };
    const [one, other] = [to('b'), to('c')];
    expect('objects' in other && other.objects).toEqual(
      'objects' in one && one.objects,
    );
    expect(other).not.toEqual(one);
  });

  it('asks once of many texts whether something in them is secret, and finds the ones that are', () => {
    let asked = 0;
    const found = preview(
      [
        write({
          before: big('a'),
          answer: {
            status: 200,
            body: { data: { ...big('b').data, 'key-7': 'a tulip' } },
          },
        }),
      ],
      {
        hide: text => {
          asked += 1;
          return hide(text);
        },
      },
    );
    const [shown] = 'objects' in found ? found.objects : [];
    expect(shown.fields.filter(field => field.hidden)).toEqual([
      { path: 'data.key-7', hidden: true },
    ]);
    expect(asked).toBeLessThan(100);
  });

  it.each([
    ['has more fields than can be compared', 160_000, 'b'],
    ['holds secrets everywhere', 3_000, 'tulip'],
  ])('is not made of an object that %s', (_, length, value) => {
    const body = big(value, length);
    expect(
      preview([write({ before: {}, answer: { status: 200, body } })], {
        hide,
      }),
    ).toEqual({
      outcome: 'not-possible',
      because: 'what it would change is too much to be compared',
    });
  });

  it('bears what is nested too deeply for any server', () => {
    let deep: Record<string, unknown> = { a: 1 };
    for (let depth = 0; depth < 50_000; depth += 1) deep = { a: deep };
    const found = preview([
      write({
        before: { spec: {} },
        answer: { status: 200, body: { spec: deep } },
      }),
    ]);
    expect(found.outcome).toBe('changes');
  });
});

describe('a preview of large objects takes time in proportion to them', () => {
  const compared = (body: (length: number) => unknown) => (text: string) =>
    preview([
      write({
        before: { spec: { a: '' } },
        answer: { status: 200, body: body(text.length) as object },
      }),
    ]);
  const many = (length: number) => Array.from({ length: length / 10 });

  it.each<[string, (length: number) => unknown]>([
    ['one long value', length => ({ spec: { a: 'b'.repeat(length) } })],
    [
      'many keys',
      length => ({
        spec: Object.fromEntries(many(length).map((_, index) => [index, 'b'])),
      }),
    ],
    [
      'many members that have names',
      length => ({
        spec: { a: many(length).map((_, name) => ({ name: `${name}`, b: 1 })) },
      }),
    ],
    [
      'many members of which the last two have the same name',
      length => ({
        spec: {
          a: many(length).map((_, name) => ({
            name: `${Math.min(name, length / 10 - 2)}`,
          })),
        },
      }),
    ],
    [
      'a long key around many',
      length => ({
        spec: {
          ['k'.repeat(length)]: Object.fromEntries(
            many(length).map((_, index) => [index, 'b']),
          ),
        },
      }),
    ],
    ['digits', length => ({ spec: { a: '1'.repeat(length) } })],
  ])('%s', (_, body) => {
    const read = compared(body);
    expect(growthOf(read, length => 'x'.repeat(length))).toBeLessThan(
      MOST_GROWTH,
    );
  });
});
