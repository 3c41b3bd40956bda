import type { EntityHealth } from '@backstage-runbooks/plugin-runbooks-common';
import { screen } from '@testing-library/react';
import { renderScreen } from '../../__testUtils__/renderScreen';
import {
  entityHealth,
  degradedCluster,
  healthyCluster,
} from '../../testing/health';
import { HealthSummary } from './HealthSummary';
import { healthView } from './healthView';

async function show(value: EntityHealth) {
  const health = healthView(
    { value, connection: { kind: 'streaming' } },
    Date.now(),
  );
  await renderScreen(<HealthSummary health={health} whatToDo="Ask somebody" />);
}

const SCALED_TO_ZERO = {
  code: 'ScaledToZero',
  message: 'Scaled to 0: nothing runs',
  object: { kind: 'Deployment', namespace: 'identity', name: 'auth-green' },
} as const;

describe('what to do about the health of a service', () => {
  it('is told where something is wrong', async () => {
    await show(entityHealth([degradedCluster()]));
    expect(screen.getByText('Ask somebody')).toBeInTheDocument();
  });

  it('is not asked for while it is healthy, though a part of it is scaled to zero', async () => {
    await show(entityHealth([healthyCluster()], { signals: [SCALED_TO_ZERO] }));
    expect(screen.getAllByText(/Healthy/)[0]).toBeInTheDocument();
    expect(screen.queryByText('Ask somebody')).not.toBeInTheDocument();
  });
});
