import { AuthorizeResult } from '@backstage/plugin-permission-common';
import type { PermissionApi } from '@backstage/plugin-permission-react';
import { cleanup, screen } from '@testing-library/react';
import { openApp } from '../../__testUtils__/openApp';
import { renderScreen } from '../../__testUtils__/renderScreen';
import { RunbooksPage } from '../RunbooksPage';

// A whole app is rendered, on a busy machine slowly.
jest.setTimeout(60_000);

// In a file of its own: what the policy answered is remembered for a file.
it('is offered to nobody who may not see the set-up, but for a link that leads there', async () => {
  const denied: PermissionApi['authorize'] = async () => ({
    result: AuthorizeResult.DENY,
  });
  openApp('/runbooks/runs', denied);
  await screen.findByRole('tab', { name: 'Approvals' }, { timeout: 20_000 });
  expect(screen.queryByRole('tab', { name: 'Set-up' })).toBeNull();
  cleanup();
  openApp('/runbooks/setup', denied);
  expect(
    await screen.findByRole('heading', { name: 'Keys' }, { timeout: 20_000 }),
  ).toBeInTheDocument();
});

it('is offered to nobody else in an app of the legacy frontend system either', async () => {
  await renderScreen(<RunbooksPage />, {
    at: '/runbooks/runs',
    isOperator: false,
    mountedAt: '/runbooks',
  });
  await screen.findByRole('table', { name: 'Runs' });
  expect(screen.queryByRole('tab', { name: 'Set-up' })).toBeNull();
});
