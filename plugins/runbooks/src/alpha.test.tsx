import { screen } from '@testing-library/react';
import { openApp } from './__testUtils__/openApp';

// A whole app is rendered, on a busy machine slowly.
jest.setTimeout(60_000);

describe('the plugin in an app of the new frontend system', () => {
  it('puts its tab on the page of a service, and procedures below it', async () => {
    openApp('/catalog/default/component/auth-service/runbooks');
    expect(
      await screen.findByRole(
        'link',
        { name: 'Canary deployment' },
        { timeout: 20_000 },
      ),
    ).toHaveAttribute(
      'href',
      '/catalog/default/component/auth-service/runbooks/p/auth-service%2Foperations.md/canary',
    );
  });

  it('has a page with history and single runs', async () => {
    openApp('/runbooks/runs/approval');
    expect(
      await screen.findByRole(
        'heading',
        { name: 'Incident: high latency of logins' },
        { timeout: 20_000 },
      ),
    ).toBeInTheDocument();
    expect(screen.getByRole('tab', { name: 'Approvals' })).toBeInTheDocument();
  });

  it('offers its set-up to those who operate the portal', async () => {
    openApp('/runbooks/runs');
    expect(
      await screen.findByRole('tab', { name: 'Set-up' }, { timeout: 20_000 }),
    ).toBeInTheDocument();
  });
});
