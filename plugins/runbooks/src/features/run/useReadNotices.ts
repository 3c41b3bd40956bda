import { createApiRef, useApiHolder } from '@backstage/core-plugin-api';
import { useEffect } from 'react';

/** What is used of the API of the notifications plugin, which an app may have. */
export interface ReadableNotices {
  getNotifications(options: {
    topic: string;
    read: boolean;
    limit: number;
  }): Promise<{
    notifications: Array<{ id: string; payload: { link?: string } }>;
  }>;
  updateNotifications(options: {
    ids: string[];
    read: boolean;
  }): Promise<unknown>;
}

/** The API of the notifications plugin, by its id: without that plugin nothing of it is loaded. */
export const readableNoticesApiRef = createApiRef<ReadableNotices>({
  id: 'plugin.notifications.service',
});

/** What the backend tells of runs. */
const TOPIC = 'runbooks';
const MOST_AT_ONCE = 100;
/** A notice comes a moment after the event that it is of. */
const AFTER_MS = 2_000;

/**
 * Marks notifications of a run as read while the person looks at it, again after each event of it: they see there what
 * these tell. Does nothing where the app has no notifications; that they cannot be marked hinders nobody.
 */
export function useReadNotices(runId: string, eventCount: number): void {
  const notices = useApiHolder().get(readableNoticesApiRef);
  useEffect(() => {
    if (!notices) return undefined;
    const timer = setTimeout(() => {
      markRead(notices, runId).catch(() => {});
    }, AFTER_MS);
    return () => clearTimeout(timer);
  }, [notices, runId, eventCount]);
}

async function markRead(
  notices: ReadableNotices,
  runId: string,
): Promise<void> {
  const { notifications } = await notices.getNotifications({
    topic: TOPIC,
    read: false,
    limit: MOST_AT_ONCE,
  });
  const address = `/runs/${encodeURIComponent(runId)}`;
  const ids = notifications
    .filter(({ payload }) => payload.link?.split('?')[0].endsWith(address))
    .map(({ id }) => id);
  if (ids.length > 0) await notices.updateNotifications({ ids, read: true });
}
