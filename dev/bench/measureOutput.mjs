import { setTimeout as delay } from 'node:timers/promises';

const PROCEDURE = 'Printing much';
const LOOK_EVERY_MS = 50;
const MIB = 1024 * 1024;

/** A step that prints 100 MB: how much this process grows meanwhile, and whether the last line can be read. */
export async function measureOutput(portal) {
  const asked = await portal.planRequest(PROCEDURE);
  const { plan } = await portal.ask('POST', '/plans', { body: asked });
  const run = await portal.startRun(asked, plan);
  const [{ id: stepId }] = plan.steps;
  global.gc?.();
  const before = process.memoryUsage().rss;
  let most = before;
  const began = performance.now();
  const body = { kind: 'run-step', stepId };
  await portal.ask('POST', `/runs/${run.id}/commands`, { body });
  let state;
  do {
    await delay(LOOK_EVERY_MS);
    most = Math.max(most, process.memoryUsage().rss);
    const view = await portal.ask('GET', `/runs/${run.id}`);
    state = view.run.steps[stepId];
  } while (['queued', 'running'].includes(state.status));
  const seconds = (performance.now() - began) / 1000;
  const { outputBytes } = state.result;
  const place = `/runs/${run.id}/steps/${encodeURIComponent(
    stepId,
  )}/attempts/1`;
  const last = await portal.ask(
    'GET',
    `${place}/output?offset=${outputBytes - 20}`,
  );
  return [
    `${(outputBytes / 1e6).toFixed(0)} MB of output in ${seconds.toFixed(
      1,
    )} s:`,
    `the backend grew by ${((most - before) / MIB).toFixed(0)} MiB,`,
    `its last line is ${JSON.stringify(last.text.trim().split('\n').pop())}`,
  ].join(' ');
}
