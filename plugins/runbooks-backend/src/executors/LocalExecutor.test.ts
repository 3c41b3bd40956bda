import { mkdir, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import {
  ExecutorBench,
  processesWith,
  processStarted,
} from './testUtils/ExecutorBench';

// The machine that runs these tests may be busy with others.
jest.setTimeout(30_000);

describe('running a step on this machine', () => {
  let bench: ExecutorBench;
  beforeEach(async () => {
    bench = await ExecutorBench.create();
  });
  afterEach(() => bench.dispose());

  it('is available where bubblewrap works', async () => {
    await expect(bench.executor.probe()).resolves.toEqual({ available: true });
  });

  it('says which step of which run it is', async () => {
    const { stdout } = await bench.run('echo "$RUN_ID $STEP_ID $ATTEMPT"', {
      runId: 'r',
      stepId: 'p/1.2',
      attempt: 3,
    });
    expect(stdout).toBe('r p/1.2 3\n');
  });

  it('ends as bash does, without stopping at the first failure', async () => {
    const result = await bench.run('false\necho on\nexit 4');
    expect(result).toMatchObject({ ok: false, exitCode: 4, stdout: 'on\n' });
  });

  it('keeps output and error output apart', async () => {
    const result = await bench.run('echo a; echo b >&2; echo c > /dev/stderr');
    expect(result).toMatchObject({ ok: true, stdout: 'a\n', stderr: 'b\nc\n' });
  });

  it('keeps the files of the workspace between steps', async () => {
    await bench.run('echo kept > file; mkdir -p sub');
    const { stdout } = await bench.run('cat file; pwd');
    expect(stdout).toBe('kept\n/workspace\n');
  });

  it('runs scripts of the workspace', async () => {
    const script = path.join(bench.workspace, 'x.sh');
    await writeFile(script, '#!/bin/bash\necho "script $1"\n', { mode: 0o755 });
    const { stdout } = await bench.run('./x.sh a');
    expect(stdout).toBe('script a\n');
  });

  describe('what happened in it', () => {
    const outcomes = async (text: string) =>
      (await bench.run(text)).commands.map(({ line, exitCode }) => [
        line,
        exitCode,
      ]);

    it('is told for each top-level command', async () => {
      const { commands } = await bench.run('true\nfalse\necho end');
      expect(commands).toEqual([
        { line: 1, text: 'true', exitCode: 0 },
        { line: 2, text: 'false', exitCode: 1, failed: 'false' },
        { line: 3, text: 'echo end', exitCode: 0 },
      ]);
    });

    it.each<[string, string, number[][]]>([
      [
        'a failing condition is no failure',
        'if false; then\n:\nfi\ntrue',
        [
          [1, 0],
          [4, 0],
        ],
      ],
      [
        'a failure that is caught is none',
        'false || true\ntrue',
        [
          [1, 0],
          [2, 0],
        ],
      ],
      [
        'a pipeline ends as its last part',
        'false |\n true\ntrue | false\n:',
        [
          [1, 0],
          [3, 1],
          [4, 0],
        ],
      ],
      [
        'a subshell that fails is told',
        'true\n(exit 3)\ntrue',
        [
          [1, 0],
          [2, 3],
          [3, 0],
        ],
      ],
      [
        'a failure in front of a subshell is told',
        'false\n(exit 0)\ntrue',
        [
          [1, 1],
          [2, 0],
          [3, 0],
        ],
      ],
      [
        'a loop is one command',
        'for i in 1 2 3; do\n echo $i\ndone\nfalse',
        [
          [1, 0],
          [4, 1],
        ],
      ],
      [
        'a function is told where it is called',
        'f() { return 5; }\nf\n:',
        [
          [1, 0],
          [2, 5],
          [3, 0],
        ],
      ],
      [
        'what comes after an exit is not told',
        'true\nexit 0\nfalse',
        [
          [1, 0],
          [2, 0],
        ],
      ],
      [
        'set -e ends at the failure',
        'set -e\nfalse\ntrue',
        [
          [1, 0],
          [2, 1],
        ],
      ],
      [
        'set -e ends at nothing else',
        'set -eu\ntrue\n:\ntrue',
        [
          [1, 0],
          [2, 0],
          [3, 0],
          [4, 0],
        ],
      ],
      ['nothing is told of comments', '# one\n\ntrue # two', [[3, 0]]],
    ])('%s', async (_, text, expected) => {
      await expect(outcomes(text)).resolves.toEqual(expected);
    });

    it('does not change what the text sees of itself', async () => {
      const { stdout, stderr } = await bench.run(
        [
          'false | true | false',
          'echo "${PIPESTATUS[*]}"',
          'echo one two; echo "$_"',
          'set -x',
          'echo traced',
        ].join('\n'),
      );
      expect(stdout).toBe('1 0 1\none two\ntwo\ntraced\n');
      expect(stderr).toBe('+ echo traced\n');
    });
  });

  describe('what is carried to the next step', () => {
    it('are variables, exported or not as they were, and the working directory', async () => {
      const { carried } = await bench.run(
        'export A=1\nB="two words"\nreadonly C=3\nmkdir -p sub/dir\ncd sub/dir',
      );
      expect(carried).toEqual({
        variables: {
          A: { value: '1', exported: true },
          B: { value: 'two words', exported: false },
          C: { value: '3', exported: false },
        },
        workingDirectory: 'sub/dir',
      });
      const next = await bench.run('echo "$A $B $C"; pwd; env | grep ^[ABC]=', {
        carried,
      });
      expect(next.stdout).toBe('1 two words 3\n/workspace/sub/dir\nA=1\n');
    });

    it('are values with any character, as they are', async () => {
      const value = '$(touch /workspace/oops) `id` "\'\n\\ é *=+';
      const { carried } = await bench.run('V=$RUNBOOKS_P_GIVEN', {
        environment: { RUNBOOKS_P_GIVEN: value },
      });
      expect(carried.variables).toEqual(plain({ V: value }));
      const next = await bench.run('printf %s "$V"; ls /workspace', {
        carried,
      });
      expect(next.stdout).toBe(value);
    });

    it('are not what decides which programs run, and it is told', async () => {
      const { carried, dropped } = await bench.run(
        [
          'export PATH=/workspace:$PATH BASH_ENV=/workspace/e',
          'export ENV=x IFS=: KUBECONFIG=/tmp/k',
          'export RUNBOOKS_X=1; arr=(1 2); f() { :; }; export -f f; KEPT=1',
        ].join('\n'),
      );
      expect(carried.variables).toEqual(plain({ KEPT: '1' }));
      expect(dropped.map(({ name }) => name).sort()).toEqual(
        ['$BASH_ENV', '$ENV', '$KUBECONFIG', '$PATH', '$arr'].sort(),
      );
    });

    it('reach only a step that reads them, and pass by the others', async () => {
      const carried = {
        variables: {
          A: { value: '1', exported: true },
          B: { value: '2', exported: true },
        },
        workingDirectory: '',
      };
      const result = await bench.run('env; echo "${A-none}"; A=3', { carried });
      expect(result.stdout).not.toContain('B=');
      expect(result.carried.variables).toEqual({
        A: { value: '3', exported: true },
        B: { value: '2', exported: true },
      });
    });

    it('lose a variable that was unset', async () => {
      const { carried } = await bench.run('unset A', {
        carried: { variables: plain({ A: '1', B: '2' }), workingDirectory: '' },
      });
      expect(carried.variables).toEqual(plain({ B: '2' }));
    });

    it.each([
      ['fails', 'A=1; exit 3'],
      ['stops at a failure', 'set -eu; A=1; false; B=2'],
      ['has an exit trap of its own', "trap 'echo bye' EXIT\nA=1\nexit 2"],
      ['changes how bash reads', 'IFS=x; set -fu; shopt -s nocasematch; A=1'],
    ])('are known of a step that %s', async (_, text) => {
      const { carried } = await bench.run(text);
      expect(carried.variables).toEqual(plain({ A: '1' }));
    });

    it('leaves an exit trap of the step as it is', async () => {
      const result = await bench.run(
        'trap \'echo "bye $? $A"\' EXIT\nA=1\nexit 2',
      );
      expect(result).toMatchObject({ exitCode: 2, stdout: 'bye 2 1\n' });
    });

    it('stay as they were when the step was killed', async () => {
      const carried = { variables: plain({ A: '1' }), workingDirectory: '' };
      const result = await bench.run('A=2; kill -KILL $$', { carried });
      expect(result).toMatchObject({ ok: false, exitCode: 137, carried });
    });

    it('is not the way out of the workspace', async () => {
      const outside = await bench.run('cd /tmp');
      expect(outside.carried.workingDirectory).toBe('');
      const { stdout } = await bench.run('pwd', {
        carried: { variables: {}, workingDirectory: 'gone' },
      });
      expect(stdout).toBe('/workspace\n');
    });

    it('cannot be forged into anything but the step itself', async () => {
      const result = await bench.run(
        [
          "printf 'D/workspace/../etc\\0VPATH=/evil\\0VBAD NAME=1\\0VOK=1\\0X\\0S9:10=0\\0Sx\\0' > /run/runbooks/report",
          'head -c 6000000 /dev/zero > /run/runbooks/report',
          'exit 7',
        ].join('\n'),
      );
      expect(result).toMatchObject({ ok: false, exitCode: 7 });
      expect(result.carried).toEqual({
        variables: plain({ OK: '1' }),
        workingDirectory: '',
      });
    });
  });

  describe('the way it ends', () => {
    const STUBBORN = [
      'setsid nohup sleep 987601 >/dev/null 2>&1 & disown',
      "(trap '' TERM; while :; do sleep 987601; done) &",
      "trap 'echo cleaning' TERM",
      'echo started',
      'sleep 987601',
      'echo after',
      'sleep 987601',
    ].join('\n');

    it('takes its background jobs with it', async () => {
      const result = await bench.run('setsid sleep 987602 & echo done');
      expect(result).toMatchObject({ ok: true, stdout: 'done\n' });
      await expect(processesWith('sleep 987602')).resolves.toEqual([]);
    });

    it('is asked for politely first, and then nothing is left', async () => {
      const cancel = new AbortController();
      let seen = '';
      const result = await bench.run(STUBBORN, {
        signal: cancel.signal,
        killAfterMs: 5_000,
        onOutput: async (_, chunk) => {
          seen += chunk;
          if (!seen.includes('started') || cancel.signal.aborted) return;
          // What it says comes before what it starts.
          await processStarted('sleep 987601');
          cancel.abort();
        },
      });
      expect(seen.replace('Terminated\n', '')).toBe(
        'started\ncleaning\nafter\n',
      );
      expect(result).toMatchObject({
        ok: false,
        cancelled: true,
        timedOut: false,
      });
      expect(result.exitCode).toBeUndefined();
      await expect(processesWith('sleep 987601')).resolves.toEqual([]);
    });

    it('keeps the exit code of a step that heeds the polite way', async () => {
      const cancel = new AbortController();
      const result = await bench.run('echo started; sleep 60', {
        signal: cancel.signal,
        onOutput: () => cancel.abort(),
      });
      expect(result).toMatchObject({
        ok: false,
        cancelled: true,
        exitCode: 143,
      });
      expect(result.durationMs).toBeLessThan(5_000);
    });

    it('is a failure when its time is over', async () => {
      const result = await bench.run('sleep 60', { timeoutMs: 400 });
      expect(result).toMatchObject({
        ok: false,
        timedOut: true,
        cancelled: false,
      });
    });

    it('is a success when it is made to end by time', async () => {
      const result = await bench.run('while :; do echo tick; sleep .1; done', {
        timeoutMs: 500,
        endsAtTimeout: true,
      });
      expect(result).toMatchObject({ ok: true, timedOut: true });
      expect(result.stdout).toMatch(/^tick\ntick\n/);
    });

    it('comes at once for a step that was cancelled before it began', async () => {
      const result = await bench.run('echo no', {
        signal: AbortSignal.abort(),
      });
      expect(result).toMatchObject({ ok: false, cancelled: true, stdout: '' });
    });

    it('does not come before a slow receiver has all of the output', async () => {
      let active = 0;
      let bytes = 0;
      await bench.run('head -c 300000 /dev/zero; echo x >&2', {
        onOutput: async (_, chunk) => {
          active += 1;
          expect(active).toBe(1);
          await new Promise(resolve => setTimeout(resolve, 5));
          bytes += chunk.length;
          active -= 1;
        },
      });
      expect(bytes).toBe(300_002);
    });

    it('is a fault of the backend when the output cannot be received', async () => {
      await expect(
        bench.run('echo a; sleep 987603', {
          onOutput: async () => {
            throw new Error('no room');
          },
        }),
      ).rejects.toThrow('no room');
      await expect(processesWith('sleep 987603')).resolves.toEqual([]);
    });
  });

  describe('the sandbox', () => {
    it('runs nothing of a text that bash cannot read', async () => {
      const result = await bench.run('touch oops\nif true; then\n');
      expect(result).toMatchObject({
        ok: false,
        failure: expect.stringMatching(
          /bash cannot read this text.*step\.sh: line 3: syntax error/s,
        ),
      });
      expect((await bench.run('ls')).stdout).toBe('');
    });

    it('shows no host process, environment, user or capability', async () => {
      process.env.RUNBOOKS_BENCH_MARK = 'do-not-pass';
      try {
        const { stdout } = await bench.run(
          [
            'env; cat /proc/*/environ | tr "\\0" "\\n"',
            'cat /proc/[0-9]*/cmdline | tr "\\0" "\\n" | grep -c "[j]est"',
            'id -un; grep CapEff /proc/self/status',
          ].join('\n'),
        );
        expect(stdout).not.toContain('do-not-pass');
        expect(stdout).toMatch(/^0\nstep\nCapEff:\s+0{16}\n$/m);
      } finally {
        delete process.env.RUNBOOKS_BENCH_MARK;
      }
    });

    it('has nothing to read that belongs to root, and nothing to write but its own', async () => {
      const { stdout } = await bench.run(
        [
          'for f in /x /usr/x /etc/x /run/x /run/runbooks/x /opt/runbooks/x /dev/x; do touch $f 2>/dev/null && echo "wrote $f"; done',
          'touch /workspace/f /tmp/f /dev/shm/f ~/f && echo fine',
          'cat /etc/shadow /root/.profile 2>&1 | grep -c "No such"',
          'unshare -Ur true 2>&1 | grep -o "unshare failed"',
        ].join('\n'),
      );
      expect(stdout).toBe('fine\n2\nunshare failed\n');
    });

    it('has no network but its own loopback', async () => {
      const { stdout } = await bench.run(
        '(exec 3<>/dev/tcp/192.0.2.1/80) 2>&1 | grep -c unreachable; tail -n +3 /proc/net/dev | cut -d: -f1',
      );
      expect(stdout.trim().split(/\s+/)).toEqual(['2', 'lo']);
    });

    it('has only its three descriptors open', async () => {
      const { stdout } = await bench.run('ls /proc/self/fd | tr "\\n" " "');
      expect(stdout).toBe('0 1 2 3 ');
    });

    it('bounds /tmp, /dev/shm and the number of processes', async () => {
      const { stdout } = await bench.run(
        [
          'for d in /tmp /dev/shm; do head -c 600M /dev/zero > $d/big 2>/dev/null; stat -c %s $d/big; rm $d/big; done',
          'exec 5<> <(:)',
          '(for i in {1..400}; do sleep 30 & done) 2>/dev/null &',
          // Until as many have started as may; a busy machine takes its time.
          'for i in {1..60}; do all=(/proc/[0-9]*); ((${#all[@]} > 200)) && break; read -t .25 -u 5; done',
          'read -t 1 -u 5; all=(/proc/[0-9]*); ((${#all[@]} > 200 && ${#all[@]} < 300)) && echo bounded',
        ].join('\n'),
      );
      expect(stdout).toBe(
        `${256 * 1024 * 1024}\n${16 * 1024 * 1024}\nbounded\n`,
      );
    });

    it('shows neither text nor values on the command lines of the host', async () => {
      await bench.run('echo started; sleep .3 # mark-in-text-4711', {
        environment: { RUNBOOKS_P_VALUE: 'mark-in-value-4711' },
        onOutput: async () => {
          expect(await processesWith('4711')).toEqual([]);
        },
      });
    });

    describe('says why it cannot start:', () => {
      const hostPath = process.env.PATH;
      afterEach(() => {
        process.env.PATH = hostPath;
      });

      /** A PATH with what the executor calls, and a bubblewrap that complains. */
      async function pathWith(complaint: string | undefined) {
        const folder = path.join(bench.folder, 'path');
        await mkdir(folder);
        await Promise.all(
          ['setpriv', 'chown', 'mkfifo', 'bash'].map(name =>
            symlink(`/usr/bin/${name}`, path.join(folder, name)),
          ),
        );
        if (complaint) {
          const text = `#!/bin/bash\necho "bwrap: ${complaint}" >&2\nexit 1\n`;
          await writeFile(path.join(folder, 'bwrap'), text, { mode: 0o755 });
        }
        process.env.PATH = folder;
      }

      it.each<[string, string | undefined, RegExp]>([
        ['bubblewrap is missing', undefined, /^bubblewrap is not installed/],
        [
          '/proc is masked',
          "Can't mount proc on /newroot/proc: Operation not permitted",
          /^\/proc is masked: .*Can't mount proc/,
        ],
        [
          'user namespaces are forbidden',
          'No permissions to create new namespace, likely because the kernel does not allow it',
          /^user namespaces are not allowed here/,
        ],
        ['something else', 'moon phase', /^the sandbox did not start: .*moon/],
      ])('%s', async (_, complaint, because) => {
        await pathWith(complaint);
        await expect(bench.executor.probe()).resolves.toEqual({
          available: false,
          because: expect.stringMatching(because),
        });
      });
    });
  });
});

/** Variables that were set and not exported. */
function plain(values: Record<string, string>) {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      { value, exported: false },
    ]),
  );
}
