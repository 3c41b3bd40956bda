import type {
  PlannedStep,
  RunCommandRequest,
  RunView,
  StepState,
} from '@backstage-runbooks/plugin-runbooks-common';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { renderScreen } from '../../__testUtils__/renderScreen';
import {
  allowed,
  APPROVAL_REQUEST,
  CHECKED,
  refused,
  runView,
} from '../../testing/runs';
import { RunProgress } from './RunProgress';
import { runPageView } from './runPageView';
import type { CommandState } from './useRunCommand';

const BASE = runView('run-1', {}, {});

function step(id: string, more: Partial<PlannedStep> = {}): PlannedStep {
  return {
    ...BASE.run.plan.steps[0],
    id,
    title: `Look at ${id}`,
    type: 'command',
    phase: { role: 'steps', title: 'Steps' },
    alternative: undefined,
    condition: undefined,
    manualBecause: undefined,
    requires: { kind: 'nothing' },
    ...more,
  };
}

const CHANGE = step('change', {
  title: 'Scale up',
  requires: { kind: 'approval', because: 'scales', approvedBy: [] },
});

function viewOf(
  steps: PlannedStep[],
  states: Record<string, StepState>,
  mayRun = true,
): RunView {
  const { run } = BASE;
  return {
    ...BASE,
    run: {
      ...run,
      plan: { ...run.plan, steps },
      steps: Object.fromEntries(
        steps.map(({ id }) => [id, states[id] ?? { status: 'pending' }]),
      ),
    },
    viewer: {
      ...BASE.viewer,
      steps: Object.fromEntries(
        steps.map(({ id }) => [
          id,
          [
            mayRun
              ? allowed('run')
              : { kind: 'run' as const, permitted: refused('no owner') },
          ],
        ]),
      ),
    },
  };
}

/** A run whose steps end at once, as they are told to. */
function Bench(props: {
  steps: PlannedStep[];
  ends?: Record<string, StepState>;
  sent: string[];
  fails?: boolean;
}) {
  const { steps, ends = {}, sent, fails = false } = props;
  const [states, setStates] = useState<Record<string, StepState>>({});
  const [state, setState] = useState<CommandState>({ status: 'idle' });
  const view = viewOf(steps, states);
  const send = async (command: RunCommandRequest) => {
    setState({ status: 'sending', command });
    await Promise.resolve();
    if (command.kind !== 'run-step') return false;
    sent.push(command.stepId);
    if (fails) {
      setState({ status: 'failed', command, error: new Error('refused') });
      return false;
    }
    const { stepId } = command;
    setStates(before => ({ ...before, [stepId]: ends[stepId] ?? CHECKED }));
    setState({ status: 'idle' });
    return true;
  };
  return (
    <RunProgress
      view={view}
      page={runPageView(view)}
      commander={{ state, send, forget: () => {} }}
    />
  );
}

describe('how far a run is', () => {
  const start = async () =>
    userEvent
      .setup()
      .click(screen.getByRole('button', { name: 'Run what only reads' }));

  it('is counted, with what is by hand', async () => {
    const view = viewOf([step('a'), step('b', { manualBecause: 'x' })], {
      a: CHECKED,
    });
    await renderScreen(
      <RunProgress
        view={view}
        page={runPageView(view)}
        commander={{
          state: { status: 'idle' },
          send: async () => true,
          forget: () => {},
        }}
      />,
    );
    expect(screen.getByText('1 of 2 steps done, 1 by hand')).toBeVisible();
    expect(
      screen.queryByRole('button', { name: 'Run what only reads' }),
    ).not.toBeInTheDocument();
  });

  it('leads to the step that waits for a decision', async () => {
    const view = viewOf([step('a'), step('b')], {
      b: {
        status: 'interrupted',
        attempt: 1,
        interruptedAt: '2026-11-21T03:00:00.000Z',
        because: 'the worker was lost',
        binding: APPROVAL_REQUEST.binding,
      },
    });
    await renderScreen(
      <RunProgress
        view={view}
        page={runPageView(view)}
        commander={{
          state: { status: 'idle' },
          send: async () => true,
          forget: () => {},
        }}
      />,
    );
    expect(screen.getByRole('link', { name: 'Go to step 2' })).toHaveAttribute(
      'href',
      `/runbooks/runs/${BASE.run.id}?step=b`,
    );
  });

  it('goes on by itself through what only reads, and stops at a change', async () => {
    const sent: string[] = [];
    await renderScreen(
      <Bench steps={[step('a'), step('b'), CHANGE, step('c')]} sent={sent} />,
    );
    await start();
    await waitFor(() =>
      expect(screen.getByRole('status')).toHaveTextContent(
        'Stopped: step 3, Scale up, needs an approval, or may need one.',
      ),
    );
    expect(sent).toEqual(['a', 'b']);
    expect(screen.getByText('2 of 4 steps done')).toBeVisible();
  });

  it('stops behind a step that went badly, and goes on from there by another press', async () => {
    const sent: string[] = [];
    const failed: StepState = {
      ...CHECKED,
      status: 'failed',
      result: { ...CHECKED.result, ok: false },
    };
    await renderScreen(
      <Bench steps={[step('a'), step('b')]} ends={{ a: failed }} sent={sent} />,
    );
    await start();
    await waitFor(() =>
      expect(screen.getByRole('status')).toHaveTextContent(
        'Stopped: step 1, Look at a, did not go well.',
      ),
    );
    expect(sent).toEqual(['a']);
    await start();
    await waitFor(() =>
      expect(screen.getByRole('status')).toHaveTextContent(
        'All steps that a run has to do are done.',
      ),
    );
    expect(sent).toEqual(['a', 'b']);
  });

  it('stops where the server refuses', async () => {
    const sent: string[] = [];
    await renderScreen(
      <Bench steps={[step('a'), step('b')]} sent={sent} fails />,
    );
    await start();
    await waitFor(() =>
      expect(
        screen.queryByRole('button', { name: 'Stop after this step' }),
      ).not.toBeInTheDocument(),
    );
    expect(sent).toEqual(['a']);
  });

  it('is not offered to somebody who may not run the step', async () => {
    const view = viewOf([step('a')], {}, false);
    await renderScreen(
      <RunProgress
        view={view}
        page={runPageView(view)}
        commander={{
          state: { status: 'idle' },
          send: async () => true,
          forget: () => {},
        }}
      />,
    );
    expect(screen.queryByRole('button')).not.toBeInTheDocument();
  });
});
