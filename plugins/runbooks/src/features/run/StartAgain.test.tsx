import type { RunView } from '@backstage-runbooks/plugin-runbooks-common';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useLocation } from 'react-router-dom';
import { renderScreen } from '../../__testUtils__/renderScreen';
import { runsInAllStates } from '../../testing/runs';
import { carriedValues } from '../procedure/valuesOfRun';
import { StartAgain } from './StartAgain';

const { open } = runsInAllStates();

function withSecret(view: RunView): RunView {
  const { plan } = view.run;
  const [first, ...rest] = plan.parameters;
  return {
    ...view,
    run: {
      ...view.run,
      plan: {
        ...plan,
        parameters: [{ ...first, name: 'TOKEN', secret: true }, ...rest],
      },
    },
  };
}

function Carried() {
  return <output>{JSON.stringify(carriedValues(useLocation().state))}</output>;
}

describe('running again what a run did', () => {
  it('leads to its procedure with the same values, and starts nothing', async () => {
    const api = await renderScreen(
      <>
        <StartAgain view={open} />
        <Carried />
      </>,
    );
    const link = screen.getByRole('link', {
      name: 'Start again with these values',
    });
    const { plan } = open.run;
    expect(link).toHaveAttribute(
      'href',
      expect.stringContaining(encodeURIComponent(plan.procedure.id)),
    );
    expect(link.getAttribute('href')).not.toContain('?');
    await userEvent.setup().click(link);
    const carried = JSON.parse(screen.getByRole('status').textContent ?? '');
    expect(carried).toMatchObject({
      runId: open.run.id,
      cluster: plan.cluster,
      values: { REPLICAS: '6' },
    });
    expect(api.started).toEqual([]);
  });

  it('carries no secret value, and says that it is asked for again', async () => {
    await renderScreen(
      <>
        <StartAgain view={withSecret(open)} />
        <Carried />
      </>,
    );
    expect(
      screen.getByText(/Secret values are asked for again/),
    ).toBeInTheDocument();
    await userEvent.setup().click(screen.getByRole('link'));
    expect(screen.getByRole('status')).not.toHaveTextContent('TOKEN');
  });

  it('is not offered where the service is gone', async () => {
    await renderScreen(<StartAgain view={{ ...open, entityIsGone: true }} />);
    expect(screen.queryByRole('link')).not.toBeInTheDocument();
  });
});
