import fc from 'fast-check';
import { createRedactor } from './createRedactor';
import { REDACTED } from './redacted';

function redact(text: string, secrets: string[] = []): string {
  const redactor = createRedactor({ secrets });
  return redactor.push(text) + redactor.flush();
}

const base64 = (text: string) => Buffer.from(text).toString('base64');

describe('a known secret', () => {
  const secret = 'made-up/pass+4711';

  it.each([
    ['as it is', secret],
    ['in base64', base64(secret)],
    ['in base64 without padding', base64(secret).replace(/=+$/, '')],
    ['percent-encoded', encodeURIComponent(secret)],
  ])('is hidden %s', (_, shown) => {
    expect(redact(`before ${shown} after\n`, [secret])).toBe(
      `before ${REDACTED} after\n`,
    );
  });

  it('is hidden as JSON writes it', () => {
    const quoted = 'a"b\\c-made-up';
    expect(redact(JSON.stringify({ v: quoted }), [quoted])).toBe(
      `{"v":"${REDACTED}"}`,
    );
  });

  it('is hidden although base64 breaks its lines', () => {
    const long = 'x'.repeat(40) + 'made-up'.repeat(30);
    const wrapped = base64(long).replace(/.{76}/g, '$&\n');
    expect(redact(wrapped, [long]).replaceAll(REDACTED, '').trim()).toBe('');
  });

  it('is hidden line by line where it has several', () => {
    const lines = 'first-line-here\nsecond-line-here';
    expect(redact(`  first-line-here\n  second-line-here\n`, [lines])).toBe(
      `  ${REDACTED}\n  ${REDACTED}\n`,
    );
  });

  it('is hidden wherever chunks are cut', () => {
    const text = `a ${secret} b\n${secret}\n\nx${secret}`;
    const expected = `a ${REDACTED} b\n${REDACTED}\n\nx${REDACTED}`;
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: text.length }), { maxLength: 20 }),
        cuts => {
          const redactor = createRedactor({ secrets: [secret] });
          const places = [0, ...cuts.sort((a, b) => a - b), text.length];
          let shown = '';
          for (let at = 1; at < places.length; at += 1) {
            shown += redactor.push(text.slice(places[at - 1], places[at]));
          }
          expect(shown + redactor.flush()).toBe(expected);
        },
      ),
    );
  });

  it('is hidden although it spans lines that come one by one', () => {
    const lines = 'ab\ncd\nef';
    const redactor = createRedactor({ secrets: [lines] });
    const shown = ['x\nab\n', 'cd\n', 'ef\n'].map(redactor.push);
    expect(shown.join('') + redactor.flush()).toBe(`x\n${REDACTED}\n`);
  });

  it('is hidden from when it is learned', () => {
    const redactor = createRedactor({ secrets: [] });
    const before = redactor.push('later-known\n');
    redactor.add('later-known');
    expect(before + redactor.push('later-known\n')).toBe(
      `later-known\n${REDACTED}\n`,
    );
  });

  it('is hidden where it is very long', () => {
    const long = Array.from({ length: 3000 }, (_, i) => `${i * 7919}`).join(
      '-',
    );
    expect(redact(`a ${long} b\n`, [long]).replaceAll(REDACTED, '')).toBe(
      'a  b\n',
    );
  });

  it.each(['abc', '  ', '', 'true', 'null'])(
    'is not hidden where it says nothing: %j',
    value => {
      expect(redact('abc true null   \n', [value])).toBe('abc true null   \n');
    },
  );
});

describe('a password in an address or a setting', () => {
  it.each([
    ['postgres://app:', 'changed', '@db/shop'],
    ['https://x:', 'token', '@host/'],
    ['aws_secret_access_key: ', 'authorization', ''],
    ['aws_session_token: ', 'authentication', ''],
  ])('is hidden although it is a word of a sentence: %s%s%s', (a, word, b) => {
    expect(redact(`${a}${word}${b}\n`)).toBe(`${a}${REDACTED}${b}\n`);
  });
});

