import { missingPermissionWords } from '@backstage-runbooks/plugin-runbooks-common';
import { screen } from '@testing-library/react';
import { renderScreen } from '../__testUtils__/renderScreen';
import { answeredWith } from '../testing/refusals';
import { CannotSee } from './CannotSee';

describe('a part of a page that a person may not see', () => {
  it('says whom to ask, by name and with a link', async () => {
    const error = await answeredWith(
      403,
      missingPermissionWords({
        permission: { name: 'runbooks.health.read' },
        entityRef: 'component:default/auth-service',
        owners: ['group:default/identity'],
      }),
    );
    await renderScreen(<CannotSee error={error} what="live health" />);
    expect(
      await screen.findByText(/You may not see the health of/),
    ).toHaveTextContent(/ask its owners: identity\.$/);
    expect(screen.getByRole('link', { name: 'identity' })).toHaveAttribute(
      'href',
      '/catalog/default/group/identity',
    );
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
  });

  it('says what it is where the server gives no words', async () => {
    await renderScreen(
      <CannotSee
        error={await answeredWith(403, 'NotAllowed')}
        what="live health"
      />,
    );
    expect(
      await screen.findByText('You may not see live health here.'),
    ).toBeInTheDocument();
  });
});
