import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { lockedVariables } from '@backstage-runbooks/plugin-runbooks-common';
import { StepBench } from './testUtils/StepBench';

jest.setTimeout(60_000);

const EVIL = '#!/bin/bash\necho steered\n';

/** Ways to make another program of `kubectl`, as if judging had missed each of them. */
const ATTACKS = [
  'for PATH in bin; do kubectl get cm note; done',
  'read -r PATH < f\nkubectl get cm note',
  'f() { read -r PATH < f; kubectl get cm note; }; f',
  'f() { local PATH=bin; kubectl get cm note; }; f; true',
  'f() { PATH=bin; kubectl get cm note; }; f; true',
  'if read -r PATH < f; then true; fi; kubectl get cm note',
  '{ read -r PATH < f || true; } ; kubectl get cm note',
  'f() { local PATH; read -r PATH < f && kubectl get cm note; }; f',
  'f() { for PATH in bin; do kubectl get cm note; done; }; (f)',
  'printf -v PATH bin; kubectl get cm note',
  "printf -v 'BASH_CMDS[kubectl]' bin/kubectl\nkubectl get cm note",
  'for BASH_ENV in bin/kubectl; do export BASH_ENV; bash -c true; done',
];

describe('a step that binds what decides which programs run', () => {
  let bench: StepBench;
  beforeAll(async () => {
    bench = await StepBench.create('steering');
    await bench.kubectl('create', 'configmap', 'note');
    const { workspace } = bench.bench;
    await mkdir(path.join(workspace, 'bin'));
    await writeFile(path.join(workspace, 'f'), 'bin\n');
    await writeFile(path.join(workspace, 'bin/kubectl'), EVIL, { mode: 0o755 });
  });
  afterAll(() => bench.dispose());

  it.each(ATTACKS)(
    'runs the unseen program without the lock: %s',
    async text => {
      const { stdout } = await bench.run(text, { execution: { locked: [] } });
      expect(stdout).toContain('steered');
    },
  );

  it.each(ATTACKS)(
    'fails, and the unseen program does not run: %s',
    async text => {
      const { stdout, stderr, ok } = await bench.run(text, {
        execution: {
          stopAtFailure: true,
          locked: lockedVariables(text, {
            commands: [],
            writes: { kind: 'none' },
          }),
        },
      });
      expect(stdout).not.toContain('steered');
      expect(stderr).toMatch(/readonly variable/);
      expect(ok).toBe(false);
    },
  );

  it.each([
    "printf 'f() { PATH=bin; }\\n' > lib.sh\n. ./lib.sh\nf || true",
    "f() { printf 'progress ' >&2; PATH=bin; }; f || true",
    'f() { unset PATH; }; f || true',
    'f() { sleep 0 & wait -n -p PATH; }; f || true',
    'f() { BASH_ARGV0=x; PATH=bin; }; f || true',
    'f() { PATH=bin; } 2>&1; f || true',
    'exec 2>&1; f() { PATH=bin; }; f || true',
  ])('fails, however bash tells it: %s', async text => {
    const { ok, failure } = await bench.run(`${text}\ntrue`, {
      execution: { locked: ['PATH'] },
    });
    expect(failure).toMatch(/would change PATH, which decides/);
    expect(ok).toBe(false);
  });

  it.each(['{ PATH=bin; } 2> /dev/null', 'x=$({ PATH=bin; } 2>&1)'])(
    'leaves the variable as it was where the text sends that elsewhere: %s',
    async text => {
      const { stdout, ok } = await bench.run(
        `f() { ${text}; }; f || true\nkubectl get cm note -o name`,
        { execution: { locked: ['PATH'] } },
      );
      expect({ stdout, ok }).toEqual({ stdout: 'configmap/note\n', ok: true });
    },
  );

  it('finds kubectl of the product where PATH leads nowhere', async () => {
    const { stdout, ok } = await bench.run(
      'env PATH=/nowhere /opt/runbooks/reporters/kubectl get cm note -o name',
    );
    expect({ stdout, ok }).toEqual({ stdout: 'configmap/note\n', ok: true });
  });

  it('may set what the plan let its text set', async () => {
    const { stdout, ok } = await bench.run(
      'PATH="$PATH:$PWD/bin"; export KUBECONFIG="$KUBECONFIG"; unset EDITOR\nkubectl get cm note -o name',
    );
    expect({ stdout, ok }).toEqual({ stdout: 'configmap/note\n', ok: true });
  });
});
