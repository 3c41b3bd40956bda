import type {
  RunStreamMessage,
  RunView,
} from '@backstage-runbooks/plugin-runbooks-common';
import { ChangeWaiter } from './ChangeWaiter';
import type { RunSignals } from './RunSignals';
import type { AttemptRef, AttemptStore } from './RunStore';

/** Signals may be lost, so the run is looked at after this long in any case. */
const LOOK_AFTER_MS = 5_000;
const OUTPUT_BYTES = 256 * 1024;

/**
 * A run as it happens: its view first and after every change, and the output of the step that runs from its
 * beginning. Output that was already there is sent as well; its offset tells what is known.
 */
export async function* followRun(options: {
  runId: string;
  attempts: Pick<AttemptStore, 'readOutput'>;
  signals: RunSignals;
  view(): Promise<RunView>;
  signal: AbortSignal;
}): AsyncGenerator<RunStreamMessage> {
  const { runId, attempts, signals, view, signal } = options;
  const changes = new ChangeWaiter();
  const unsubscribe = signals.subscribe((changed, change) => {
    if (changed === undefined || changed === runId)
      changes.tell(change === 'events');
  });
  signal.addEventListener('abort', () => changes.tell(false), { once: true });
  const offsets = new Map<string, number>();
  let sent: string | undefined;
  let current: RunView | undefined;
  try {
    while (!signal.aborted) {
      if (changes.takeEvents() || !current) {
        current = await view();
        const state = stateOf(current);
        if (state !== sent) {
          // What the step printed before it ended comes before the news that it ended.
          yield* newOutput(attempts, current, offsets);
          sent = state;
          yield { type: 'run', view: current };
        }
      }
      yield* newOutput(attempts, current, offsets);
      if (signal.aborted) return;
      await changes.next(LOOK_AFTER_MS);
    }
  } finally {
    unsubscribe();
  }
}

/** What the stream tells of a run is new when this is. */
function stateOf({ run, retry }: RunView): string {
  return JSON.stringify([run.eventCount, retry]);
}

async function* newOutput(
  attempts: Pick<AttemptStore, 'readOutput'>,
  { run }: RunView,
  offsets: Map<string, number>,
): AsyncGenerator<RunStreamMessage> {
  for (const [stepId, state] of Object.entries(run.steps)) {
    if (
      !['running', 'succeeded', 'failed'].includes(state.status) ||
      !('attempt' in state)
    )
      continue;
    const key = `${stepId} ${state.attempt}`;
    const end = 'result' in state ? state.result.outputBytes : Infinity;
    // Steps that ended before the stream was opened are read by the page.
    const first = !offsets.has(key) && 'result' in state ? end : 0;
    let offset = offsets.get(key) ?? first;
    offsets.set(key, offset);
    const ref: AttemptRef = { runId: run.id, stepId, attempt: state.attempt };
    while (offset < end) {
      const page = await attempts.readOutput(ref, offset, OUTPUT_BYTES);
      if (page.text === '') break;
      yield { type: 'output', stepId, attempt: state.attempt, ...page };
      offset = page.nextOffset;
      offsets.set(key, offset);
    }
  }
}
