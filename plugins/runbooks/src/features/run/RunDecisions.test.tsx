import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderScreen } from '../../__testUtils__/renderScreen';
import { runsInAllStates } from '../../testing/runs';
import { RunDecisions } from './RunDecisions';
import { runPageView } from './runPageView';

describe('ending a run', () => {
  it('says before how many steps are not run, as the history will', async () => {
    const view = runsInAllStates().open;
    const { done, total } = runPageView(view);
    expect(total - done).toBeGreaterThan(1);
    await renderScreen(
      <RunDecisions
        view={{
          ...view,
          viewer: { ...view.viewer, finish: { allowed: true } },
        }}
        commander={{
          state: { status: 'idle' },
          send: async () => true,
          forget: () => {},
        }}
      />,
    );
    await userEvent
      .setup()
      .click(screen.getByRole('button', { name: 'Finish: it worked' }));
    expect(
      screen.getByText(
        `The run ends here as succeeded. ${
          total - done
        } steps are not run; the history will say so.`,
      ),
    ).toBeInTheDocument();
  });
});
