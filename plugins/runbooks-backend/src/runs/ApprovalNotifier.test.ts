import type { NotificationSendOptions } from '@backstage/plugin-notifications-node';
import type {
  PlannedStep,
  Run,
} from '@backstage-runbooks/plugin-runbooks-common';
import { ApprovalNotifier } from './ApprovalNotifier';

const RUN = {
  id: '6c6a3c0e-4a54-4d9c-8f0d-5a3f0f6f0000',
  requestedBy: 'user:default/maya',
  plan: { entityRef: 'component:default/shop' },
} as Run;

const CALL = {
  approverRefs: ['user:default/tomas'],
  askedBy: 'Maya Lindqvist',
  entity: 'shop',
};

function step(title: string, because = 'kubectl scale'): PlannedStep {
  return {
    id: 'steps/2 scale',
    title,
    because,
    effect: 'change',
  } as PlannedStep;
}

describe('telling people that an approval waits for them', () => {
  function setUp(send = jest.fn(async (_: NotificationSendOptions) => {})) {
    const notifier = new ApprovalNotifier({ notifications: { send } });
    return { notifier, send };
  }

  it('links the very step', async () => {
    const { notifier, send } = setUp();
    await notifier.requested(RUN, step('Scale it'), CALL);
    expect(send.mock.calls[0][0].payload.link).toBe(
      `/runbooks/runs/${RUN.id}?step=steps%2F2%20scale`,
    );
  });

  it('shows what a title hides, in one line of a bounded length', async () => {
    const { notifier, send } = setUp();
    await notifier.requested(
      RUN,
      step('Look\u202E only\u200B\n\nhttps://evil', 'x'.repeat(5_000)),
      CALL,
    );
    const { title, description } = send.mock.calls[0][0].payload;
    expect(title).toMatch(/^[\x20-\x7e]+$/);
    expect(title).toContain('202E');
    expect([...(description ?? '')].length).toBeLessThanOrEqual(301);
  });

  it('shows no credential, and folds what pushes text out of sight', async () => {
    const { notifier, send } = setUp();
    await notifier.requested(
      RUN,
      step(
        `Restart\u202E it${' '.repeat(500)}now`,
        `restarts with ghp_${'Z9'.repeat(18)}`,
      ),
      CALL,
    );
    expect(send.mock.calls[0][0].payload).toMatchObject({
      title: 'Approval wanted: Restart\\u{202E} it… 500 blanks …now',
      description:
        'Maya Lindqvist asks to run it on shop: restarts with [redacted]',
    });
  });

  it('says where it failed, so that it is tried again, and has the same scope then', async () => {
    const send = jest.fn(async (_: NotificationSendOptions) => {});
    send.mockRejectedValueOnce(new Error('Request failed with status 404'));
    const { notifier } = setUp(send);
    const tell = () => notifier.requested(RUN, step('Scale it'), CALL);
    await expect(tell()).rejects.toThrow('404');
    await tell();
    const scopes = send.mock.calls.map(([{ payload }]) => payload.scope);
    expect(scopes).toEqual([
      `${RUN.id} steps/2 scale`,
      `${RUN.id} steps/2 scale`,
    ]);
  });
});
