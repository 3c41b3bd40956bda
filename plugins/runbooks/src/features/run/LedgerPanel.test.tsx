import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderScreen } from '../../__testUtils__/renderScreen';
import { downloadFile } from '../../downloadFile';
import { FakeRunbooksApi } from '../../testing/FakeRunbooksApi';
import { runsInAllStates } from '../../testing/runs';
import { LedgerPanel } from './LedgerPanel';

// Screens are large, and a busy machine renders them slowly.
jest.setTimeout(60_000);

jest.mock('../../downloadFile');

async function openPanel(api = new FakeRunbooksApi()) {
  const { run } = runsInAllStates().open;
  await renderScreen(
    <LedgerPanel runId="open" plan={run.plan} eventCount={run.eventCount} />,
    { api },
  );
  return screen.findByRole('button', { name: 'Public key' });
}

describe('the public key beside the evidence', () => {
  it('is downloaded under the name that the check is told to read', async () => {
    const user = userEvent.setup();
    await user.click(await openPanel());
    await waitFor(() =>
      expect(downloadFile).toHaveBeenCalledWith(
        'portal-public.pem',
        'application/x-pem-file',
        expect.stringContaining('BEGIN PUBLIC KEY'),
      ),
    );
    await user.click(screen.getByText('Check it yourself'));
    expect(screen.getByText(/--key portal-public\.pem/)).toBeInTheDocument();
    expect(
      screen.getByText(/with nothing that the export itself brings/),
    ).toBeInTheDocument();
  });

  it('says where there is none', async () => {
    const api = new FakeRunbooksApi();
    api.getLedgerKeys = async () => [];
    await userEvent.setup().click(await openPanel(api));
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'This portal has no key',
    );
  });
});
