import { isCredentialLike, withoutCredentials } from './credentials';
import { createRedactor } from './createRedactor';
import { growthOf, MOST_GROWTH, row } from '../testUtils/growth';

/** Beginnings of everything that is looked for, and what goes on for long without an end. */
const PARTS = [
  '-eyJ-eyJ',
  'eyJ-',
  'eyJaaaaaaaa.',
  'a.b-',
  'password',
  'password=',
  'password: ',
  'authorization: bearer ',
  'x-api-key: ',
  '://a:',
  '://a:b',
  'bearer ',
  'aws_secret_access_key = ',
  'ghp_',
  'github_pat_',
  'xoxb-',
  'hooks.slack.com/services/',
  'sk_live_',
  'AIza',
  'npm_',
  'AKIA',
  'LS0tLS1CRUdJTi',
  '-----BEGIN ',
  '-----BEGIN PRIVATE KEY-----',
  '-----BEGIN PRIVATE KEY-----\n',
  'Aa1',
  '\u001b[',
  '\u001b[31m',
  '\u001b]8;;',
  '\u200b',
  '\u001bP',
  '\u0090',
  '\u{e0041}',
  'a\b',
  '\b',
  'made-up-4\b',
  '<',
  '<a ',
  '<b></b>',
  '<b>made\b',
  'QUJD'.repeat(19).concat('\n'),
  'made-up',
  ' ',
  '\n',
];

const LENGTHS = { longest: 64_000 };

const looks: Record<string, (text: string) => unknown> = {
  withoutCredentials,
  isCredentialLike,
  redaction: text => {
    const redactor = createRedactor({ secrets: ['made-up-4711'] });
    redactor.push(text);
    return redactor.flush();
  },
};

describe.each(Object.keys(looks))('the time of %s', name => {
  it.each(PARTS)('grows in proportion to the length of %j in a row', part => {
    const growth = growthOf(looks[name], row(part), LENGTHS);
    expect(growth).toBeLessThan(MOST_GROWTH);
  });
});

it('3.6 MB of half web tokens take no more than a moment', () => {
  const redactor = createRedactor({ secrets: [] });
  const before = process.cpuUsage();
  redactor.push('-eyJ-eyJ'.repeat(450_000));
  redactor.flush();
  expect(process.cpuUsage(before).user / 1_000).toBeLessThan(5_000);
});
