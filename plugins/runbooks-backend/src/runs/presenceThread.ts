/** What a presence thread gets. */
export interface PresenceThreadData {
  /** Path of the `pg` package. */
  pg: string;
  connection: object;
  /** Run on each connection before anything else. */
  prepare: string[];
  /** Takes the worker's id as $1. */
  statement: string;
  id: string;
  beatMs: number;
  longestFreezeMs: number;
}

/**
 * What runs inside a presence thread, as the text of a program: see `READING_THREAD` for why. It tells the database
 * that the worker is there, on a connection of its own, whatever the event loop of the process is busy with. The
 * process tells it `alive` from time to time; after too long a silence it beats no more.
 *
 * It answers each beat with `{ seen: true }` or `{ failure }`.
 */
export const PRESENCE_THREAD = `
const { parentPort, workerData } = require('node:worker_threads');
const { setTimeout: delay } = require('node:timers/promises');
const { Client } = require(workerData.pg);
const { connection, prepare, statement, id, beatMs, longestFreezeMs } = workerData;
const PATIENCE_MS = 5000;
let heardAt = performance.now();
let client;
parentPort.on('message', () => { heardAt = performance.now(); });

async function connected() {
  if (client) return client;
  const next = new Client({
    ...connection,
    connectionTimeoutMillis: PATIENCE_MS,
    query_timeout: PATIENCE_MS,
    keepAlive: true,
  });
  next.on('error', () => drop(next));
  try {
    await next.connect();
    for (const sql of prepare) await next.query(sql);
  } catch (error) {
    drop(next);
    throw error;
  }
  client = next;
  return client;
}

function drop(lost) {
  if (client === lost) client = undefined;
  lost.end().catch(() => {});
}

async function beat() {
  let used;
  try {
    used = await connected();
    await used.query(statement, [id]);
    parentPort.postMessage({ seen: true });
  } catch (error) {
    if (used) drop(used);
    parentPort.postMessage({ failure: String(error && (error.message || error.code) || error) });
  }
}

(async () => {
  for (;;) {
    if (performance.now() - heardAt < longestFreezeMs) await beat();
    await delay(client ? beatMs : Math.min(beatMs, 1000));
  }
})();
`;
