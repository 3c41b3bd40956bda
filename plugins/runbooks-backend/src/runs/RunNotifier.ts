import type { NotificationService } from '@backstage/plugin-notifications-node';
import type {
  EntityRef,
  Run,
  RunNotice,
} from '@backstage-runbooks/plugin-runbooks-common';
import { noticeText } from './noticeText';

/** A notice with whom it goes to. */
export interface AddressedNotice {
  notice: RunNotice;
  /** Of the event that it is told of. */
  seq: number;
  userRefs: EntityRef[];
  nameOf(entityRef: EntityRef): string;
}

/**
 * Tells people what happened in a run. The notification only links to the step; opening it approves nothing. What is
 * told of one step has one scope: who was told of it before sees the newest in its place, and who is told twice sees
 * one notification. What goes on from there, to mail or chat, has a key by which it can be known again.
 */
export class RunNotifier {
  readonly #notifications: NotificationService;

  constructor(options: { notifications: NotificationService }) {
    this.#notifications = options.notifications;
  }

  /** @throws what sending threw */
  async tell(run: Run, addressed: AddressedNotice): Promise<void> {
    const { notice, seq, userRefs, nameOf } = addressed;
    if (userRefs.length === 0) return;
    const step = run.plan.steps.find(({ id }) => id === notice.stepId);
    const address = `/runbooks/runs/${encodeURIComponent(run.id)}`;
    await this.#notifications.send({
      recipients: { type: 'entity', entityRef: userRefs },
      payload: {
        ...noticeText(run.plan, step, notice, nameOf),
        link: step ? `${address}?step=${encodeURIComponent(step.id)}` : address,
        topic: 'runbooks',
        scope: step ? `${run.id} ${step.id}` : run.id,
        metadata: { key: `${run.id} ${seq}` },
      },
    });
  }
}
