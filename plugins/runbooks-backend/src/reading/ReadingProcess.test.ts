import childProcess, { execFile } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { ReadingGivenUp } from './ReadingGivenUp';
import { whyLater } from '../runs/whyLater';
import { ReadingPool } from './ReadingPool';
import { ReadingProcess } from './ReadingProcess';

const run = promisify(execFile);

/** The reading processes of this one. */
async function children(): Promise<string[]> {
  const { stdout } = await run('ps', [
    '-o',
    'pid=,args=',
    '--ppid',
    String(process.pid),
  ]);
  return stdout.split('\n').filter(line => line.includes('--max-old-space'));
}

describe('a process that reads', () => {
  it('that needs more memory at once than it may have takes nobody with it', async () => {
    const small = await ReadingProcess.start(48);
    await expect(
      small.do({ job: 'runbook', args: ['x'.repeat(200e6), 'a.md'] }, 60_000),
    ).rejects.toThrow('it needs more than 48 MB of memory');
    // Whoever asks it again is told the same at once.
    await expect(
      small.do({ job: 'runbook', args: ['# A\n', 'a.md'] }, 60_000),
    ).rejects.toBeInstanceOf(ReadingGivenUp);
    await small.end();
  }, 120_000);

  it('that was killed while it had nothing to do costs the next text nothing', async () => {
    const pool = new ReadingPool({
      timeoutMs: 60_000,
      memoryMb: 512,
      processes: 1,
    });
    const read = () =>
      pool.read(
        { job: 'runbook', args: ['# A\n', 'a.md'] },
        'user:default/ann',
      );
    await read();
    const [own] = (await children()).slice(-1);
    process.kill(Number(own.trim().split(' ')[0]), 'SIGKILL');
    await delay(200);
    expect(await read()).toMatchObject({ title: 'A' });
    await pool.stop();
  }, 120_000);

  it('that cannot be started is told as the fault of the machine, with what the system said', async () => {
    const none = new EventEmitter();
    const spawned = jest.spyOn(childProcess, 'spawn').mockImplementation(() => {
      process.nextTick(() =>
        none.emit(
          'error',
          Object.assign(new Error('spawn node EMFILE'), { code: 'EMFILE' }),
        ),
      );
      return none as never;
    });
    const failed = await ReadingProcess.start(512).catch(error => error);
    spawned.mockRestore();
    expect(failed).toMatchObject({
      name: 'ServiceUnavailableError',
      message: expect.stringContaining('spawn node EMFILE'),
    });
    expect(whyLater(failed)).toBe("the backend's machine is full (EMFILE)");
  });

  it('is killed where it is given up, whatever it does', async () => {
    const before = (await children()).length;
    const started = await ReadingProcess.start(512);
    expect(await children()).toHaveLength(before + 1);
    const long = '## Restart\n\n```bash\nkubectl get pods\n```\n\n';
    await expect(
      started.do({ job: 'runbook', args: [long.repeat(20_000), 'a.md'] }, 50),
    ).rejects.toMatchObject({ tookTooLong: true });
    await started.end();
    expect(await children()).toHaveLength(before);
  }, 120_000);

  it('inherits no environment, and nothing but what it talks over', async () => {
    const started = await ReadingProcess.start(512);
    const own = (await children()).pop()?.trim().split(' ')[0];
    const { stdout } = await run('bash', [
      '-c',
      `tr -d '\\0' < /proc/${own}/environ; readlink /proc/${own}/fd/*`,
    ]);
    await started.end();
    const open = stdout.split('\n').filter(Boolean);
    expect(
      open.filter(to => !/^(socket|pipe|anon_inode):|^\/dev\/null$/.test(to)),
    ).toEqual([]);
    expect(open.filter(to => to.startsWith('socket:'))).toHaveLength(3);
  }, 120_000);

  it('ends with the process that started it, while it reads', async () => {
    const program = `
      const { ReadingProcess } = require(${JSON.stringify(
        require.resolve('./ReadingProcess'),
      )});
      const text = '## Restart\\n\\n\`\`\`bash\\nkubectl get pods\\n\`\`\`\\n\\n'.repeat(50_000);
      ReadingProcess.start(2048).then(started => {
        started.do({ job: 'runbook', args: [text, 'a.md'] }, 600_000).catch(() => {});
        setTimeout(() => {
          const ps = ['-o', 'pid=', '--ppid', String(process.pid)];
          console.log(require('child_process').execFileSync('ps', ps, { encoding: 'utf8' }));
          process.kill(process.pid, 'SIGKILL');
        }, 200);
      });
    `;
    const { stdout } = await run(process.execPath, [
      '--require',
      require.resolve('@backstage/cli/config/nodeTransform.cjs'),
      '-e',
      program,
    ]).catch(error => error);
    const pids = stdout.trim().split(/\s+/).map(Number);
    expect(pids.length).toBeGreaterThan(0);
    const isThere = (pid: number) => {
      try {
        return process.kill(pid, 0);
      } catch {
        return false;
      }
    };
    for (let tries = 0; tries < 50 && pids.some(isThere); tries++) {
      await delay(100);
    }
    expect(pids.filter(isThere)).toEqual([]);
  }, 120_000);
});