describe('a sentence about a password', () => {
  it.each([
    'The password: must have 12 characters',
    'Password: expired. Ask for another one.',
    'passwd: is not set',
    'Enter the password:',
    'authorization: required',
    'Authorization: failed for user ann',
    'bearer authentication is on',
    'password:\n  secretKeyRef:\n    name: db',
    'Password:\nWelcome to the shell',
    'api_key: see the wiki',
  ])('stays as it is: %j', text => {
    expect(redact(`${text}\n`)).toBe(`${text}\n`);
  });
});

describe('what looks secret', () => {
  const jwt = `eyJ${'a'.repeat(20)}.eyJ${'b'.repeat(20)}.${'c'.repeat(20)}`;
  // Put together here, so that no scanner takes them for real ones.
  const of = (prefix: string, length: number) =>
    prefix + 'Z9'.repeat(length / 2);

  it.each([
    ['Authorization: Bearer abc.def', `Authorization: Bearer ${REDACTED}`],
    [
      `"authorization":"Basic ${base64('a:b')}"`,
      `"authorization":"Basic ${REDACTED}"`,
    ],
    ["curl -H 'X-Api-Key: abc123' x", `curl -H 'X-Api-Key: ${REDACTED}' x`],
    ['got bearer abcdefghij', `got bearer ${REDACTED}`],
    [`token ${jwt} end`, `token ${REDACTED} end`],
    [of('AKIA', 16), REDACTED],
    [
      'aws_secret_access_key = abcdefgh12345678',
      `aws_secret_access_key = ${REDACTED}`,
    ],
    [of('ghp_', 36), REDACTED],
    [of('github_pat_', 40), REDACTED],
    [of('glpat-', 20), REDACTED],
    [of('xoxb-', 24), REDACTED],
    [of('sk_live_', 24), REDACTED],
    [of('AIza', 34), REDACTED],
    [
      `https://hooks.slack.com/services/${of('T0/B0/', 20)}`,
      `https://hooks.slack.com/services/${REDACTED}`,
    ],
    [
      'postgres://app:hunter2@db:5432/x',
      `postgres://app:${REDACTED}@db:5432/x`,
    ],
    ['redis://:hunter2@cache', `redis://:${REDACTED}@cache`],
    ['DB_PASSWORD=hunter2 next', `DB_PASSWORD=${REDACTED} next`],
    ['?token=abc&x=1', `?token=${REDACTED}&x=1`],
    ['"password": "hunter2",', `"password": "${REDACTED}",`],
    ['client_secret: abc', `client_secret: ${REDACTED}`],
    ['password: admin is wrong', `password: ${REDACTED} is wrong`],
    ['password=must', `password=${REDACTED}`],
    [base64(`-----BEGIN RSA PRIVATE KEY-----\n${'x'.repeat(60)}`), REDACTED],
  ])('%s', (text, expected) => {
    expect(redact(`${text}\n`)).toBe(`${expected}\n`);
  });

  it.each([
    'secretName: db-credentials',
    'Mountable secrets:   default-token',
    'password: <none>',
    'PASSWORD=$PASSWORD',
    'TOKEN=',
    'kubectl get secret db -o name',
    'https://example.com:8443/path',
    'user@example.com',
    'the bearer of this',
    'pod/web-7d4b9c6f5-abcde   1/1   Running',
    base64(`-----BEGIN CERTIFICATE-----\n${'x'.repeat(60)}`),
  ])('is not: %s', text => {
    expect(redact(`${text}\n`)).toBe(`${text}\n`);
  });

  it('is a private key, between its first and its last line', () => {
    const begin = '-----BEGIN EC PRIVATE KEY-----';
    const end = '-----END EC PRIVATE KEY-----';
    const redactor = createRedactor({ secrets: [] });
    const shown = [
      'a\n',
      `${begin}\n`,
      'MHc\n',
      'CAQ\n',
      `${end}\n`,
      'b\n',
    ].map(redactor.push);
    expect(shown.join('') + redactor.flush()).toBe(
      `a\n${begin}${REDACTED}${end}\nb\n`,
    );
  });

  it('is a private key that never ends', () => {
    const redactor = createRedactor({ secrets: [] });
    let shown = redactor.push('-----BEGIN PRIVATE KEY-----\n');
    for (let line = 0; line < 3000; line += 1) {
      shown += redactor.push(`${'M'.repeat(63)}\n`);
    }
    expect(shown + redactor.flush()).toBe(
      `-----BEGIN PRIVATE KEY-----${REDACTED}`,
    );
  });
});

