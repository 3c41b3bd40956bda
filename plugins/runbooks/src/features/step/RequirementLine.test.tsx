import { screen } from '@testing-library/react';
import { renderScreen } from '../../__testUtils__/renderScreen';
import { RequirementLine } from './RequirementLine';

const OWNERS = [
  'component:default/auth-service',
  'component:default/user-service',
];

describe('what must happen before a step may run', () => {
  it('is told in whole sentences, and says that the one who asks types, not the owners', async () => {
    await renderScreen(
      <RequirementLine
        requirement={{
          label: 'Needs an approval',
          needsApproval: true,
          approvedBy: OWNERS,
          typed: 'auth-service',
          because: 'it executes a command inside a pod',
          whyThese: 'Each of them has objects in identity.',
        }}
      />,
    );
    expect(
      screen.getByText('Needs an approval').parentElement,
    ).toHaveTextContent(
      /^Needs an approval by owners of auth-service and user-service, and whoever asks for it types "auth-service" to confirm: it executes a command inside a pod\. Each of them has objects in identity\.$/,
    );
  });
});
