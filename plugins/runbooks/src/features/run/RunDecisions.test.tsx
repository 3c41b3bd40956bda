import { shortfallOf } from '@backstage-runbooks/plugin-runbooks-common';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderScreen } from '../../__testUtils__/renderScreen';
import { runsInAllStates } from '../../testing/runs';
import { RunDecisions } from './RunDecisions';

describe('ending a run', () => {
  it('says before how many steps are not done, by the same count as the history', async () => {
    const view = runsInAllStates().open;
    const { notDone } = shortfallOf(view.run);
    expect(notDone).toBeGreaterThan(1);
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
        `The run ends here as succeeded. ${notDone} steps are not done; the history will say so.`,
      ),
    ).toBeInTheDocument();
  });
});
