import { screen } from '@testing-library/react';
import { renderScreen } from '../../__testUtils__/renderScreen';
import { manualStep } from '../../testing/documents';
import { StepBody } from './StepBody';
import { stepView } from './stepView';

async function show(title: string, text: string) {
  await renderScreen(
    <StepBody step={stepView(manualStep('a/1.1', title, text), '1', {})}>
      <span>What may be done</span>
    </StepBody>,
  );
}

describe('a step that a person does', () => {
  it('does not say again what its title says, though in a small letter and with a full stop', async () => {
    await show('Page the second level', 'page the **second** level.');
    expect(screen.getByText('What may be done')).toBeInTheDocument();
    expect(screen.queryByText(/level/)).toBeNull();
  });

  it('says what its title does not', async () => {
    await show('Page the second level', 'Page the second level by phone.');
    expect(screen.getByText('Page the second level by phone.')).toBeVisible();
  });
});
