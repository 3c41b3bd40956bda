import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FakeRunbooksApi } from '../../testing/FakeRunbooksApi';
import { hoursAhead } from '../../testing/clock';
import { renderScreen } from '../../__testUtils__/renderScreen';
import { RunbooksPage } from '../RunbooksPage';

// Screens are large, and a busy machine renders them slowly.
jest.setTimeout(30_000);

const open = (api: FakeRunbooksApi) =>
  renderScreen(<RunbooksPage />, {
    api,
    at: '/runbooks/runs',
    mountedAt: '/runbooks',
  });

describe('what keeps changes from starting', () => {
  it('is stopped with a reason by whoever may, said to everybody, and ended again', async () => {
    const api = new FakeRunbooksApi();
    api.mayStop = true;
    await open(api);
    const user = userEvent.setup();
    await user.click(
      await screen.findByRole('button', { name: 'Stop all changes' }),
    );
    const field = screen.getByLabelText(/Why all changes are stopped/);
    expect(
      screen.getByRole('button', { name: 'Stop all changes' }),
    ).toBeDisabled();
    await user.type(field, 'we lose orders');
    await user.click(screen.getByRole('button', { name: 'Stop all changes' }));
    expect(await screen.findByText('All changes are stopped')).toBeVisible();
    expect(screen.getByText(/we lose orders/)).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Let changes go on' }));
    expect(
      await screen.findByRole('button', { name: 'Stop all changes' }),
    ).toBeVisible();
    expect(screen.queryByText(/we lose orders/)).toBeNull();
  });

  it('is shown to those who may not change it, without a button', async () => {
    const api = new FakeRunbooksApi();
    api.holds = [
      {
        kind: 'freeze',
        name: 'Year end',
        because: 'nobody is here',
        until: hoursAhead(30),
        clusters: ['production'],
      },
    ];
    await open(api);
    expect(await screen.findByText('Changes are frozen')).toBeVisible();
    expect(screen.getByText(/Year end/)).toHaveTextContent(
      /it ends in .*, on production: nobody is here/,
    );
    expect(
      screen.queryByRole('button', { name: 'Stop all changes' }),
    ).toBeNull();
    expect(
      screen.queryByRole('button', { name: 'Let changes go on' }),
    ).toBeNull();
  });
});
