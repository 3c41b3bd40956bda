import {
  Link,
  Sidebar,
  SidebarDivider,
  SidebarGroup,
  SidebarItem,
  SidebarScrollWrapper,
  SidebarSpace,
  sidebarConfig,
  useSidebarOpenState,
} from '@backstage/core-components';
import type { NavContentComponentProps } from '@backstage/plugin-app-react';
import { NotificationsSidebarItem } from '@backstage/plugin-notifications';
import { SidebarSearchModal } from '@backstage/plugin-search';
import { UserSettingsSignInAvatar } from '@backstage/plugin-user-settings';
import { makeStyles } from '@material-ui/core/styles';
import MenuIcon from '@material-ui/icons/Menu';
import SearchIcon from '@material-ui/icons/Search';
import { Logo } from './Logo';
import { UnreadBell } from './UnreadBell';

/** Pages that the sidebar shows in its own way, or that are reached from an entity. */
const PLACED_ELSEWHERE = [
  'page:search',
  'page:notifications',
  'page:catalog-graph',
];

const useStyles = makeStyles(
  {
    '@global': {
      // On a phone the bar at the bottom: four entries have room in 320 px.
      '[data-testid="mobile-sidebar-root"] > a': { minWidth: 64, margin: 0 },
    },
  },
  { name: 'RunbooksDemoSidebar' },
);

/**
 * What stands on the left: the pages of the installed plugins, search, notifications and who is signed in.
 *
 * On a phone only the groups are shown, as a bar at the bottom, so whatever must be reached there stands in one.
 */
export function DemoSidebar({ navItems }: NavContentComponentProps) {
  useStyles();
  const pages = navItems.withComponent(({ icon, href, title }) => (
    <SidebarItem icon={() => icon} to={href} text={title} />
  ));
  PLACED_ELSEWHERE.forEach(id => pages.take(id));
  const settings = pages.take('page:user-settings');

  return (
    <Sidebar>
      <HomeLink />
      <SidebarGroup label="Search" icon={<SearchIcon />} to="/search">
        <SidebarSearchModal />
      </SidebarGroup>
      <SidebarDivider />
      <SidebarGroup label="Menu" icon={<MenuIcon />}>
        {pages.take('page:catalog')}
        {pages.take('page:runbooks')}
        <SidebarScrollWrapper>
          {pages.rest({ sortBy: 'title' })}
        </SidebarScrollWrapper>
      </SidebarGroup>
      <SidebarSpace />
      <SidebarDivider />
      <SidebarGroup
        label="Notifications"
        icon={<UnreadBell />}
        to="/notifications"
      >
        <NotificationsSidebarItem />
      </SidebarGroup>
      <SidebarGroup
        label="Settings"
        icon={<UserSettingsSignInAvatar />}
        to="/settings"
      >
        {settings}
      </SidebarGroup>
    </Sidebar>
  );
}

function HomeLink() {
  const { isOpen } = useSidebarOpenState();
  return (
    <Link
      to="/"
      underline="none"
      aria-label="Runbooks demo, home"
      style={{
        display: 'flex',
        alignItems: 'center',
        gap: 12,
        height: 72,
        paddingLeft: (sidebarConfig.drawerWidthClosed - 32) / 2,
        color: '#ffffff',
        fontWeight: 'bold',
        whiteSpace: 'nowrap',
        overflow: 'hidden',
      }}
    >
      <Logo size={32} />
      {isOpen && 'Runbooks demo'}
    </Link>
  );
}
