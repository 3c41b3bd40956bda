import { mockServices } from '@backstage/backend-test-utils';
import type {
  PlannedStep,
  Run,
} from '@backstage-runbooks/plugin-runbooks-common';
import { ApprovalNotifier } from './ApprovalNotifier';

describe('the notification that an approval waits', () => {
  it('shows what a title hides, and no credential', async () => {
    const sent: unknown[] = [];
    const notifier = new ApprovalNotifier({
      notifications: { send: async payload => void sent.push(payload) },
      logger: mockServices.logger.mock(),
    });
    const run = {
      id: 'r1',
      requestedBy: 'user:default/maya',
      plan: { entityRef: 'component:default/auth-service' },
    } as unknown as Run;
    const step = {
      id: 's1',
      title: `Restart\u202E it${' '.repeat(500)}now`,
      because: `restarts with ghp_${'Z9'.repeat(18)}`,
      effect: 'change',
    } as unknown as PlannedStep;
    await notifier.requested(run, step, ['user:default/tomas']);
    expect(sent).toMatchObject([
      {
        payload: {
          title: 'Approval wanted: Restart\\u{202E} it… 500 blanks …now',
          description:
            'user:default/maya asks to run it on component:default/auth-service: restarts with [redacted]',
        },
      },
    ]);
  });
});
