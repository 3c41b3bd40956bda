import fc from 'fast-check';
import { growthOf, MOST_GROWTH } from '../../testUtils/growth';
import type { DryRunWrite } from '../DryRunWrite';
import { pathOf, placeOf } from '../place';
import { AROUND, preview, write } from '../testUtils/writes';
import { approvedChanges } from './approvedChanges';
import { decideBoundWrite } from './decideBoundWrite';

const { startedAt, endedAt } = AROUND;
const TIMES = { startedAt, endedAt };

/** Objects of few words, so that they are often alike in part. */
const json = fc.letrec(tie => ({
  value: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    fc.constantFrom(null, true, 0, 1, '', '1', 'a', '2026-11-30T10:00:30Z'),
    fc.array(tie('value'), { maxLength: 3 }),
    tie('object'),
  ),
  object: fc.dictionary(
    fc.constantFrom(
      'spec',
      'name',
      'data',
      'image',
      'metadata',
      'labels',
      '__proto__',
    ),
    tie('value'),
    { maxKeys: 4 },
  ),
}));
const object = json.object as fc.Arbitrary<Record<string, unknown>>;
const resource = fc.constantFrom('deployments', 'services', 'configmaps');

/** A section with a few values. */
const flat = fc.dictionary(
  fc.constantFrom('a', 'b', 'c'),
  fc.constantFrom<unknown>(0, 1, 'x'),
);

const patched = (before: unknown, after: unknown) =>
  write({
    before: { spec: before },
    answer: { status: 200, body: { spec: after } },
  });

const statusOf = (before: unknown) => (before === undefined ? 201 : 200);

const digestOf = (one: DryRunWrite) => {
  const told = preview([one]);
  return 'digest' in told ? told.digest : '';
};

const decide = (tried: DryRunWrite[], now: DryRunWrite) =>
  decideBoundWrite({
    approved: approvedChanges({ writes: tried, ...TIMES }),
    shown: [],
    write: now,
    counted: [],
    secrets: [],
    ...TIMES,
  }).kind;

describe('a bound write, whatever the cluster holds', () => {
  it('passes where it equals the preview, be it a change or a create', () => {
    fc.assert(
      fc.property(
        fc.option(object, { nil: undefined }),
        object,
        resource,
        (before, body, kind) => {
          const one = write({
            resource: kind,
            before,
            answer: { status: statusOf(before), body },
          });
          expect(decide([one], one)).toBe('pass');
        },
      ),
      { numRuns: 200 },
    );
  });

  it('is refused where its digest would be another, unless it changes nothing', () => {
    fc.assert(
      fc.property(
        fc.option(object, { nil: undefined }),
        object,
        object,
        resource,
        (before, body, other, kind) => {
          const tried = write({
            resource: kind,
            before,
            answer: { status: statusOf(before), body },
          });
          const answer = { status: statusOf(before), body: other };
          const now = { ...tried, answer };
          const isSame = digestOf(now) === digestOf(tried);
          expect(decide([tried], now)).toBe(
            isSame || digestOf(now) === '' ? 'pass' : 'refuse',
          );
        },
      ),
      { numRuns: 400 },
    );
  });

  it('is decided in time in proportion to what was approved', () => {
    const list = (length: number, v: string) => ({
      spec: {
        members: Array.from({ length: length / 20 }, (_, index) => ({
          name: `m${index}`,
          v,
        })),
      },
    });
    const read = ({ length }: string) => {
      const [was, is] = [list(length, 'a'), list(length, 'b')];
      const tried = write({ before: was, answer: { status: 200, body: is } });
      // All of it has been done by a write before this one.
      const again = { ...is, other: { a: 1 } };
      const now = write({ before: is, answer: { status: 200, body: again } });
      expect(decide([tried], now)).toBe('refuse');
    };
    expect(growthOf(read, length => 'x'.repeat(length))).toBeLessThan(
      MOST_GROWTH,
    );
  });

  it('passes whatever others change elsewhere in the object meanwhile', () => {
    fc.assert(
      fc.property(object, object, object, (mine, is, others) => {
        const tried = write({
          before: { spec: mine },
          answer: { status: 200, body: { spec: is } },
        });
        const now = write({
          before: { spec: mine, other: others },
          answer: { status: 200, body: { spec: is, other: others } },
        });
        expect(decide([tried], now)).toBe('pass');
      }),
      { numRuns: 150 },
    );
  });

  it('passes from the result of one write of the preview to that of another, and back', () => {
    fc.assert(
      fc.property(flat, flat, flat, (before, one, other) => {
        const tried = [patched(before, one), patched(before, other)];
        for (const [from, to] of [
          [one, other],
          [other, one],
          [one, before],
          [one, one],
        ]) {
          expect(decide(tried, patched(from, to))).toBe('pass');
        }
      }),
      { numRuns: 150 },
    );
  });

  it('gives no field a value that is in none of the writes of the preview, whatever came before it', () => {
    fc.assert(
      fc.property(flat, flat, flat, flat, (before, one, from, to) => {
        const tried = [patched(before, one)];
        fc.pre(decide(tried, patched(from, to)) === 'pass');
        const changed = [...new Set(Object.keys({ ...from, ...to }))].filter(
          key => from[key] !== to[key],
        );
        const taken = changed.every(key => to[key] === before[key]);
        const given = changed.every(key => to[key] === one[key]);
        expect({ taken, given }).not.toEqual({ taken: false, given: false });
      }),
      { numRuns: 1_000 },
    );
  });

  it('may give only what is shown, however often an object is written and deleted', () => {
    const before = { spec: { a: 7 } };
    const deleted = write({ verb: 'delete', before });
    fc.assert(
      fc.property(
        fc.array(fc.option(flat, { nil: undefined }), { maxLength: 5 }),
        all => {
          const writes = all.map(spec =>
            spec === undefined ? deleted : patched({ a: 7 }, spec),
          );
          const told = preview(writes);
          const shown = new Set(
            ('objects' in told ? told.objects : []).flatMap(({ fields }) =>
              fields.map(({ path, after }) => `${path} ${after}`),
            ),
          );
          const given = approvedChanges({ writes, ...TIMES }).flatMap(
            ({ fields }) =>
              fields.map(({ place, after }) => {
                const path = pathOf(placeOf(JSON.parse(place)));
                return `${path} ${after?.replace(/^[a-z]+=/, '')}`;
              }),
          );
          expect(given.filter(one => !shown.has(one))).toEqual([]);
        },
      ),
      { numRuns: 300 },
    );
  });
});
