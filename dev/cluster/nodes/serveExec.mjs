import { containerTarget } from './containerTarget.mjs';

/** The channels of Kubernetes' remote command protocol: the first byte of each message. */
const CHANNEL = { stdin: 0, stdout: 1, stderr: 2, status: 3, close: 255 };
const CHUNK_BYTES = 32 * 1024;
const NORMAL_CLOSE = 1000;

/** The protocols that kubectl offers and we speak, the better one first. */
export const PROTOCOLS = ['v5.channel.k8s.io', 'v4.channel.k8s.io'];

/**
 * Answers `kubectl exec` over a WebSocket that is open already.
 *
 * @param options.query what the API server asks a kubelet: `input`, `output`, `error`, `tty` (1 or absent), `command`
 */
export async function serveExec({
  socket,
  life,
  containerName,
  query,
  commands,
  environments,
}) {
  const input = openStdin(socket, query.get('input') === '1');
  const aborter = new AbortController();
  socket.on('close', () => aborter.abort());
  socket.on('error', () => aborter.abort());
  const terminal = query.get('tty') === '1';
  const send = (channel, text) =>
    sendInChunks(
      socket,
      channel,
      terminal ? text.replace(/\r?\n/g, '\r\n') : text,
    );

  const target = await containerTarget(life, containerName, environments);
  const result = await commands.run(query.getAll('command'), {
    target,
    stdin: input,
    signal: AbortSignal.any([aborter.signal, life.signal]),
  });
  if (query.get('output') === '1') send(CHANNEL.stdout, result.stdout);
  // A terminal has one stream only.
  send(terminal ? CHANNEL.stdout : CHANNEL.stderr, result.stderr);
  send(CHANNEL.status, JSON.stringify(statusOf(result.exitCode)));
  socket.close(NORMAL_CLOSE);
}

/** Collects standard input; the function returned waits for its end. */
function openStdin(socket, isOpen) {
  if (!isOpen) return async () => '';
  const chunks = [];
  const ended = new Promise(resolve => {
    socket.on('message', data => {
      const message = Buffer.from(data);
      if (message[0] === CHANNEL.stdin && message.length > 1)
        chunks.push(message.subarray(1));
      if (message[0] === CHANNEL.close && message[1] === CHANNEL.stdin)
        resolve();
    });
    socket.on('close', resolve);
    socket.on('error', resolve);
  });
  return async () => {
    await ended;
    return Buffer.concat(chunks).toString('utf8');
  };
}

function sendInChunks(socket, channel, text) {
  const data = Buffer.from(text);
  for (let start = 0; start < data.length; start += CHUNK_BYTES) {
    socket.send(
      Buffer.concat([
        Buffer.from([channel]),
        data.subarray(start, start + CHUNK_BYTES),
      ]),
    );
  }
}

function statusOf(exitCode) {
  if (exitCode === 0) return { metadata: {}, status: 'Success' };
  return {
    metadata: {},
    status: 'Failure',
    reason: 'NonZeroExitCode',
    message: `command terminated with non-zero exit code: exit status ${exitCode}`,
    details: { causes: [{ reason: 'ExitCode', message: String(exitCode) }] },
  };
}
