import { isCredentialLike, withoutCredentials } from './credentials';
import { createRedactor } from './createRedactor';

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

const LENGTH = 50_000;
/** Four times the text takes four times the time; a square would be sixteen times. */
const MOST_GROWTH = 9;
/** Below this, the clock and the collector of garbage are what is measured. */
const NOISE_MS = 250;

it.each(PARTS)('%j in a row takes time in proportion to its length', part => {
  const looks = [
    (text: string) => {
      const redactor = createRedactor({ secrets: ['made-up-4711'] });
      redactor.push(text);
      redactor.flush();
    },
    (text: string) => withoutCredentials(text),
    (text: string) => isCredentialLike(text),
  ];
  for (const look of looks) {
    const once = textOf(part, LENGTH);
    const fourTimes = textOf(part, LENGTH * 4);
    look(once);
    const short = fastest(() => look(once));
    const long = fastest(() => look(fourTimes));
    expect(long).toBeLessThan(Math.max(short * MOST_GROWTH, NOISE_MS));
  }
});

it('3.6 MB of half web tokens take no more than a moment', () => {
  const redactor = createRedactor({ secrets: [] });
  const before = process.cpuUsage();
  redactor.push('-eyJ-eyJ'.repeat(450_000));
  redactor.flush();
  expect(process.cpuUsage(before).user / 1_000).toBeLessThan(5_000);
});

function textOf(part: string, length: number): string {
  return part.repeat(Math.ceil(length / part.length));
}

/** Time of the processor, in milliseconds: a busy machine does not count. */
function fastest(work: () => void): number {
  const times = [0, 1, 2, 3, 4].map(() => {
    const before = process.cpuUsage();
    work();
    return process.cpuUsage(before).user / 1_000;
  });
  return Math.min(...times);
}
