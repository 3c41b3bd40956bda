import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { ExecutorBench } from './testUtils/ExecutorBench';
import { isSteered, STEERINGS } from './testUtils/steering';

jest.setTimeout(30_000);

// That each of these attempts succeeds without the defence is shown in steeringUndefended.test.ts.
describe('what one step leaves, or a parameter,', () => {
  let bench: ExecutorBench;
  beforeEach(async () => {
    bench = await ExecutorBench.create();
  });
  afterEach(() => bench.dispose());

  it.each(STEERINGS)(
    'does not steer the programs of a step: $name',
    async steering => {
      const { steered, result } = await isSteered(bench, steering);
      expect(steered ? result.stdout + result.stderr : '').toBe('');
      expect(result.failure ?? '').toMatch(
        steering.parameters ? /begins with RUNBOOKS_P_/ : /^$/,
      );
    },
  );

  it('gives a step these variables and no others', async () => {
    const { carried } = await bench.run('export A=1 B=2 GIT_DIR=x; C=3');
    const { stdout } = await bench.run('env; : "$A $C $GIT_DIR"', {
      carried,
      environment: { RUNBOOKS_P_POD: 'web' },
    });
    const names = stdout.match(/^\w+(?==)/gm)?.sort();
    // The last four are bash's own.
    expect(names).toEqual(
      [
        ...['PATH', 'HOME', 'LANG', 'KUBECONFIG', 'RUN_ID', 'STEP_ID'],
        ...['ATTEMPT', 'RUNBOOKS_P_POD', 'A', 'PWD', 'SHLVL', '_'],
      ].sort(),
    );
  });

  it('does not hand on functions, under whatever name they travel', async () => {
    const { carried } = await bench.run(
      "kubectl() { echo steered; }; export -f kubectl\nprintf 'V+BASH_FUNC_kubectl%%%%=() { echo steered; }\\0' > /run/runbooks/report",
    );
    expect(JSON.stringify(carried)).not.toContain('steered');
    const { stdout } = await bench.run('env; bash -c kubectl', {
      carried,
    });
    expect(stdout).not.toContain('steered');
    await expect(
      bench.run('kubectl', {
        environment: { 'BASH_FUNC_kubectl%%': '() { echo steered; }' },
      }),
    ).resolves.toMatchObject({
      stdout: '',
      failure: expect.stringContaining("the parameter 'BASH_FUNC_kubectl%%'"),
    });
  });

  it('says which files of the home are not kept, and nothing of caches', async () => {
    const { dropped } = await bench.run(
      'mkdir -p ~/.cache/x ~/.config ~/.kube/cache/x; touch ~/.curlrc ~/kept; touch ~/.kube/kuberc',
    );
    expect(dropped.map(({ name }) => name).sort()).toEqual([
      '~/.config',
      '~/.curlrc',
    ]);
  });

  it('finds files of the home that have no dot in front in the next step, as the workspace keeps them', async () => {
    await bench.run(
      'echo backup > ~/backup.yaml; mkdir ~/out; echo a > ~/out/a; ln -s /etc/passwd ~/link; touch ~/gone',
    );
    const kept = path.join(bench.workspace, '.home');
    await expect(
      readFile(path.join(kept, 'backup.yaml'), 'utf8'),
    ).resolves.toBe('backup\n');
    const { stdout } = await bench.run(
      'cat ~/backup.yaml ~/out/a; readlink ~/link; rm ~/gone',
    );
    expect(stdout).toBe('backup\na\n/etc/passwd\n');
    expect((await bench.run('ls ~')).stdout).toBe('backup.yaml\nlink\nout\n');
  });

  it('bounds the home', async () => {
    const { stdout } = await bench.run(
      'head -c 100M /dev/zero > ~/big 2>/dev/null; stat -c %s ~/big; rm ~/big',
    );
    expect(Number(stdout)).toBe(64 * 1024 * 1024);
  });
});
