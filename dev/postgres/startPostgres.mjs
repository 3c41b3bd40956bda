import { randomBytes } from 'node:crypto';
import {
  chownSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { makePassableDirectory, makePrivateDirectory } from '../places.mjs';
import { finish } from '../processes/finish.mjs';
import { Refusal } from '../say.mjs';
import { postgresBinaries } from './binaries.mjs';
import { unprivilegedUser } from './unprivilegedUser.mjs';

const USER = 'runbooks';
const PATIENCE_MS = 60_000;
const LOOK_AGAIN_MS = 50;
/** The line of postmaster.pid that tells how far the server is. */
const STATUS_LINE = 7;

/**
 * Starts a Postgres of our own on 127.0.0.1 and waits until it answers.
 *
 * The first start makes the database and its password, which stays in a file
 * that only the owner reads. Requires that the npm packages are installed.
 *
 * @param options.folder where data and password are kept
 * @param options.port the TCP port; no Unix socket is opened
 * @param options.register the `ProcessRegister` that ends it
 * @param options.logFile where the server's messages go
 * @param options.durable false gives up safety against a power cut for speed
 * @returns `{ host, port, user, password }`
 */
export async function startPostgres({
  folder,
  port,
  register,
  logFile,
  durable,
}) {
  const owner = unprivilegedUser();
  const binaries = postgresBinaries();
  makePassableDirectory(folder);
  const data = join(folder, 'data');
  const password = passwordOf(folder);
  if (!existsSync(data))
    await makeDatabase({ binaries, data, password, owner });

  const flags = durable
    ? ['synchronous_commit=off']
    : ['fsync=off', 'full_page_writes=off', 'synchronous_commit=off'];
  const settings = [
    ...flags,
    'max_connections=200',
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'timezone=UTC',
  ];
  const server = register.start(
    join(binaries, 'postgres'),
    [
      '-D',
      data,
      '-p',
      String(port),
      ...settings.flatMap(setting => ['-c', setting]),
    ],
    {
      name: 'Postgres',
      logFile,
      // A fast shutdown: sessions are ended, what was committed is written.
      endSignal: 'SIGINT',
      cwd: '/',
      ...owner,
    },
  );
  await untilReady({ server, data, logFile });
  return { host: '127.0.0.1', port, user: USER, password };
}

function passwordOf(folder) {
  const file = join(folder, 'password');
  if (!existsSync(file)) {
    writeFileSync(`${file}.part`, randomBytes(18).toString('base64url'), {
      mode: 0o600,
    });
    renameSync(`${file}.part`, file);
  }
  return readFileSync(file, 'utf8');
}

async function makeDatabase({ binaries, data, password, owner }) {
  const part = `${data}.part`;
  rmSync(part, { recursive: true, force: true });
  makePrivateDirectory(part, owner);
  const secrets = mkdtempSync(join(tmpdir(), 'runbooks-initdb-'));
  const passwordFile = join(secrets, 'password');
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (owner)
    [secrets, passwordFile].forEach(path =>
      chownSync(path, owner.uid, owner.gid),
    );
  try {
    const { code, output } = await finish(
      join(binaries, 'initdb'),
      [
        `--pgdata=${part}`,
        `--username=${USER}`,
        `--pwfile=${passwordFile}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        '--locale=C',
        '--locale-provider=builtin',
        '--builtin-locale=C.UTF-8',
        '--no-instructions',
        '--no-sync',
      ],
      { cwd: dirname(secrets), env: { ...process.env, LC_ALL: 'C' }, ...owner },
    );
    if (code !== 0)
      throw new Refusal(
        `Postgres could not make its database in ${part}:\n${output}`,
      );
    renameSync(part, data);
  } finally {
    rmSync(secrets, { recursive: true, force: true });
  }
}

async function untilReady({ server, data, logFile }) {
  let ended;
  server.exited.then(result => {
    ended = result;
  });
  const giveUpAt = Date.now() + PATIENCE_MS;
  while (!ended && Date.now() < giveUpAt) {
    if (isReady(data, server.pid)) return;
    await delay(LOOK_AGAIN_MS);
  }
  throw new Refusal(
    `Postgres did not start; its last messages (${logFile}):\n${lastLines(
      logFile,
    )}`,
  );
}

/** Reads what the server writes about itself; an older server's file is told apart by the pid. */
function isReady(data, pid) {
  try {
    const lines = readFileSync(join(data, 'postmaster.pid'), 'utf8').split(
      '\n',
    );
    return lines[0] === String(pid) && lines[STATUS_LINE]?.trim() === 'ready';
  } catch {
    return false;
  }
}

function lastLines(file) {
  return existsSync(file)
    ? readFileSync(file, 'utf8').trim().split('\n').slice(-8).join('\n')
    : 'none';
}
