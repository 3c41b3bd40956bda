import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ContainerCommands } from './ContainerCommands.mjs';
import { ContainerFiles } from './ContainerFiles.mjs';

const TARGET = {
  uid: '1',
  namespace: 'shop',
  pod: 'web-0',
  container: 'web',
  labels: {},
  image: 'web:1',
  ip: '10.244.0.2',
  ports: [8080],
  startedAt: new Date().toISOString(),
  env: new Map([
    ['HOSTNAME', 'web-0'],
    ['COLOURS', 'red green'],
  ]),
  mounted: new Map([['/etc/app/limits.conf', 'max = 200\nmin = 1\n']]),
};

const RULES = {
  exec: [
    {
      command: ['pg_isready'],
      stdout: 'accepting connections\n',
      stderr: '',
      exitCode: 0,
      delayMs: 0,
    },
    {
      pattern: /^psql .*from (\w+)/,
      stdout: '{{1}}: 1284\n',
      stderr: '',
      exitCode: 0,
      delayMs: 0,
    },
    {
      pattern: /^psql$/,
      stdin: { saveTo: '/tmp/in.sql' },
      stdout: '{{stdin.lines}} lines\n',
      stderr: '',
      exitCode: 0,
      delayMs: 0,
    },
    {
      command: ['redis-cli', 'FLUSHALL'],
      stdout: '',
      stderr: 'NOAUTH\n',
      exitCode: 1,
      delayMs: 0,
    },
  ],
  files: [],
};

const SERVICES = { 'api:80': 'open', 'api:81': 'refused' };

function newCommands() {
  const answers = { for: section => RULES[section] };
  const network = {
    from: () => ({
      find: async (host, port) => SERVICES[`${host}:${port}`] ?? 'unknown',
      addresses: async host => (host === 'api' ? ['10.96.0.7'] : []),
    }),
  };
  return new ContainerCommands({
    answers,
    network,
    files: new ContainerFiles(answers),
  });
}

function run(words, stdin = '') {
  return newCommands().run(words, {
    target: TARGET,
    stdin: async () => stdin,
    signal: AbortSignal.timeout(5000),
  });
}

for (const [script, stdout, exitCode = 0] of [
  ['echo one; echo two', 'one\ntwo\n'],
  ['true && echo yes || echo no', 'yes\n'],
  ['false && echo yes || echo no', 'no\n'],
  ['echo $HOSTNAME ${MISSING:-none} "$COLOURS"', 'web-0 none red green\n'],
  ['echo \'$HOSTNAME\' "a;b|c" # a comment', '$HOSTNAME a;b|c\n'],
  ['printf "%s\\n" $COLOURS x', 'red\n'],
  ['A=1; export B=2; echo $A$B', '12\n'],
  ['echo $(hostname)-$(echo $(hostname))', 'web-0-web-0\n'],
  ['cat /etc/app/limits.conf | grep max | wc -l', '1\n'],
  ['grep -c = /etc/app/limits.conf', '2\n'],
  ['grep nothing /etc/app/limits.conf', '', 1],
  ['echo b > /tmp/x; echo a >> /tmp/x; sort /tmp/x', 'a\nb\n'],
  ['wc -c < /etc/app/limits.conf', '18\n'],
  ['nosuch 2>/dev/null; echo $?', '127\n'],
  ['nosuch 2>&1 | head -1', 'sh: nosuch: not found\n'],
  ['exit 3; echo never', '', 3],
  ['psql -c "select 1 from orders" | head -5', 'orders: 1284\n'],
  ['pg_isready && redis-cli FLUSHALL', 'accepting connections\n', 1],
  [
    '[ -f /etc/app/limits.conf ] && test "$HOSTNAME" = web-0 && echo both',
    'both\n',
  ],
  ['curl -sf http://api/health', '{"status":"ok"}\n'],
  ["curl -s -o /dev/null -w '%{http_code}' http://api:81", '000', 7],
  ['ls /etc/app', 'limits.conf\n'],
  ['rm /etc/app/limits.conf; cat /etc/app/limits.conf || echo gone', 'gone\n'],
]) {
  test(`sh -c '${script}' prints ${JSON.stringify(
    stdout,
  )} and ends with ${exitCode}`, async () => {
    const result = await run(['sh', '-c', script]);
    assert.deepEqual(
      { stdout: result.stdout, exitCode: result.exitCode },
      { stdout, exitCode },
    );
  });
}

test('a rule is asked before anything else, with its own exit code', async () => {
  assert.deepEqual(await run(['redis-cli', 'FLUSHALL']), {
    stdout: '',
    stderr: 'NOAUTH\n',
    exitCode: 1,
  });
});

test('what is sent to a command is kept as a file of the container and counted', async () => {
  const commands = newCommands();
  const options = { target: TARGET, signal: AbortSignal.timeout(5000) };
  const restored = await commands.run(['psql'], {
    ...options,
    stdin: async () => 'one\ntwo\n',
  });
  assert.equal(restored.stdout, '2 lines\n');
  const kept = await commands.run(['cat', '/tmp/in.sql'], {
    ...options,
    stdin: async () => '',
  });
  assert.equal(kept.stdout, 'one\ntwo\n');
});

test('a shell without a text reads it from standard input', async () => {
  assert.equal(
    (await run(['/bin/bash'], 'echo hi\nhostname\n')).stdout,
    'hi\nweb-0\n',
  );
});

test('a command that nobody knows is not found, as in a small image', async () => {
  assert.deepEqual(await run(['jq', '.']), {
    stdout: '',
    stderr: 'sh: jq: not found\n',
    exitCode: 127,
  });
  assert.equal((await run(['constructor'])).exitCode, 127);
});

test('what the small shell does not know is refused and not half done', async () => {
  const result = await run(['sh', '-c', 'for i in 1 2; do echo $i; done']);
  assert.equal(result.exitCode, 2);
  assert.match(result.stderr, /"for" is not simulated/);
});
