import { entityRefsIn } from './entityRefsIn';

describe('what a sentence names of the catalog', () => {
  it('is found wherever it stands, without the sign that ends the sentence', () => {
    expect(
      entityRefsIn(
        'user:default/maya.lindqvist neither belongs to group:default/identity, which owns component:default/auth-service.',
      ),
    ).toEqual([
      { entityRef: 'user:default/maya.lindqvist' },
      { text: ' neither belongs to ' },
      { entityRef: 'group:default/identity' },
      { text: ', which owns ' },
      { entityRef: 'component:default/auth-service' },
      { text: '.' },
    ]);
  });

  it.each([
    'nothing at all',
    'image: registry/app and deploy/auth-service',
    'see https://example.com/a',
    'see https://example.com/a?x=user:default/a',
    'x-resource:a/b and 1resource:a/b',
    'refused: "ask user:default/maya.lindqvist about it"',
    '',
  ])('is nothing in "%s"', sentence => {
    expect(entityRefsIn(sentence)).toEqual(
      sentence ? [{ text: sentence }] : [],
    );
  });
});
