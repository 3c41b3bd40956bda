const PROCEDURE = 'Checking the settings';
/** What is loaded and compiled at the first time is nobody's step. */
const UNCOUNTED = 3;

/**
 * Runs of one read step, each beside the same kubectl alone: from asking for the plan to the news that the step ended,
 * as a page gets them through its stream. All in milliseconds.
 */
export async function measureStep(portal, { times, alone }) {
  const measures = {
    'kubectl alone': [],
    plan: [],
    start: [],
    'started after': [],
    'first output after': [],
    'step in the sandbox': [],
    'done after': [],
  };
  const asked = await portal.planRequest(PROCEDURE);
  for (let n = 0; n < times + UNCOUNTED; n += 1) {
    const one = {
      'kubectl alone': (await timed(alone)).tookMs,
      ...(await measureRun(portal, asked)),
    };
    if (n < UNCOUNTED) continue;
    for (const [name, tookMs] of Object.entries(one))
      measures[name].push(tookMs);
  }
  return measures;
}

async function measureRun(portal, asked) {
  const planned = await timed(() =>
    portal.ask('POST', '/plans', { body: asked }),
  );
  const { plan } = planned.value;
  const begun = await timed(() => portal.startRun(asked, plan));
  const run = begun.value;
  const [{ id: stepId }] = plan.steps;
  const stop = new AbortController();
  const after = {};
  let clickedAt;
  try {
    for await (const message of portal.follow(run.id, stop.signal)) {
      const state =
        message.type === 'run' ? message.view.run.steps[stepId] : undefined;
      if (clickedAt === undefined) {
        clickedAt = performance.now();
        void portal.ask('POST', `/runs/${run.id}/commands`, {
          body: { kind: 'run-step', stepId },
        });
        continue;
      }
      const afterMs = performance.now() - clickedAt;
      if (message.type === 'output') after['first output after'] ??= afterMs;
      if (state?.status === 'running') after['started after'] ??= afterMs;
      if (state?.status === 'failed') throw new Error('The step has failed');
      if (state?.status === 'succeeded') {
        after['done after'] = afterMs;
        after['step in the sandbox'] = state.result.durationMs;
        break;
      }
    }
  } finally {
    stop.abort();
  }
  return { plan: planned.tookMs, start: begun.tookMs, ...after };
}

async function timed(act) {
  const began = performance.now();
  const value = await act();
  return { value, tookMs: performance.now() - began };
}
