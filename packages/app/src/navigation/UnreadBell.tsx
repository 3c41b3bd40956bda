import { NotificationsSidebarItem } from '@backstage/plugin-notifications';
import Badge from '@material-ui/core/Badge';
import NotificationsIcon from '@material-ui/icons/NotificationsNone';

/**
 * The bell of the bar at the bottom of a phone, with how many notifications are unread.
 *
 * It shows no snackbars: they would stand inside of the link that the bell is in.
 */
export function UnreadBell() {
  return (
    <NotificationsSidebarItem
      snackbarEnabled={false}
      renderItem={({ unreadCount }) => (
        <Badge badgeContent={unreadCount} max={99} color="error">
          <NotificationsIcon />
        </Badge>
      )}
    />
  );
}
