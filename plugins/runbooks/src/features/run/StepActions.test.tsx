import { screen } from '@testing-library/react';
import { renderScreen } from '../../__testUtils__/renderScreen';
import { answeredWith } from '../../testing/refusals';
import { refused, runsInAllStates } from '../../testing/runs';
import { runPageView } from './runPageView';
import { StepActions } from './StepActions';
import type { RunCommander } from './useRunCommand';

const LOCKED =
  '"Scale up" is changing deployments.apps auth in identity right now; wait until its step has ended and is settled';

async function openActions(state: RunCommander['state'], because?: string) {
  const [step] = runPageView(runsInAllStates().open).phases.flatMap(
    phase => phase.steps,
  );
  await renderScreen(
    <StepActions
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
        caution={CAUTION}
      />,
    );
  }

  it('stands by the button that approves', async () => {
    await openApproval();
    expect(screen.getByRole('button', { name: 'Approve' })).toBeEnabled();
    expect(screen.getByText(CAUTION)).toBeInTheDocument();
  });

  it('is not told to those who may not approve', async () => {
    await openApproval('You asked for it yourself.');
    expect(screen.queryByText(CAUTION)).not.toBeInTheDocument();
  });
});
