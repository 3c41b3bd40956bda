import type { NotificationService } from '@backstage/plugin-notifications-node';
import {
  visibleText,
  type EntityRef,
  type PlannedStep,
  type Run,
} from '@backstage-runbooks/plugin-runbooks-common';

const MAX_CHARACTERS = 300;

/** Whom an approval is asked of, and by names what for. */
export interface ApprovalCall {
  approverRefs: EntityRef[];
  askedBy: string;
  entity: string;
}

/**
 * Tells people that an approval waits for them. The notification only links to the step; opening it approves nothing.
 * The same request has the same scope, so that who is told of it twice sees one notification.
 */
export class ApprovalNotifier {
  readonly #notifications: NotificationService;

  constructor(options: { notifications: NotificationService }) {
    this.#notifications = options.notifications;
  }

  /** @throws what sending threw */
  async requested(
    run: Run,
    step: PlannedStep,
    { approverRefs, askedBy, entity }: ApprovalCall,
  ): Promise<void> {
    if (approverRefs.length === 0) return;
    await this.#notifications.send({
      recipients: { type: 'entity', entityRef: approverRefs },
      payload: {
        title: plain(`Approval wanted: ${step.title}`),
        description: plain(
          `${askedBy} asks to run it on ${entity}: ${step.because}`,
        ),
        link: `/runbooks/runs/${encodeURIComponent(
          run.id,
        )}?step=${encodeURIComponent(step.id)}`,
        severity: step.effect === 'destructive' ? 'high' : 'normal',
        topic: 'runbooks',
        scope: `${run.id} ${step.id}`,
      },
    });
  }
}

/** Titles and reasons come from documents: mail and chat must not be led by what is not seen, nor by several lines. */
function plain(text: string): string {
  const line = visibleText(text).replace(/\s+/g, ' ').trim();
  const characters = [...line];
  return characters.length > MAX_CHARACTERS
    ? `${characters.slice(0, MAX_CHARACTERS).join('')}…`
    : line;
}
