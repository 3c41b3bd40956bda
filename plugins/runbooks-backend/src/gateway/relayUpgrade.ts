import type { ClientRequest, IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';

const MAX_REFUSAL_BYTES = 64 * 1024;

/** What became of a request for an upgrade. */
export type UpgradeOutcome =
  | { kind: 'upgraded' }
  | { kind: 'answered'; status: number; message: IncomingMessage };

/**
 * Sends a prepared upgrade request (WebSocket or SPDY) and, once the API server has switched protocols, passes bytes
 * both ways unread until one side ends; `onEnd` is called then.
 *
 * Resolves when it is known whether the protocol was switched; an answer that is none leaves the socket untouched.
 */
export function relayUpgrade(
  upstream: ClientRequest,
  near: { socket: Duplex; head: Buffer },
  onEnd: () => void,
): Promise<UpgradeOutcome> {
  return new Promise((resolve, reject) => {
    upstream.on('error', reject);
    upstream.on('response', message =>
      resolve({
        kind: 'answered',
        status: message.statusCode ?? 502,
        message,
      }),
    );
    upstream.on('upgrade', (answer, far, farHead) => {
      near.socket.write(switchingText(answer));
      near.socket.write(farHead);
      far.write(near.head);
      join(near.socket, far, onEnd);
      resolve({ kind: 'upgraded' });
    });
    near.socket.once('close', () => upstream.destroy());
    upstream.end();
  });
}

/** The first 64 KiB of an answer that did not switch protocols. */
export async function refusalText(message: IncomingMessage): Promise<string> {
  let text = '';
  message.setEncoding('utf8');
  for await (const chunk of message) {
    text += chunk;
    if (text.length > MAX_REFUSAL_BYTES) break;
  }
  return text.slice(0, MAX_REFUSAL_BYTES);
}

function switchingText(answer: IncomingMessage): string {
  const lines = ['HTTP/1.1 101 Switching Protocols'];
  for (let at = 0; at < answer.rawHeaders.length; at += 2) {
    lines.push(`${answer.rawHeaders[at]}: ${answer.rawHeaders[at + 1]}`);
  }
  return `${lines.join('\r\n')}\r\n\r\n`;
}

function join(near: Duplex, far: Duplex, onEnd: () => void): void {
  const endBoth = () => {
    near.destroy();
    far.destroy();
    onEnd();
  };
  near.on('error', endBoth).on('close', endBoth);
  far.on('error', endBoth).on('close', endBoth);
  far.pipe(near);
  near.pipe(far);
}
