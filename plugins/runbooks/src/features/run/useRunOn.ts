import {
  nextRead,
  type NextRead,
  type RunView,
} from '@backstage-runbooks/plugin-runbooks-common';
import { useEffect, useState } from 'react';
import type { RunCommander } from './useRunCommand';

type Stop = Extract<NextRead, { kind: 'stop' }>;

/** A run that goes on by itself while it only reads. */
export interface RunOn {
  isOn: boolean;
  /** It could go on from where it stands, and the person may do that. */
  canStart: boolean;
  /** Why it stopped the last time; missing where it did not, or a person stopped it. */
  stopped?: Stop;
  start(): void;
  /** What is under way comes to its end; nothing more is started. */
  stop(): void;
}

/**
 * Runs the steps that only read one after another, as the person would by pressing each button, until something wants
 * a person. It goes on while the page is open: who closes it has stopped it.
 */
export function useRunOn(view: RunView, commander: RunCommander): RunOn {
  const [on, setOn] = useState<{ last?: string }>();
  const [stopped, setStopped] = useState<Stop>();
  const next = nextRead(view.run, on?.last);
  const { status } = commander.state;
  const mayRun = next.kind === 'run' && isPermitted(view, next.stepId);
  useEffect(() => {
    if (!on) return;
    if (status === 'failed' || (next.kind === 'run' && !mayRun)) {
      // The refusal stands at its step.
      setOn(undefined);
    } else if (next.kind === 'stop') {
      setOn(undefined);
      setStopped(next);
    } else if (
      next.kind === 'run' &&
      status === 'idle' &&
      // Its own answer is not there yet.
      next.stepId !== on.last
    ) {
      setOn({ last: next.stepId });
      void commander.send({ kind: 'run-step', stepId: next.stepId });
    }
  }, [on, status, next, mayRun, commander]);
  return {
    isOn: on !== undefined,
    canStart: mayRun && status !== 'sending',
    ...(stopped ? { stopped } : {}),
    start() {
      setStopped(undefined);
      setOn({});
    },
    stop: () => setOn(undefined),
  };
}

function isPermitted({ viewer }: RunView, stepId: string): boolean {
  return (viewer.steps[stepId] ?? []).some(
    ({ kind, permitted }) => kind === 'run' && permitted.allowed,
  );
}
