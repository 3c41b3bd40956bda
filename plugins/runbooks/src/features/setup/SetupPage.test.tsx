import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FakeRunbooksApi } from '../../testing/FakeRunbooksApi';
import { answeredWith } from '../../testing/refusals';
import { renderScreen } from '../../__testUtils__/renderScreen';
import { RunbooksPage } from '../RunbooksPage';

// Screens are large, and a busy machine renders them slowly.
jest.setTimeout(30_000);

function openPage(
  api?: FakeRunbooksApi,
  { at = '/runbooks/setup', isOperator = true } = {},
) {
  return renderScreen(<RunbooksPage />, {
    api,
    at,
    isOperator,
    mountedAt: '/runbooks',
  });
}

function need(title: string) {
  const found = screen.getByRole('heading', { name: title }).closest('li');
  return within(found!);
}

describe('the set-up page', () => {
  it('says of each need how it is met, with versions and reasons, and what mends it', async () => {
    await openPage();
    await screen.findByRole('heading', { name: 'Kubernetes clusters' });
    expect(
      screen.getAllByRole('heading', { level: 3 }).map(one => one.textContent),
    ).toEqual([
      'Kubernetes clusters',
      'Database for runs',
      'Keys',
      'Executor of steps',
      'Where runs may go',
      'Permissions',
      'Notifications',
    ]);
    const clusters = need('Kubernetes clusters');
    expect(clusters.getByText('v1.33.1')).toBeInTheDocument();
    expect(
      clusters.getByText(/of cluster 'staging' gives the server no credential/),
    ).toBeInTheDocument();
    expect(need('Database for runs').getByText('Ready')).toBeInTheDocument();
    const scopes = need('Where runs may go');
    expect(scopes.getByText('Missing')).toBeInTheDocument();
    expect(scopes.getByText(/namespaces: \[payments\]/)).toBeInTheDocument();
    expect(
      need('Permissions').getByText(/allows everybody everything/),
    ).toBeInTheDocument();
    expect(
      need('Executor of steps').getByText(/Not found: steps that use it/),
    ).toBeInTheDocument();
  });

  it('looks again when asked to', async () => {
    const user = userEvent.setup();
    const api = new FakeRunbooksApi();
    const getSetup = jest.spyOn(api, 'getSetup');
    await openPage(api);
    await screen.findByRole('heading', { name: 'Keys' });
    await user.click(screen.getByRole('button', { name: 'Look again' }));
    expect(getSetup).toHaveBeenCalledTimes(2);
  });

  it('is offered to those who operate the portal', async () => {
    await openPage(undefined, { at: '/runbooks/runs' });
    expect(
      await screen.findByRole('tab', { name: 'Set-up' }),
    ).toBeInTheDocument();
  });

  // Last: what was permitted is remembered for those behind it.
  it('tells somebody who does not operate the portal no more than that', async () => {
    const api = new FakeRunbooksApi();
    const refusal = await answeredWith(403, 'You may not');
    api.getSetup = () => Promise.reject(refusal);
    await openPage(api, { isOperator: false });
    expect(await screen.findByText('You may not.')).toBeInTheDocument();
  });
});
