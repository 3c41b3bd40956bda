import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, fstatSync, openSync } from 'node:fs';
import { chmod, link, mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { GATEWAY_PORT } from '@backstage-runbooks/plugin-runbooks-common';
import { joinCommand, type JoinedNetwork } from './joinCommand';
import { IN_RELAY, relayArguments, SOCKET_NAME } from './relayArguments';
import { RELAY } from './sandboxScripts';
import { startBubblewrap, STATUS } from './startBubblewrap';
import { dropUser, type StepUser } from './stepUser';
import { systemFolders } from './systemFolders';

const READY_WITHIN_MS = 10_000;
const JOINED_WITHIN_MS = 5_000;
const MAX_COMPLAINT_CHARACTERS = 2_000;

/**
 * A relay that was started before a step needs it, in a sandbox and a network of its own, with nothing in it but its
 * loopback. The step's sandbox joins that network and nothing else of it: the step sees neither the relay's process nor
 * its files.
 *
 * It serves one attempt. Until `serve` there is no socket that it could connect to, and its sandbox shows it one folder
 * with that socket. It ends with this process, however that ends.
 */
export class Relay {
  /** For the sandbox that joins; open until the relay ends. */
  readonly network: JoinedNetwork;
  readonly #child: ChildProcess;
  readonly #folder: string;
  readonly #ended: Promise<void>;
  #isAlive = true;

  /**
   * Resolves when it listens.
   *
   * @param options - `directory`: where its folder is made, on the file system of the gateways' sockets.
   * @throws Error with what bubblewrap or Node said where it does not start within ten seconds.
   */
  static async start(options: {
    directory: string;
    user: StepUser | undefined;
  }): Promise<Relay> {
    const folder = await mkdtemp(path.join(options.directory, 'r-'));
    try {
      // The steps' user passes through, and cannot put anything there.
      await chmod(folder, 0o711);
      const child = startChild(folder, options.user);
      try {
        return new Relay(child, folder, await namespacesOf(child));
      } catch (error) {
        child.kill('SIGKILL');
        throw error;
      }
    } catch (error) {
      await rm(folder, { recursive: true, force: true });
      throw error;
    }
  }

  private constructor(
    child: ChildProcess,
    folder: string,
    network: JoinedNetwork,
  ) {
    this.#child = child;
    this.#folder = folder;
    this.network = network;
    this.#ended =
      child.exitCode === null && child.signalCode === null
        ? new Promise(resolve => child.once('exit', () => resolve()))
        : Promise.resolve();
    this.#ended.then(() => {
      this.#isAlive = false;
    });
  }

  get isAlive(): boolean {
    return this.#isAlive;
  }

  /** The gateway's socket gets a second name in the relay's folder, which is all that the relay can see of it. */
  async serve(gatewaySocket: string): Promise<void> {
    await link(gatewaySocket, path.join(this.#folder, SOCKET_NAME));
  }

  /** Whether a program of the steps' user can join its network; some container runtimes forbid that. */
  async canBeJoined(user: StepUser | undefined): Promise<boolean> {
    const { userNamespace, network } = this.network;
    const [command, ...args] = [
      ...dropUser(user),
      ...joinCommand({ userNamespace: 3, network: 4 }),
      'true',
    ];
    const child = spawn(command, args, {
      stdio: ['ignore', 'ignore', 'ignore', userNamespace, network],
      env: { PATH: process.env.PATH },
      timeout: JOINED_WITHIN_MS,
    });
    return new Promise(resolve => {
      child.once('error', () => resolve(false));
      child.once('exit', code => resolve(code === 0));
    });
  }

  /** Ends it and removes its folder. To be called once. */
  async end(): Promise<void> {
    // Its child dies with it, and with process 1 the whole pid namespace.
    this.#child.kill('SIGKILL');
    closeSync(this.network.userNamespace);
    closeSync(this.network.network);
    await this.#ended;
    await rm(this.#folder, { recursive: true, force: true });
  }
}

function startChild(folder: string, user: StepUser | undefined): ChildProcess {
  const { node, text, socket } = IN_RELAY;
  return startBubblewrap({
    argumentsFor: files =>
      relayArguments({
        systemFolders: systemFolders(),
        folder,
        nodePath: process.execPath,
        files,
      }),
    command: [node, text, `${GATEWAY_PORT}`, socket],
    files: [{ path: text, text: RELAY }],
    stdout: 'pipe',
    stderr: 'pipe',
    user,
    network: undefined,
  });
}

/** Waits until the relay listens, and opens its namespaces. */
async function namespacesOf(child: ChildProcess): Promise<JoinedNetwork> {
  const status = await readyStatus(child);
  const processOne = numberIn(status, 'child-pid');
  const opened: number[] = [];
  try {
    for (const name of ['user', 'net']) {
      opened.push(openSync(`/proc/${processOne}/ns/${name}`, 'r'));
    }
    const [userNamespace, network] = opened;
    // The number may belong to another process by now; that of a namespace does not, while it is open.
    if (fstatSync(network).ino !== numberIn(status, 'net-namespace')) {
      throw new Error('it ended before its network could be opened');
    }
    return { userNamespace, network };
  } catch (error) {
    opened.forEach(descriptor => closeSync(descriptor));
    throw error;
  }
}

/** What bubblewrap said of itself, once the relay has said that it listens. */
function readyStatus(child: ChildProcess): Promise<string> {
  const streams = child.stdio as unknown as Readable[];
  const [, output, complaints] = streams;
  const status = streams[STATUS];
  const said = { status: '', complaints: '', isReady: false };
  return new Promise<string>((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error(`it was not ready within ${READY_WITHIN_MS} ms`)),
      READY_WITHIN_MS,
    );
    const look = () => {
      if (!said.isReady || !/"net-namespace": *\d+/.test(said.status)) return;
      clearTimeout(timer);
      letGo(child);
      resolve(said.status);
    };
    const read = (stream: Readable, take: (text: string) => void) => {
      stream.on('error', () => {});
      stream.on('data', chunk => {
        take(`${chunk}`);
        look();
      });
    };
    read(output, () => {
      said.isReady = true;
    });
    read(status, text => {
      said.status += text;
    });
    read(complaints, text => {
      said.complaints = (said.complaints + text).slice(
        0,
        MAX_COMPLAINT_CHARACTERS,
      );
    });
    child.once('error', reject);
    child.once('close', code =>
      reject(
        new Error(said.complaints.trim() || `it ended with exit code ${code}`),
      ),
    );
    child.once('exit', () => clearTimeout(timer));
  });
}

/** A relay that waits holds up neither this process nor a pipe of it. */
function letGo(child: ChildProcess): void {
  child.unref();
  for (const stream of child.stdio) stream?.destroy();
}

function numberIn(status: string, name: string): number {
  return Number(new RegExp(`"${name}": *(\\d+)`).exec(status)?.[1]);
}
