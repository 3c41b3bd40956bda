import { mkdirSync, mkdtempSync, rmSync, chmodSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CHECKOUT } from '../places.mjs';

const BACKEND = join(CHECKOUT, 'plugins/runbooks-backend');
/** What is read and compiled at the first time is nobody's step. */
const UNCOUNTED = 2;

/**
 * What a relay that runs ahead of the step saves: one step that asks its gateway one thing, in turns with a relay that
 * starts inside its sandbox and with one that waited. All in milliseconds until the answer.
 */
export async function measureRelay({ times }) {
  const require = createRequire(join(BACKEND, 'package.json'));
  const { LocalExecutor } = require(join(
    BACKEND,
    'src/executors/LocalExecutor.ts',
  ));
  const { WarmRelays } = require(join(BACKEND, 'src/executors/WarmRelays.ts'));
  const {
    GATEWAY_PORT,
  } = require('@backstage-runbooks/plugin-runbooks-common');
  const folder = mkdtempSync(join(tmpdir(), 'runbooks-relay-'));
  chmodSync(folder, 0o711);
  const logger = /** @type {any} */ (console);
  const shared = { dataDirectory: folder, logger };
  const relays = new WarmRelays(shared);
  const gateway = createServer(connection => connection.end('fine'));
  const text = `exec 9<>/dev/tcp/127.0.0.1/${GATEWAY_PORT} && cat <&9`;
  const measures = { inside: [], ahead: [] };
  try {
    const executors = {
      inside: await LocalExecutor.create(shared),
      ahead: await LocalExecutor.create({ ...shared, relays }),
    };
    for (let n = 0; n < times + UNCOUNTED; n += 1) {
      for (const [way, executor] of Object.entries(executors)) {
        if (way === 'ahead') await relays.fill();
        const workspace = join(folder, `${way}-${n}`);
        mkdirSync(workspace);
        const gatewaySocket = join(folder, `${way}-${n}.sock`);
        await new Promise(resolve => {
          gateway.listen(gatewaySocket, () => resolve(undefined));
        });
        const tookMs = await untilAnswer(executor, {
          ...{ text, workspace, gatewaySocket },
        });
        await new Promise(resolve => gateway.close(resolve));
        if (n >= UNCOUNTED) measures[way].push(tookMs);
      }
    }
  } finally {
    await relays.stop();
    rmSync(folder, { recursive: true, force: true });
  }
  return measures;
}

async function untilAnswer(executor, given) {
  const began = performance.now();
  let tookMs;
  await executor.execute(
    {
      ...given,
      runId: 'bench',
      stepId: 'bench',
      attempt: 1,
      environment: {},
      carried: { variables: {}, workingDirectory: '' },
      variables: [],
      locked: [],
      stopAtFailure: false,
      namespace: 'default',
      timeoutMs: 30_000,
      endsAtTimeout: false,
      killAfterMs: 1_000,
      onOutput: () => {
        tookMs ??= performance.now() - began;
      },
    },
    new AbortController().signal,
  );
  if (tookMs === undefined) throw new Error('The step has printed nothing');
  return tookMs;
}
