import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { finish } from '../../processes/finish.mjs';

/*
 * The simulated nodes as kubectl sees them, in the cluster of the tests.
 */

const { RUNBOOKS_TEST_KUBECONFIG, RUNBOOKS_TEST_TOOLS } = process.env;
const namespace = `nodes-${randomBytes(3).toString('hex')}`;

async function kubectl(args, input) {
  const { code, output } = await finish(
    join(RUNBOOKS_TEST_TOOLS, 'kubectl'),
    ['--kubeconfig', RUNBOOKS_TEST_KUBECONFIG, '-n', namespace, ...args],
    { input },
  );
  return { code, output };
}

async function succeed(args, input) {
  const { code, output } = await kubectl(args, input);
  assert.equal(code, 0, output);
  return output;
}

/** Waits until what kubectl prints satisfies the pattern. */
async function until(args, pattern) {
  let output;
  for (let attempt = 0; attempt < 60; attempt += 1) {
    ({ output } = await kubectl(args));
    if (pattern.test(output)) return output;
    await new Promise(resolve => setTimeout(resolve, 250));
  }
  return assert.match(output, pattern);
}

before(async () => {
  await succeed(['create', 'namespace', namespace]);
  await succeed([
    'create',
    'deployment',
    'web',
    '--image=web:1',
    '--replicas=2',
  ]);
  await succeed(['rollout', 'status', 'deployment/web', '--timeout=30s']);
});
after(() => kubectl(['delete', 'namespace', namespace, '--wait=false']));

for (const [tag, state] of [
  ['broken', /ErrImagePull|ImagePullBackOff/],
  ['crash', /CrashLoopBackOff/],
  ['unready', /0\/1 +Running/],
]) {
  test(`a container whose tag says ${tag} shows ${state}`, async () => {
    await succeed(['create', 'deployment', tag, `--image=app:1-${tag}`]);
    await until(['get', 'pods', '-l', `app=${tag}`], state);
    await succeed(['delete', 'deployment', tag]);
  });
}

test('a container without memory is told by exit code and reason', async () => {
  await succeed(['create', 'deployment', 'oom', '--image=app:oom']);
  const path = '{.items[0].status.containerStatuses[0].lastState.terminated}';
  await until(
    ['get', 'pods', '-l', 'app=oom', '-o', `jsonpath=${path}`],
    /"exitCode":137.*"reason":"OOMKilled"/,
  );
});

test('a container waits for its ConfigMap and starts when it is made', async () => {
  await succeed(['create', 'deployment', 'waiting', '--image=app:1']);
  await succeed([
    'patch',
    'deployment',
    'waiting',
    '--type=strategic',
    '-p',
    '{"spec":{"template":{"spec":{"containers":[{"name":"app","envFrom":[{"configMapRef":{"name":"late"}}]}]}}}}',
  ]);
  await until(
    ['get', 'pods', '-l', 'app=waiting'],
    /CreateContainerConfigError/,
  );
  await succeed(['create', 'configmap', 'late', '--from-literal=COLOUR=green']);
  await succeed(['rollout', 'status', 'deployment/waiting', '--timeout=20s']);
  assert.equal(
    await succeed(['exec', 'deployment/waiting', '--', 'printenv', 'COLOUR']),
    'green',
  );
});

test('a job runs its command: what it prints is its log, its exit code its end', async () => {
  await succeed([
    'create',
    'job',
    'good',
    '--image=busybox:1',
    '--',
    'sh',
    '-c',
    'echo one; echo two',
  ]);
  await succeed([
    'wait',
    '--for=condition=complete',
    'job/good',
    '--timeout=20s',
  ]);
  assert.equal(await succeed(['logs', 'job/good']), 'one\ntwo');
  await succeed(['create', 'job', 'bad', '--image=busybox:1', '--', 'false']);
  await until(['get', 'pods', '-l', 'job-name=bad'], /Error/);
});

test('a command in a container has standard input, output and an exit code', async () => {
  assert.equal(
    await succeed(
      ['exec', '-i', 'deployment/web', '--', 'wc', '-l'],
      'a\nb\nc\n',
    ),
    '3',
  );
  const failed = await kubectl([
    'exec',
    'deployment/web',
    '--',
    'sh',
    '-c',
    'echo seen; exit 7',
  ]);
  assert.equal(failed.code, 7);
  assert.match(failed.output, /^seen/);
});

test('a megabyte goes into a container and comes back unchanged', async () => {
  const text = randomBytes(500_000).toString('hex');
  assert.equal(
    await succeed(['exec', '-i', 'deployment/web', '--', 'cat'], text),
    text,
  );
});

test('logs are followed, cut and dated', async () => {
  const names = await succeed(['get', 'pods', '-l', 'app=web', '-o', 'name']);
  const [pod] = names.split('\n');
  assert.match(
    await succeed(['logs', pod, '--tail=1', '--timestamps']),
    /^\d{4}-\d\d-\d\dT\S+Z level=info [^\n]*$/,
  );
  const followed = await kubectl([
    'logs',
    '--follow',
    pod,
    '--tail=0',
    '--request-timeout=3s',
  ]);
  assert.match(followed.output, /request handled/);
  const previous = await kubectl(['logs', pod, '--previous']);
  assert.match(
    previous.output,
    /previous terminated container "web" .* not found/,
  );
});

test('a container reaches Services that have ready endpoints, and no others', async () => {
  await succeed(['expose', 'deployment', 'web', '--port=80']);
  await until(
    ['exec', 'deployment/web', '--', 'curl', '-s', 'http://web/health'],
    /^\{"status":"ok"\}$/,
  );
  const unknown = await kubectl([
    'exec',
    'deployment/web',
    '--',
    'curl',
    '-sS',
    'http://nowhere',
  ]);
  assert.match(unknown.output, /Could not resolve host: nowhere/);
});

test('use of processor and memory is measured', async () => {
  assert.match(
    await until(['top', 'pods', '-l', 'app=web', '--no-headers'], /15m +64Mi/),
    /web-/,
  );
  assert.match(await succeed(['top', 'nodes', '--no-headers']), /node-a/);
});

test('nobody but the API server is answered by the nodes', async () => {
  const port = (
    await succeed([
      'get',
      'nodes',
      'node-a',
      '-o',
      'jsonpath={.status.daemonEndpoints.kubeletEndpoint.Port}',
    ])
  ).trim();
  const { get } = await import('node:https');
  await new Promise((resolve, reject) => {
    get(
      `https://127.0.0.1:${port}/healthz`,
      { rejectUnauthorized: false, agent: false },
      () => reject(new Error('it answered')),
    ).on('error', resolve);
  });
});
