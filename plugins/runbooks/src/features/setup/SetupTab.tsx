import type { ReactElement } from 'react';
import { useLocation } from 'react-router-dom';
import { useMayReadSetup } from './useMayReadSetup';

/**
 * The page of the plugin with the tab for its set-up, or without it for those who may not see that: it is the operator's.
 * Who follows a link to it sees the tab, and there why nothing is shown.
 */
export function SetupTab(props: { shown: ReactElement; hidden: ReactElement }) {
  return useShowsSetup() ? props.shown : props.hidden;
}

/** Whether the tab for the set-up is shown to the person looking. */
export function useShowsSetup(): boolean {
  const mayRead = useMayReadSetup();
  const { pathname } = useLocation();
  return mayRead || /\/setup\/?$/.test(pathname);
}
