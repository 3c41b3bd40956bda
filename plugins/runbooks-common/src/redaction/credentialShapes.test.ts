import { isCredentialLike, withoutCredentials } from './credentials';
import { REDACTED } from './redacted';

// Put together here, so that no scanner takes them for real ones.
const RANDOM = ['x8Kq2LmZ', 'p0RtV5wY', 'b7NcJ4sD'].join('');
const TOKEN = `ghp_${'Z9'.repeat(18)}`;
const runs = (...pieces: string[]) => pieces.join('');

describe('where a random word begins to be a credential', () => {
  it.each<[value: string, is: boolean, because: string]>([
    [`KEY=${RANDOM.slice(0, 20)}`, true, '20 characters behind a name'],
    [`KEY=${RANDOM.slice(0, 19)}`, false, '19 characters behind a name'],
    [RANDOM.repeat(171).slice(0, 4095), true, '4,095 characters'],
    [RANDOM.repeat(171).slice(0, 4096), false, '4,096 characters'],
    [`${RANDOM.slice(0, 16)}/abcd`, true, 'a piece of 16'],
    [`${RANDOM.slice(0, 15)}/abcdef`, false, 'a piece of 15'],
    [`${RANDOM.slice(0, 16)}----`, true, '16 letters and digits among signs'],
    [`${RANDOM.slice(0, 15)}-----`, false, '15 letters and digits among signs'],
    ['aB1cDeFgHiJkLmN2oPqR', true, 'two digits'],
    ['aB9cDeFgHiJkLmN9oPqR', true, 'two digits that are nines'],
    ['aB1cDeFgHiJkLmNxoPqR', false, 'one digit'],
    ['a1b2c3d4e5F6g7h8i9J0', true, 'two capitals'],
    ['a1b2c3d4e5Z6g7h8i9Z0', true, 'two capitals that are the last'],
    ['a1b2c3d4e5F6g7h8i9j0', false, 'one capital'],
    ['A1B2C3D4E5f6G7H8I9j0', true, 'two small letters'],
    ['A1B2C3D4E5f6G7H8I9J0', false, 'one small letter'],
    [
      runs('aaa', 'BB', '11', 'cc', 'DD', '22', 'ee', 'FF', '3333'),
      true,
      '8 changes among 20 neighbours',
    ],
    [
      runs('aaaa', 'BBB', '11', 'cc', 'DD', '22', 'eee', 'FFF'),
      false,
      '7 changes among 20 neighbours',
    ],
    [`x8Kq2LmZsha256-${RANDOM}`, true, 'the name of a digest in its middle'],
    [`sha256-${RANDOM}`, false, 'the name of a digest in front'],
  ])('%s: %s, because of %s', (value, is) => {
    expect(isCredentialLike(value)).toBe(is);
  });
});

describe('a text keeps every word around what is hidden, once', () => {
  it.each<[text: string, shown: string]>([
    [`see DB=${RANDOM} there`, `see DB=${REDACTED} there`],
    [
      `${RANDOM} then ${TOKEN} and ${RANDOM} end`,
      `${REDACTED} then ${REDACTED} and ${REDACTED} end`,
    ],
    [`a ${TOKEN}b end`, `a ${REDACTED} end`],
    [`password=${RANDOM} end`, `password=${REDACTED} end`],
    [`password=${RANDOM}/x/y end`, `password=${REDACTED} end`],
  ])('%s', (text, shown) => {
    expect(withoutCredentials(text)).toBe(shown);
  });
});
