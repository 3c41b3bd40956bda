import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { mockServices } from '@backstage/backend-test-utils';
import { GATEWAY_PORT } from '@backstage-runbooks/plugin-runbooks-common';
import { ExecutorBench, processesWith } from './testUtils/ExecutorBench';
import { WarmRelays } from './WarmRelays';

/** Asks whatever listens where kubectl finds its cluster. */
const ASK = `exec 9<>/dev/tcp/127.0.0.1/${GATEWAY_PORT} && cat <&9`;
const SEEN_WITHIN_MS = 20_000;

jest.setTimeout(60_000);

describe('relays that were started before a step needs one', () => {
  let bench: ExecutorBench;
  const gateways: Server[] = [];
  const hostPath = process.env.PATH;

  beforeEach(async () => {
    bench = await ExecutorBench.create();
  });
  afterEach(async () => {
    process.env.PATH = hostPath;
    for (const gateway of gateways.splice(0)) gateway.close();
    await bench.dispose();
  });

  /** A gateway that says one thing to everybody, and the path of its socket. */
  async function gatewayThatSays(text: string): Promise<string> {
    const socket = path.join(bench.folder, `${gateways.length}.sock`);
    const gateway = createServer(connection => connection.end(text));
    gateways.push(gateway);
    await new Promise<void>(resolve => {
      gateway.listen(socket, resolve);
    });
    return socket;
  }

  /** The folders of relays that run; each has one as long as it lives. */
  const relayFolders = async (folder = bench.folder) =>
    (await readdir(path.join(folder, 'x'))).filter(name =>
      name.startsWith('r-'),
    );

  it('lead a step to the gateway of its attempt, each step to its own', async () => {
    await bench.relays.fill();
    const sockets = [
      await gatewayThatSays('one'),
      await gatewayThatSays('two'),
    ];
    const said = await Promise.all(
      sockets.map(gatewaySocket => bench.run(ASK, { gatewaySocket })),
    );
    expect(said.map(({ stdout }) => stdout)).toEqual(['one', 'two']);
  });

  it('are not waited for: a step that finds none starts its own, and reaches the same', async () => {
    const gatewaySocket = await gatewayThatSays('fine');
    const inside = await bench.run(`${ASK}; ls /run/runbooks | grep -c relay`, {
      gatewaySocket,
    });
    await bench.relays.fill();
    const ahead = await bench.run(`${ASK}; ls /run/runbooks | grep -c relay`, {
      gatewaySocket,
    });
    expect([inside.stdout, ahead.stdout]).toEqual(['fine1\n', 'fine0\n']);
  });

  it('show a step neither their process nor their files, and no way but the gateway', async () => {
    await bench.relays.fill();
    const { stdout } = await bench.run(
      [
        'cat /proc/[0-9]*/cmdline | tr "\\0" "\\n" | grep -c "[r]elay"',
        'find /run /opt -name "*.sock" -o -name "node" -o -name "relay*" | wc -l',
        '(exec 3<>/dev/tcp/192.0.2.1/80) 2>&1 | grep -c unreachable; tail -n +3 /proc/net/dev | cut -d: -f1',
        'ls /proc/self/fd | tr "\\n" " "',
        'unshare -Ur true 2>&1 | grep -o "unshare failed"',
        'id -un; grep CapEff /proc/self/status | tr -s "\\t" " "; cat /etc/shadow 2>&1 | grep -c "No such"',
      ].join('\n'),
      { gatewaySocket: await gatewayThatSays('fine') },
    );
    expect(stdout.split('\n').map(line => line.trim())).toEqual([
      ...['0', '0', '2', 'lo'],
      ...['0 1 2 3 unshare failed', 'step', 'CapEff: 0000000000000000', '1'],
      '',
    ]);
  });

  it('are each taken once, in a network of their own', async () => {
    await bench.relays.fill();
    const socket = await gatewayThatSays('fine');
    const relay = await bench.relays.take(socket);
    const other = await bench.relays.take(socket);
    expect(relay?.network.network).not.toBe(other?.network.network);
    expect(await bench.relays.take(socket)).toBeUndefined();
    for (const one of [relay, other]) if (one) bench.relays.release(one);
  });

  it('serve one attempt and end with it, and others take their place', async () => {
    await bench.relays.fill();
    const before = await relayFolders();
    expect(before).toHaveLength(2);
    const gatewaySocket = await gatewayThatSays('fine');
    await bench.run(ASK, { gatewaySocket });
    await bench.relays.fill();
    const after = await relayFolders();
    expect(after).toHaveLength(2);
    expect(before.filter(name => after.includes(name))).toHaveLength(1);
  });

  it('are never more than two that wait, however often they are asked for', async () => {
    await Promise.all([1, 2, 3].map(() => bench.relays.fill()));
    await bench.relays.fill();
    expect(await relayFolders()).toHaveLength(2);
  });

  it('are replaced where they died while they waited', async () => {
    await bench.relays.fill();
    const [first] = await relayFolders();
    const [line] = await processesOf(first);
    process.kill(Number(line), 'SIGKILL');
    await untilNone(first);
    const gatewaySocket = await gatewayThatSays('fine');
    const results = [
      await bench.run(ASK, { gatewaySocket }),
      await bench.run(ASK, { gatewaySocket }),
    ];
    expect(results.map(({ stdout }) => stdout)).toEqual(['fine', 'fine']);
  });

  it('end when the backend stops, and leave no folder', async () => {
    await bench.relays.fill();
    const names = await relayFolders();
    await bench.relays.stop();
    expect(await relayFolders()).toEqual([]);
    for (const name of names) expect(await processesOf(name)).toEqual([]);
    await bench.relays.fill();
    expect(await relayFolders()).toEqual([]);
  });

  it('tell nothing of an attempt on the command lines of the host', async () => {
    await bench.relays.fill();
    const socket = await gatewayThatSays('fine');
    await bench.run(`${ASK}; sleep .3 # mark-in-text-4712`, {
      gatewaySocket: socket,
      onOutput: async () => {
        expect(await processesWith('4712')).toEqual([]);
        expect(await processesWith(socket)).toEqual([]);
      },
    });
  });

  /** From now on the host has programs of which nsenter refuses to join. */
  async function withoutJoining(): Promise<void> {
    const folder = path.join(bench.folder, 'path');
    await mkdir(folder);
    const programs = ['setpriv', 'chown', 'mkfifo', 'bash', 'bwrap'];
    await Promise.all(
      programs.map(name =>
        symlink(`/usr/bin/${name}`, path.join(folder, name)),
      ),
    );
    const refuses =
      '#!/bin/bash\necho "setns: Operation not permitted" >&2; exit 1\n';
    await writeFile(path.join(folder, 'nsenter'), refuses, { mode: 0o755 });
    process.env.PATH = folder;
  }

  it('are done without where their network cannot be joined, which is said once', async () => {
    await withoutJoining();
    const logger = mockServices.logger.mock();
    const relays = new WarmRelays({ dataDirectory: bench.folder, logger });
    await relays.fill();
    await relays.fill();
    expect(await relays.take(await gatewayThatSays('x'))).toBeUndefined();
    expect(await relayFolders()).toEqual([]);
    expect(logger.info.mock.calls).toEqual([
      [expect.stringMatching(/each step starts its own.*cannot join/)],
    ]);
    await relays.stop();
  });

  it('are tried again later, with growing pauses, and serve where it went well then', async () => {
    await withoutJoining();
    const logger = mockServices.logger.mock();
    const relays = new WarmRelays({
      dataDirectory: bench.folder,
      logger,
      triedAgainAfterMs: 300,
    });
    await relays.fill();
    await until(() => logger.debug.mock.calls.length > 0);
    expect(logger.info).toHaveBeenCalledTimes(1);
    process.env.PATH = hostPath;
    await until(async () => (await relayFolders()).length === 2);
    const relay = await relays.take(await gatewayThatSays('fine'));
    expect(relay).toBeDefined();
    await relays.stop();
  });
});

/** Numbers of the processes in whose mounts the folder of a relay stands. */
async function processesOf(folder: string): Promise<string[]> {
  const numbers = (await readdir('/proc')).filter(name => /^\d+$/.test(name));
  const held = await Promise.all(
    numbers.map(async number => {
      const mounts = await readFile(`/proc/${number}/mountinfo`, 'utf8').catch(
        () => '',
      );
      return mounts.includes(`/${folder} `) ? [number] : [];
    }),
  );
  return held.flat();
}

/** Rejects where processes of a relay are still there after a while. */
async function untilNone(folder: string): Promise<void> {
  await until(async () => (await processesOf(folder)).length === 0);
}

/** Rejects where it does not become true within a while. */
async function until(isTrue: () => boolean | Promise<boolean>): Promise<void> {
  const end = Date.now() + SEEN_WITHIN_MS;
  while (!(await isTrue())) {
    if (Date.now() > end) throw new Error(`not within ${SEEN_WITHIN_MS} ms`);
    await sleep(20);
  }
}
