import * as fc from 'fast-check';
import { duplicateKey } from './duplicateKey';

describe('a key that a JSON text has twice', () => {
  it.each([
    ['{"a":1,"a":2}', 'a'],
    ['{"a":1,"\\u0061":2}', 'a'],
    ['{"plan":{"parameters":{"N":"1","N":"2"}}}', 'plan.parameters.N'],
    ['[{"a":1},{"b":{"c":1,"c":1}}]', 'b.c'],
    ['{"a":{"x":1},"b":[{"x":1}],"a":3}', 'a'],
    ['{"a":"b","b":"b","c":["a","a"],"d":{"a":1}}', undefined],
    ['{"a":"}{\\",\\"a\\":","b":1}', undefined],
    ['["a","a",{"a":"a"}]', undefined],
    ['"a"', undefined],
    ['{}', undefined],
  ])('of %s is %s', (text, key) => {
    expect(JSON.parse(text)).toBeDefined();
    expect(duplicateKey(text)).toBe(key);
  });

  it('is in no text that was made from a value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), value => {
        expect(duplicateKey(JSON.stringify(value))).toBeUndefined();
      }),
    );
  });

  it('is found wherever it is put', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string(), fc.jsonValue(), { minKeys: 1 }),
        fc.jsonValue(),
        (object, again) => {
          const text = JSON.stringify(object);
          const [key] = Object.keys(object);
          const twice = `${text.slice(0, -1)},${JSON.stringify(
            key,
          )}:${JSON.stringify(again)}}`;
          expect(duplicateKey(`[${twice}]`)).toBe(key);
        },
      ),
    );
  });
});
