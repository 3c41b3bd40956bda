import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { buildControlPlane } from '../cluster/buildControlPlane.mjs';
import { CHECKOUT } from '../places.mjs';
import { setUp } from '../setup/setUp.mjs';
import { Progress } from '../setup/Progress.mjs';
import { say, showError } from '../say.mjs';
import { broken, notRun } from './Outcome.mjs';

/**
 * Runs lanes one after another; one that fails does not keep the next from running.
 *
 * The control plane is built beside the set-up and the first lanes, at low
 * priority, and only waited for by a lane that needs it.
 *
 * @returns a list of `{ lane, outcome, seconds }`
 */
export async function runLanes(lanes, { folder, register, controlPlane }) {
  rmSync(join(CHECKOUT, 'test-output'), { recursive: true, force: true });
  const wants = name => lanes.some(lane => lane.needs.includes(name));
  const { sandbox, browser } = await setUp({ forTests: wants('browser') });
  const { TestWorld } = await import('./TestWorld.mjs');
  const world = new TestWorld({ folder, register });
  const provided = {
    sandbox: async () => sandbox,
    browser: async () => browser,
    controlPlane,
  };

  const results = [];
  for (const lane of lanes) {
    say(`\n━━━ ${lane.name}: ${lane.title} ━━━\n`);
    const startedAt = Date.now();
    const outcome = await runLane(lane, provided, {
      folder,
      register,
      world,
      browser,
    });
    const seconds = Math.round((Date.now() - startedAt) / 1000);
    results.push({ lane, outcome, seconds });
    if (outcome.notRun) say(`not run, because ${outcome.notRun}`);
  }
  return results;
}

async function runLane(lane, provided, context) {
  for (const need of lane.needs) {
    const { missing } = await provided[need]();
    if (missing) return notRun(missing);
  }
  try {
    return await lane.run(context);
  } catch (error) {
    showError(error);
    return broken(error.message.split('\n')[0]);
  }
}

/** Begins to build the control plane; the function returned waits for it and says meanwhile how far it is. */
export function buildInBackground() {
  const progress = new Progress('control plane');
  let isWaitedFor = false;
  let last;
  const built = buildControlPlane({
    onProgress: step => {
      last = step;
      if (isWaitedFor) progress.show(step);
    },
  });
  // Who waits for it hears of the failure; nobody has to.
  built.catch(() => {});
  return () => {
    isWaitedFor = true;
    if (last) progress.show(last);
    return built;
  };
}
