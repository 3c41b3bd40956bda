import { throughLinks } from './throughLinks';

function reached(paths: string[], links: Record<string, string>) {
  return throughLinks(
    { kind: 'known', paths },
    () => new Map(Object.entries(links)),
  );
}

describe('what a step reaches through links', () => {
  it.each<[string, string[], Record<string, string>, string]>([
    ['a link itself', ['a.yaml'], { 'a.yaml': 'b.yaml' }, 'b.yaml'],
    [
      'a link below a named folder',
      ['m'],
      { 'm/b.yaml': '../other.txt' },
      'other.txt',
    ],
    [
      'a link deep below a named folder',
      ['m'],
      { 'm/x/y/b.yaml': '../../../other.txt' },
      'other.txt',
    ],
    [
      'a link in the place of a folder above',
      ['m/x/web.yaml'],
      { m: 'other' },
      'other/x/web.yaml',
    ],
    [
      'a chain of links',
      ['m'],
      { 'm/b.yaml': '../one', one: 'two', two: 'other.txt' },
      'other.txt',
    ],
    [
      'a folder behind a link, in which there is a link',
      ['m'],
      { 'm/x': '../folder', 'folder/y/b.yaml': '../../other.txt' },
      'other.txt',
    ],
    [
      'a link on the way of what a link leads to',
      ['m'],
      { 'm/b.yaml': '../x/b.yaml', x: 'folder' },
      'folder/b.yaml',
    ],
    [
      'a link that goes up from behind another link',
      ['m'],
      { 'm/b.yaml': '../x/../other.txt', x: 'deep/folder' },
      'deep/other.txt',
    ],
    [
      'a folder on the way, which may become a link',
      ['m'],
      { 'm/b.yaml': '../x/../other.txt' },
      'x',
    ],
    [
      'a link by the path in the sandbox',
      ['m'],
      { 'm/b.yaml': '/workspace/./other.txt' },
      'other.txt',
    ],
    [
      'a link into the home',
      ['m'],
      { 'm/b.yaml': '/home/step/other.txt' },
      '.home/other.txt',
    ],
    ['a link of the whole workspace', [''], { 'm/b.yaml': '../o' }, 'o'],
    ['a link to the whole workspace', ['m'], { 'm/b': '..' }, ''],
  ])('is what %s leads to', (_what, paths, links, path) => {
    const files = reached(paths, links);
    expect(files).toEqual({
      kind: 'known',
      paths: expect.arrayContaining([...paths, path]),
    });
  });

  it.each<[string, Record<string, string>]>([
    ['out of the workspace', { 'm/b.yaml': '/etc/hosts' }],
    ['above the workspace', { 'm/b.yaml': '../../other.txt' }],
    ['above it by the path in the sandbox', { m: '/workspace/../x' }],
    ['through /proc', { 'm/b.yaml': '/proc/self/cwd/other.txt' }],
    ['to the root', { 'm/b.yaml': '/' }],
    ['in a circle', { 'm/b.yaml': 'c.yaml', 'm/c.yaml': 'b.yaml' }],
    ['into itself', { 'm/b': 'b/b' }],
  ])('is not known where a link leads %s', (_where, links) => {
    expect(reached(['m'], links)).toEqual({ kind: 'unknown' });
  });

  it('is not known where the links are too many to be told', () => {
    expect(
      throughLinks({ kind: 'known', paths: ['m'] }, () => undefined),
    ).toEqual({ kind: 'unknown' });
  });

  it('is no more than was named where no link is on the way', () => {
    expect(reached(['m'], { other: 'x', 'mm/b.yaml': '/etc' })).toEqual({
      kind: 'known',
      paths: ['m'],
    });
    expect(reached([], { other: 'x' })).toEqual({ kind: 'known', paths: [] });
  });
});
