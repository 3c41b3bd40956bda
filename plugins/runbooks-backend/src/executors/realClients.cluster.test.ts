import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { StepBench } from './testUtils/StepBench';

jest.setTimeout(60_000);

const REAL = '/opt/runbooks/bin/kubectl';

/** A kubeconfig of the workspace: another address, an identity, a program that tells who one is. */
const settings = (user: string, server = 'http://127.0.0.1:6443') =>
  `apiVersion: v1
kind: Config
clusters:
- {cluster: {server: "${server}"}, name: run}
contexts:
- {context: {cluster: run, user: me}, name: run}
current-context: run
users:
- name: me
  user: ${user}
`;

const EXEC = `{exec: {apiVersion: client.authentication.k8s.io/v1, command: /workspace/who, interactiveMode: Never}}`;
const WHO = `#!/bin/bash
echo started >&2
echo '{"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential","status":{"token":"made-up"}}'
`;

/** What a step that may write nothing asks for, past what stands in front of kubectl. */
const REFUSED = [
  `${REAL} delete cm note`,
  `${REAL} create cm other`,
  `${REAL} get cm note --as=system:admin --as-group=system:masters`,
  `KUBECONFIG=as.yaml ${REAL} get cm note -n $NAMESPACE`,
  `${REAL} get secret db -o yaml`,
  `${REAL} get --raw "/api/v1/namespaces/$NAMESPACE/secrets/db"`,
  `cp ${REAL} ./mine; ./mine delete cm note`,
];

describe('the real kubectl, started by its path in a step that was approved for what cannot be told', () => {
  let bench: StepBench;
  beforeAll(async () => {
    bench = await StepBench.create('real');
    await bench.kubectl('create', 'configmap', 'note');
    await bench.kubectl(
      ...['create', 'secret', 'generic', 'db'],
      '--from-literal=pw=made-up-password',
    );
    const put = (name: string, text: string, mode?: number) =>
      writeFile(path.join(bench.bench.workspace, name), text, { mode });
    await put('who', WHO, 0o755);
    await put('exec.yaml', settings(EXEC, 'https://127.0.0.1:6443'));
    await put('as.yaml', settings('{as: system:admin}'));
    await put(
      'elsewhere.yaml',
      settings('{token: made-up}', bench.lane.server),
    );
  });
  afterAll(() => bench.dispose());

  it('reads what the gateway lets the step read', async () => {
    const { stdout, calls } = await bench.run(`${REAL} get cm note -o name`);
    expect(stdout).toBe('configmap/note\n');
    expect(calls.map(({ decision }) => decision)).not.toContain('refused');
  });

  it.each(REFUSED)(
    'reaches nothing more than the gateway lets it: %s',
    async text => {
      const asked = text.replace('$NAMESPACE', bench.namespace);
      const { stdout, stderr } = await bench.run(asked, {
        gateway: { secrets: { kind: 'none' }, destructive: false },
      });
      expect(stdout).toBe('');
      expect(stderr).toMatch(/this step|forbidden|refused/i);
      expect(await bench.kubectl('get', 'cm', '-o', 'name')).toContain(
        'configmap/note',
      );
    },
  );

  it('reaches no other address, the API server among them', async () => {
    const { stdout, stderr, calls } = await bench.run(
      `KUBECONFIG=elsewhere.yaml ${REAL} get cm note --request-timeout=3s`,
    );
    expect({ stdout, calls }).toEqual({ stdout: '', calls: [] });
    expect(stderr).toMatch(/refused|unreachable|timeout/i);
  });

  it('starts programs of the workspace by settings of its own, which the step may do anyway', async () => {
    const { stdout, stderr } = await bench.run(
      `KUBECONFIG=exec.yaml ${REAL} get cm note -o name`,
    );
    expect(stderr).toContain('started');
    expect(stdout).toBe('');
  });

  it('does not tell that it failed where bash does not, other than kubectl by its name', async () => {
    const failing = (kubectl: string) =>
      bench.run(`for name in nobody; do ${kubectl} get cm $name; done || true`);
    const [byPath, byName] = [await failing(REAL), await failing('kubectl')];
    expect(byPath.commands).toEqual([expect.objectContaining({ exitCode: 0 })]);
    expect([byName.commands, byName.ok]).not.toEqual([
      byPath.commands,
      byPath.ok,
    ]);
  });
});
