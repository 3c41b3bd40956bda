import fc from 'fast-check';
import { addressText } from './addressText';
import { decideSource } from './decideSource';
import {
  readRepositoryAddress,
  type RepositoryAddress,
} from './repositoryAddress';

const HOSTS = [
  { type: 'github', basePath: '', ref: 'main' },
  { type: 'gitlab', basePath: '/git', ref: 'main' },
  { type: 'bitbucketCloud', basePath: '', ref: 'main' },
  { type: 'gitea', basePath: '', ref: 'branch/main' },
];

const name = fc.stringMatching(/^[A-Za-z0-9_]{1,8}$/);

const path = fc
  .array(
    fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 8 })
      .filter(one => !/[/\\?#%\p{Cc}]/u.test(one) && !/^\.{1,2}$/.test(one)),
    { maxLength: 4 },
  )
  .map(segments => segments.join('/'));

const address: fc.Arbitrary<RepositoryAddress> = fc
  .tuple(fc.constantFrom(...HOSTS), name, name, path)
  .map(([{ ref, ...host }, owner, repository, below]) => ({
    host,
    origin: 'https://host.example',
    repository: [owner, repository],
    ref,
    path: below,
  }));

function read(text: string, like: RepositoryAddress) {
  const result = readRepositoryAddress(text, like.host);
  return 'address' in result ? result.address : undefined;
}

describe('addresses of any repository and path', () => {
  it('are read as what they were written from', () => {
    fc.assert(
      fc.property(address, one => {
        expect(read(addressText(one), one)).toEqual(one);
      }),
    );
  });

  it('belong to the same repository whatever is put behind its address, or are refused', () => {
    const tail = fc
      .array(
        fc.constantFrom(
          '..',
          '.',
          '%2e%2e',
          '%2f',
          '\\',
          '@',
          '/',
          'tree',
          'blob',
          '-',
          'main',
          'x',
          ':',
          '?',
          '#',
          '%252f',
          ' ',
          '\t',
        ),
        { maxLength: 8 },
      )
      .map(parts => parts.join(''));
    fc.assert(
      fc.property(address, tail, (own, end) => {
        const asked = read(`${addressText(own, 'a')}/${end}`, own);
        if (!asked) return;
        const url = new URL(`${addressText(own, 'a')}/${end}`);
        expect(url.host).toBe('host.example');
        expect(decideSource({ asked, own, allowed: [] }).kind).toBe('own');
        expect(asked.path === 'a' || asked.path.startsWith('a/')).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  it('are never covered by another repository or branch', () => {
    fc.assert(
      fc.property(address, address, (asked, own) => {
        const isSame =
          asked.host.type === own.host.type &&
          asked.repository.join('/') === own.repository.join('/');
        expect(decideSource({ asked, own, allowed: [] }).kind).toBe(
          isSame ? 'own' : 'refused',
        );
      }),
    );
  });
});
