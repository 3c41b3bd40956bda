import { setTimeout as delay } from 'node:timers/promises';

const PROCEDURE = 'Doing nothing';
/** No person has all slots of a worker. */
const PEOPLE = 8;
const ENDED = ['succeeded', 'failed'];

/** How many runs of one step of `true` end in a second, all of them due at once. */
export async function measureThroughput(portal, { runs }) {
  const asked = await portal.planRequest(PROCEDURE);
  const { plan } = await portal.ask('POST', '/plans', { body: asked });
  const [{ id: stepId }] = plan.steps;
  const started = [];
  for (let n = 0; n < runs; n += 1) {
    const as = `user:default/bench-${n % PEOPLE}`;
    started.push({ as, run: await portal.startRun(asked, plan, as) });
  }
  const began = performance.now();
  await Promise.all(
    started.map(async ({ as, run }) => {
      const body = { kind: 'run-step', stepId };
      await portal.ask('POST', `/runs/${run.id}/commands`, { body, as });
    }),
  );
  for (const { as, run } of started) {
    for (;;) {
      const view = await portal.ask('GET', `/runs/${run.id}`, { as });
      if (ENDED.includes(view.run.steps[stepId].status)) break;
      await delay(20);
    }
  }
  const seconds = (performance.now() - began) / 1000;
  return `\n${runs} runs of one step of \`true\`: ${(runs / seconds).toFixed(
    1,
  )} a second`;
}
