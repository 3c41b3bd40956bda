import { chmod, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createLocalExecutor } from './createLocalExecutor';
import { ExecutorBench, quietLogger } from './testUtils/ExecutorBench';

jest.setTimeout(30_000);

describe('the tools of a step', () => {
  const hostPath = process.env.PATH;
  let bench: ExecutorBench;
  beforeEach(async () => {
    bench = await ExecutorBench.create();
  });
  afterEach(async () => {
    process.env.PATH = hostPath;
    await bench.dispose();
  });

  const program = async (folder: string, name: string, says: string) => {
    await mkdir(folder, { recursive: true });
    const file = path.join(folder, name);
    await writeFile(file, `#!/bin/bash\necho ${says}\n`);
    await chmod(file, 0o755);
  };
  const withTools = async (toolsDirectory?: string) => {
    const warnings: string[] = [];
    const executor = await createLocalExecutor({
      data: { directory: bench.folder },
      logger: { ...quietLogger, warn: text => warnings.push(text) },
      toolsDirectory,
    });
    return { executor, warnings, run: bench.with(executor) };
  };

  it('are those of the configured folder and of the system', async () => {
    const folder = path.join(bench.folder, 'mine');
    await program(folder, 'kubectl', 'mine');
    const { executor, run, warnings } = await withTools(folder);
    expect((await run('kubectl; ls > /dev/null')).stdout).toBe('mine\n');
    const inventory = await executor.inventory();
    expect(inventory).toMatchObject({ id: 'local', hasNetwork: false });
    expect(inventory.unavailable).toBeUndefined();
    expect(inventory.notice).toBeUndefined();
    expect(warnings).toEqual([]);
    const has = (name: string) => inventory.hasTool(name);
    expect(['kubectl', 'ls', 'awk', 'cd', './x.sh'].filter(has)).toHaveLength(
      5,
    );
    expect(['argocd', 'no-such-tool', 'passwd.txt'].some(has)).toBe(false);
  });

  it('are kubectl and helm of the backend where no folder is configured, and nothing else of its PATH', async () => {
    const folder = path.join(bench.folder, 'host');
    await program(folder, 'kubectl', 'of the host');
    await program(folder, 'secret-tool', 'no');
    process.env.PATH = `${folder}:${hostPath}`;
    const { executor, run } = await withTools();
    const result = await run('kubectl; command -v secret-tool');
    expect(result.stdout).toBe('of the host\n');
    const inventory = await executor.inventory();
    expect(inventory.hasTool('kubectl')).toBe(true);
    expect(inventory.hasTool('secret-tool')).toBe(false);
  });

  it('are those of the system where the configured folder is missing, and that is said at the start and at planning', async () => {
    const folder = path.join(bench.folder, 'gone');
    process.env.PATH = `${bench.folder}/host:${hostPath}`;
    await program(`${bench.folder}/host`, 'kubectl', 'of the host');
    const { executor, run, warnings } = await withTools(folder);
    const said = expect.stringContaining(
      `runbooks.executors.local.toolsDirectory is '${folder}'`,
    );
    expect(warnings).toEqual([said]);
    await expect(executor.inventory()).resolves.toMatchObject({ notice: said });
    await expect(executor.probe()).resolves.toEqual({ available: true });
    const { ok, stdout } = await run('echo fine');
    expect({ ok, stdout }).toEqual({ ok: true, stdout: 'fine\n' });
    expect((await run('kubectl')).stdout).not.toContain('of the host');
  });

  it('are only what the user who runs steps may reach', async () => {
    const folder = path.join(bench.folder, 'closed', 'bin');
    await program(folder, 'kubectl', 'closed');
    await chmod(path.dirname(folder), 0o600);
    process.env.PATH = `${folder}:${hostPath}`;
    const { run } = await withTools();
    expect((await run('kubectl; echo on')).stdout).not.toContain('closed');
    await chmod(path.dirname(folder), 0o700);
  });
});
