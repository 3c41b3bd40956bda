import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { stopsAtFailure } from '@backstage-runbooks/plugin-runbooks-common';
import { ExecutorBench } from './testUtils/ExecutorBench';

// The machine that runs these tests may be busy with others.
jest.setTimeout(30_000);

/** Ends as kubectl does for what is gone; `get pods` answers, and `wait` is ended by a signal. */
const KUBECTL = `#!/bin/bash
case "$*" in
  'get pods') echo web ;;
  'apply -f -') cat ;;
  wait*) trap 'echo stopped; exit 1' TERM; sleep 20 & wait ;;
  words*) echo "$#" ;;
  'exit '*) exit "$2" ;;
  *) echo "Error from server (NotFound): not found" >&2; exit 1 ;;
esac
`;

describe('a kubectl that fails', () => {
  let bench: ExecutorBench;
  beforeEach(async () => {
    bench = await ExecutorBench.create();
    await writeFile(path.join(bench.folder, 'tools', 'kubectl'), KUBECTL, {
      mode: 0o755,
    });
  });
  afterEach(() => bench.dispose());

  const changing = (text: string) =>
    bench.run(text, { stopAtFailure: stopsAtFailure('change', text) });
  const failedIn = ({ commands }: Awaited<ReturnType<typeof changing>>) =>
    commands.flatMap(({ failed }) => (failed ? [failed] : []));

  it.each([
    'kubectl get x\nexec kubectl get pods',
    'kubectl get x; exec kubectl get pods',
    'kubectl get x; wait; kubectl get pods',
    'kubectl get x\nshopt -s nullglob\nkubectl get pods',
    'kubectl get x\neval "kubectl get pods"',
    'kubectl get x\nset +e\ntrue',
    'trap "echo bye" EXIT\nkubectl get x\nkubectl get pods',
    'kubectl get x; echo "$?"\ntrue',
    '{ kubectl get x; echo fine; }',
    '(kubectl get x) | cat',
    '{ kubectl get x; } | wc -l',
    "bash -c 'kubectl get x | cat'",
    'while read -r a; do echo "$a"; done < <(kubectl get x)',
    'test -z "$(kubectl get x)" && echo "all gone"',
    '[ "$(kubectl get x | wc -l)" -eq 0 ] && echo none',
    'case "$(kubectl get x)" in "") echo none ;; esac',
    'for a in x y; do kubectl get "$a"; done; true',
    'exec bash -c "kubectl get x | cat"',
  ])('makes the step a failed one: %s', async text => {
    const result = await changing(text);
    expect(failedIn(result)).toEqual([
      expect.stringMatching(/kubectl get (x|"\$a")/),
    ]);
    expect(result.ok).toBe(false);
  });

  it.each(['oc', 'k', 'kubecolor'])(
    'makes the step a failed one under its other name %s as well',
    async name => {
      await writeFile(path.join(bench.folder, 'tools', name), KUBECTL, {
        mode: 0o755,
      });
      const result = await changing(
        `for a in x y; do ${name} get "$a"; done; true`,
      );
      expect(failedIn(result)).toEqual([`${name} get "$a"`]);
      expect(result.ok).toBe(false);
      const handled = await changing(
        `[ -z "$(${name} get pods)" ] && echo no; ${name} get x || true`,
      );
      expect(handled.ok).toBe(true);
    },
  );

  it.each([
    'kubectl get x || true',
    'if kubectl get x; then echo some; else echo none; fi',
    'until kubectl get pods; do sleep 1; done',
    '{ kubectl get x; } || echo none',
    '(kubectl get pods) | cat',
    '(yes "$(kubectl get pods)") | head -1',
    '(kubectl exit 141) | cat',
    './handles.sh',
  ])('counts as nothing where bash handles it: %s', async text => {
    await writeFile(
      path.join(bench.workspace, 'handles.sh'),
      '#!/bin/bash\nkubectl get x || kubectl get pods\n',
      { mode: 0o755 },
    );
    const result = await changing(text);
    expect(failedIn(result)).toEqual([]);
    expect(result.ok).toBe(true);
  });

  it('is started with the input, the exit code and the words that the text gives it', async () => {
    const { stdout } = await bench.run(
      'echo "a  b" | kubectl apply -f -\nkubectl exit 7 || echo "$?"\nkubectl words "a b" "" c',
    );
    expect(stdout).toBe('a  b\n7\n4\n');
  });

  it.each([
    '__runbooks_plans=()',
    '__runbooks_stop=0',
    '__runbooks_judge() { :; }',
    'printf -v "__run""books_plans" x',
  ])('is seen after an attempt to switch that off: %s', async text => {
    const { ok } = await changing(
      `${text} 2>/dev/null || true\nkubectl get x\necho applied`,
    );
    const plain = await changing(`${text}\nkubectl get x\ntrue`);
    expect([ok, plain.ok]).toEqual([false, false]);
  });

  it('hears that it is to end', async () => {
    const { stdout, ok } = await bench.run(
      'kubectl wait & sleep 1; kill $!; wait $! || echo "$?"',
    );
    expect({ stdout, ok }).toEqual({ stdout: 'stopped\n143\n', ok: true });
  });
});

describe('a program whose reader had enough', () => {
  it('has not failed by the code that Python or curl gives it', async () => {
    const bench = await ExecutorBench.create();
    for (const [name, code] of [
      ['python3', 32],
      ['curl', 23],
    ]) {
      await writeFile(
        path.join(bench.folder, 'tools', `${name}`),
        `#!/bin/bash\necho x\nexit ${code}\n`,
        { mode: 0o755 },
      );
    }
    const fine = await bench.run(
      'python3 -m json.tool | head -20\ncurl -s localhost | head -1\ntrue',
    );
    const failed = await bench.run('echo | python3 -m json.tool\ntrue');
    await bench.dispose();
    expect([fine.ok, failed.ok]).toEqual([true, false]);
  });
});
