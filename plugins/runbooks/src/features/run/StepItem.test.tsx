import { screen } from '@testing-library/react';
import type { StepState } from '@backstage-runbooks/plugin-runbooks-common';
import { renderScreen } from '../../__testUtils__/renderScreen';
import { runsInAllStates, stepResult } from '../../testing/runs';
import { OutputFeed } from './OutputFeed';
import { runPageView, type RunStepView } from './runPageView';
import { StepItem } from './StepItem';

const { run } = runsInAllStates().open;
const steps = runPageView(runsInAllStates().open).phases.flatMap(
  phase => phase.steps,
);
const ACTIONS: Pick<RunStepView, 'actions' | 'approvals'> = {
  actions: [],
  approvals: [],
};

async function openStep(state: StepState, readsSecrets = false) {
  const destructive = steps.find(one => one.step.effect === 'destructive')!;
  await renderScreen(
    <ol>
      <StepItem
        runId="open"
        plan={run.plan}
        eventCount={run.eventCount}
        feed={new OutputFeed()}
        commander={{
          state: { status: 'idle' },
          send: async () => true,
          forget: () => {},
        }}
        isCurrent={false}
        step={{
          ...destructive,
          step: {
            ...destructive.step,
            ...(readsSecrets
              ? { effect: 'read' as const, secrets: { kind: 'any' as const } }
              : {}),
          },
          ...ACTIONS,
          state,
        }}
      />
    </ol>,
  );
}

const ended = (writes: number): StepState => ({
  status: 'succeeded',
  attempt: 1,
  result: stepResult({ calls: { total: 9, writes, refused: 0 } }),
});

describe('the effect of a step', () => {
  it('is what it could do until it has ended', async () => {
    await openStep({ status: 'pending' });
    expect(screen.getByText('Destructive')).toBeInTheDocument();
  });

  it.each([
    { writes: 0, says: 'Wrote nothing' },
    { writes: 4, says: 'Made 4 writes' },
  ])('is what it did after that: $says', async ({ writes, says }) => {
    await openStep(ended(writes));
    expect(screen.getByText(says)).toBeInTheDocument();
    expect(screen.queryByText('Destructive')).not.toBeInTheDocument();
  });

  it.each([
    { secretReads: 2, says: 'Read Secrets' },
    { secretReads: undefined, says: 'Read no Secrets' },
  ])(
    'is, of one that was let read Secrets, whether it did: $says',
    async ({ secretReads, says }) => {
      const calls = { total: 9, writes: 0, refused: 0, secretReads };
      await openStep(
        { status: 'succeeded', attempt: 1, result: stepResult({ calls }) },
        true,
      );
      expect(screen.getByText(says)).toBeInTheDocument();
      expect(screen.queryByText('Reads Secrets')).not.toBeInTheDocument();
    },
  );
});
