import type {
  Preview,
  StepAction,
  StepState,
} from '@backstage-runbooks/plugin-runbooks-common';
import { act, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { renderScreen } from '../../__testUtils__/renderScreen';
import { FakeRunbooksApi } from '../../testing/FakeRunbooksApi';
import { PREVIEWS } from '../../testing/previews';
import { answeredWith } from '../../testing/refusals';
import { allowed, refused, runsInAllStates } from '../../testing/runs';
import { runPageView, type RunStepView } from './runPageView';
import { StepActions } from './StepActions';
import type { RunCommander } from './useRunCommand';

// Screens are large, and a busy machine renders them slowly.
jest.setTimeout(60_000);

const LOCKED =
  '"Scale up" is changing deployments.apps auth in identity right now; wait until its step has ended and is settled';

async function openActions(state: RunCommander['state'], because?: string) {
  const [step] = runPageView(runsInAllStates().open).phases.flatMap(
    phase => phase.steps,
  );
  await renderScreen(
    <StepActions
      runId="open"
      step={{
        ...step,
        actions: [
          {
            kind: 'run',
            permitted: because ? refused(because) : { allowed: true },
          },
        ],
      }}
      commander={{ state, send: async () => true, forget: () => {} }}
    />,
  );
  return step.step.id;
}

describe('a refusal of what somebody wanted to do with a step', () => {
  const [{ step }] = runPageView(runsInAllStates().open).phases.flatMap(
    phase => phase.steps,
  );

  it('is told once, by the button, with a link to the run that is in the way', async () => {
    await openActions(
      {
        status: 'failed',
        command: { kind: 'run-step', stepId: step.id },
        error: await answeredWith(
          409,
          `${LOCKED}: /runbooks/runs/other-run`,
          'ConflictError',
        ),
      },
      LOCKED,
    );
    expect(screen.getAllByText(/is changing deployments/)).toHaveLength(1);
    expect(screen.getByRole('alert')).toHaveTextContent(LOCKED);
    expect(screen.getByRole('link', { name: 'Open that run' })).toHaveAttribute(
      'href',
      '/runbooks/runs/other-run',
    );
  });

  it.each([
    { kind: 'judge', stepId: step.id, good: true },
    { kind: 'run-step', stepId: 'another' },
    { kind: 'cancel' },
  ] as const)(
    'is not told here where it is about something else: $kind',
    async command => {
      await openActions({
        status: 'failed',
        command,
        error: await answeredWith(409, LOCKED, 'ConflictError'),
      });
      expect(screen.queryByRole('alert')).not.toBeInTheDocument();
    },
  );
});

describe('what an approver is told before the files of a step are shown', () => {
  const CAUTION = 'The scripts are still being read.';

  async function openApproval(because?: string) {
    const [step] = runPageView(runsInAllStates().approval)
      .phases.flatMap(phase => phase.steps)
      .filter(({ state }) => state.status === 'waiting-approval');
    await renderScreen(
      <StepActions
        runId="approval"
        step={{
          ...step,
          actions: [
            {
              kind: 'approve',
              permitted: because ? refused(because) : { allowed: true },
            },
          ],
        }}
        commander={{
          state: { status: 'idle' },
          send: async () => true,
          forget: () => {},
        }}
        cautions={[CAUTION]}
      />,
    );
  }

  it('stands by the button that approves', async () => {
    await openApproval();
    expect(
      screen.getByRole('button', { name: 'Approve and run' }),
    ).toBeEnabled();
    expect(screen.getByText(CAUTION)).toBeInTheDocument();
  });

  it('is not told to those who may not approve', async () => {
    await openApproval('You asked for it yourself.');
    expect(screen.queryByText(CAUTION)).not.toBeInTheDocument();
  });
});

describe('asking for an approval', () => {
  it.each<{ of: string; actions: StepAction[]; says: number }>([
    { of: 'a change', actions: [allowed('request-approval')], says: 1 },
    { of: 'another step', actions: [allowed('run')], says: 0 },
  ])('says what takes so long: $of', async ({ actions, says }) => {
    const [step] = runPageView(runsInAllStates().open)
      .phases.flatMap(phase => phase.steps)
      .filter(one => one.step.id === 'high-latency/2.1');
    await renderScreen(
      <StepActions
        runId="open"
        step={{ ...step, actions }}
        commander={{
          state: {
            status: 'sending',
            command: { kind: 'request-approval', stepId: step.step.id },
          },
          send: async () => true,
          forget: () => {},
        }}
      />,
    );
    expect(screen.queryAllByRole('status')).toHaveLength(says);
    expect(
      screen.queryAllByText(/^What it would change is looked at first/),
    ).toHaveLength(says);
  });
});

describe('the preview of a step for whoever drives the run', () => {
  const STEP = 'high-latency/2.1';

  /** The actions of a step that changes something, of a backend that previews it so. */
  async function openStep(
    previewStep: FakeRunbooksApi['previewStep'],
    options: { permitted?: StepAction; states?: StepState[] } = {},
  ) {
    const api = new FakeRunbooksApi();
    api.previewStep = previewStep;
    const [step] = runPageView(runsInAllStates().open)
      .phases.flatMap(phase => phase.steps)
      .filter(one => one.step.id === STEP);
    await renderScreen(
      <InTurn
        step={{
          ...step,
          actions: [
            options.permitted ?? allowed('request-approval'),
            allowed('skip'),
          ],
        }}
        states={options.states ?? [{ status: 'pending' }]}
      />,
      { api },
    );
    return userEvent.setup();
  }

  it('is shown in place with the moment it was made, beside the button that asks for an approval', async () => {
    const asked: string[][] = [];
    const user = await openStep(async (...place) => {
      asked.push(place);
      return PREVIEWS.changes;
    });
    expect(
      screen.getAllByRole('button').map(({ textContent }) => textContent),
    ).toEqual(['Request approval', 'Preview', 'Skip', 'Next state']);
    await user.click(screen.getByRole('button', { name: 'Preview' }));
    const shown = await screen.findByRole('region', {
      name: 'What it would change',
    });
    expect(await within(shown).findByText('3 → 6 replicas')).toBeVisible();
    expect(within(shown).getByText(/^Looked at/)).toHaveTextContent(
      'Looked at just now',
    );
    expect(within(shown).getByRole('status')).toHaveTextContent(
      'The preview is there.',
    );
    expect(asked).toEqual([['open', STEP]]);
  });

  it('keeps the button from being pressed twice while it is being made', async () => {
    const user = await openStep(() => new Promise(() => {}));
    await user.click(screen.getByRole('button', { name: 'Preview' }));
    expect(screen.getByRole('button', { name: 'Preview' })).toBeDisabled();
    expect(screen.getByText('Loading the preview')).toBeInTheDocument();
    expect(
      screen.getByRole('button', { name: 'Request approval' }),
    ).toBeEnabled();
  });

  it('says why it could not be made, and is made when tried again', async () => {
    let isAway = true;
    const user = await openStep(async () => {
      if (isAway) throw new Error('the backend was restarted');
      return PREVIEWS['changes-nothing'];
    });
    await user.click(screen.getByRole('button', { name: 'Preview' }));
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'Could not preview this stepthe backend was restarted',
    );
    isAway = false;
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText('Changes nothing')).toBeInTheDocument();
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
  });

  it('is gone when the state of the step changes', async () => {
    const user = await openStep(async () => PREVIEWS.changes, {
      states: [
        { status: 'pending' },
        { status: 'pending', returnedBecause: 'a file was changed' },
      ],
    });
    await user.click(screen.getByRole('button', { name: 'Preview' }));
    await screen.findByText('3 → 6 replicas');
    await user.click(screen.getByRole('button', { name: 'Next state' }));
    expect(
      screen.queryByRole('region', { name: 'What it would change' }),
    ).not.toBeInTheDocument();
  });

  it('is not shown when it comes after the state of the step has changed', async () => {
    let answer: (preview: Preview) => void = () => {};
    const user = await openStep(
      () =>
        new Promise(resolve => {
          answer = resolve;
        }),
      {
        states: [
          { status: 'pending' },
          { status: 'pending', returnedBecause: 'a file was changed' },
        ],
      },
    );
    await user.click(screen.getByRole('button', { name: 'Preview' }));
    await user.click(screen.getByRole('button', { name: 'Next state' }));
    await act(async () => answer(PREVIEWS.changes));
    expect(screen.queryByText('3 → 6 replicas')).not.toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Preview' })).toBeEnabled();
  });

  it('cannot be asked for by whoever may not ask for an approval, for the same reason', async () => {
    await openStep(async () => PREVIEWS.changes, {
      permitted: {
        kind: 'request-approval',
        permitted: refused('only Sam drives this run'),
      },
    });
    expect(screen.getByRole('button', { name: 'Preview' })).toBeDisabled();
    expect(
      screen.getByText('Request approval, Preview: only Sam drives this run'),
    ).toBeInTheDocument();
  });
});

/** A step that goes from one state to the next with each press. */
function InTurn({ step, states }: { step: RunStepView; states: StepState[] }) {
  const [index, setIndex] = useState(0);
  return (
    <>
      <StepActions
        runId="open"
        step={{ ...step, state: states[index] }}
        commander={{
          state: { status: 'idle' },
          send: async () => true,
          forget: () => {},
        }}
      />
      <button type="button" onClick={() => setIndex(index + 1)}>
        Next state
      </button>
    </>
  );
}