describe('a line without end', () => {
  it('is shown while it goes on, with little held back', () => {
    const redactor = createRedactor({ secrets: ['made-up-4711'] });
    let shown = '';
    let pushed = 0;
    let most = 0;
    for (let n = 0; n < 200; n += 1) {
      const chunk = `${'.'.repeat(4090)}made-up-4711`;
      pushed += chunk.length;
      shown += redactor.push(chunk);
      most = Math.max(most, pushed - shown.length);
    }
    shown += redactor.flush();
    expect(shown).toBe(`${'.'.repeat(4090)}${REDACTED}`.repeat(200));
    expect(most).toBeLessThan(100_000);
  });

  it('may be one token, of which nothing is shown', () => {
    const redactor = createRedactor({ secrets: [] });
    let shown = redactor.push('token=');
    for (let n = 0; n < 100; n += 1) shown += redactor.push('x1'.repeat(2000));
    shown += redactor.push(' end\n') + redactor.flush();
    expect(shown).toBe(`token=${REDACTED} end\n`);
  });

  it('takes no more than a moment, whatever it looks like', () => {
    const startedAt = performance.now();
    for (const part of [
      'eyJ-',
      'a.b-',
      'password',
      '://a:',
      'bearer ',
      '-----BEGIN ',
    ]) {
      redact(part.repeat(50_000));
    }
    expect(performance.now() - startedAt).toBeLessThan(5_000);
  });
});

it('changes nothing of a text without secrets', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.string({
          unit: fc.constantFrom('a', ' ', '\n', '\r', 'é', '"', '-'),
        }),
      ),
      chunks => {
        const redactor = createRedactor({ secrets: ['made-up-4711'] });
        const shown = chunks.map(redactor.push).join('') + redactor.flush();
        expect(shown).toBe(chunks.join(''));
      },
    ),
  );
});

/** A busy machine makes the clock run, and this not. */
function processorMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

it('hides secrets in 20 MB of output within seconds', () => {
  const secrets = Array.from({ length: 20 }, (_, n) => `made-up-value-${n}`);
  const redactor = createRedactor({ secrets });
  const line = 'pod/web-7d4b9c6f5-abcde   1/1   Running   0   5d   10.0.0.1\n';
  const chunk = line.repeat(1100);
  const startedAt = processorMs();
  let length = 0;
  for (let n = 0; n < 300; n += 1) length += redactor.push(chunk).length;
  expect(length).toBe(300 * chunk.length);
  expect(processorMs() - startedAt).toBeLessThan(10_000);
});

it('hides thousands of secrets as fast', () => {
  const secrets = Array.from(
    { length: 5000 },
    (_, n) => `made-up-${n * 7919}-x`,
  );
  const redactor = createRedactor({ secrets });
  const line = `pod/web-7d4b9c6f5-abcde   1/1   Running   ${secrets[4711]}\n`;
  const startedAt = processorMs();
  let shown = '';
  for (let n = 0; n < 100; n += 1) shown = redactor.push(line.repeat(1000));
  expect(shown).toBe(line.replace(secrets[4711], REDACTED).repeat(1000));
  expect(processorMs() - startedAt).toBeLessThan(10_000);
});

it('hides values that begin alike as fast, whatever the output looks like', () => {
  const start = 'xb1y'.repeat(250);
  const secrets = Array.from(
    { length: 980 },
    (_, n) => `${start.slice(0, n + 10)}!`,
  );
  const redactor = createRedactor({ secrets });
  expect(redactor.push(`${secrets[3]}\n`)).toBe(`${REDACTED}\n`);
  const text = `${'xb1y'.repeat(16_000)}\n`;
  const before = process.cpuUsage();
  const shown = redactor.push(text) + redactor.flush();
  expect(process.cpuUsage(before).user / 1_000).toBeLessThan(3_000);
  expect(shown === text).toBe(true);
});
