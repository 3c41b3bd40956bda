import { screen } from '@testing-library/react';
import { renderScreen } from '../../__testUtils__/renderScreen';
import { WhatFits } from './WhatFits';

const AUTH = 'component:default/auth-service';

describe('what to do about what is wrong', () => {
  it('is the procedure that fits best', async () => {
    await renderScreen(
      <WhatFits
        entityRef={AUTH}
        best={{ title: 'An image cannot be pulled', to: '/p/1' }}
      />,
    );
    expect(
      screen.getByRole('link', { name: 'An image cannot be pulled' }),
    ).toHaveAttribute('href', '/p/1');
  });

  it('is told on the tab of the service, where this page does not know', async () => {
    await renderScreen(<WhatFits entityRef={AUTH} />);
    expect(
      screen.getByRole('link', { name: 'See which procedures fit this' }),
    ).toHaveAttribute(
      'href',
      '/catalog/default/component/auth-service/runbooks',
    );
  });

  it('is to ask who is on call, where no procedure fits', async () => {
    await renderScreen(<WhatFits entityRef={AUTH} best={null} />);
    expect(screen.getByText(/Ask who is on call/)).toBeInTheDocument();
  });
});
