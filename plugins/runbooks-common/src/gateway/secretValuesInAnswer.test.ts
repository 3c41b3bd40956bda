import { secretValuesInAnswer } from './secretValuesInAnswer';

const decode = (encoded: string) =>
  Buffer.from(encoded, 'base64').toString('utf8');
const encode = (text: string) => Buffer.from(text).toString('base64');
const SECRET = {
  kind: 'Secret',
  metadata: { name: 'db' },
  data: { password: encode('made-up-pass') },
};

describe('the secret values of an answer', () => {
  const found = (answer: unknown) => [...secretValuesInAnswer(answer, decode)];

  it.each<[string, unknown]>([
    ['a Secret', SECRET],
    ['a list', { kind: 'SecretList', items: [SECRET] }],
    ['a table', { kind: 'Table', rows: [{ cells: ['db'], object: SECRET }] }],
    ['a watch event', { type: 'ADDED', object: SECRET }],
  ])('are found in %s, stored and decoded', (_, answer) => {
    expect(found(answer)).toEqual([encode('made-up-pass'), 'made-up-pass']);
  });

  it('are found in what kubectl apply keeps in an annotation', () => {
    const applied = JSON.stringify({
      stringData: { password: 'made-up-pass' },
    });
    expect(
      found({
        metadata: {
          annotations: {
            'kubectl.kubernetes.io/last-applied-configuration': applied,
          },
        },
      }),
    ).toEqual(['made-up-pass']);
  });

  it('include a token that was made', () => {
    expect(found({ kind: 'TokenRequest', status: { token: 'a.b.c' } })).toEqual(
      ['a.b.c'],
    );
  });

  it('leave out what is too short to hide', () => {
    expect(found({ data: { a: encode('a') } })).toEqual([encode('a')]);
    expect(found({ stringData: { a: 'abc' } })).toEqual([]);
  });

  it.each([undefined, null, 1, 'text', [], {}])('of %j are none', answer => {
    expect(found(answer)).toEqual([]);
  });
});
