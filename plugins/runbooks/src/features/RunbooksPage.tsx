import { Header, Page, RoutedTabs } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Navigate, Route, Routes } from 'react-router-dom';
import { runbooksTranslationRef } from '../translation';
import { ApprovalsPage } from './approvals/ApprovalsPage';
import { RunsContent } from './RunsContent';
import { SetupPage } from './setup/SetupPage';
import { useShowsSetup } from './setup/SetupTab';

/** The page of the plugin with its own head, for apps of the legacy frontend system. */
export function RunbooksPage() {
  const { t } = useTranslationRef(runbooksTranslationRef);
  const showsSetup = useShowsSetup();
  const tabs = [
    { path: '/runs', title: t('page.runs'), children: <RunsContent /> },
    {
      path: '/approvals',
      title: t('page.approvals'),
      children: <ApprovalsPage />,
    },
    ...(showsSetup
      ? [{ path: '/setup', title: t('page.setup'), children: <SetupPage /> }]
      : []),
  ];
  return (
    <Page themeId="tool">
      <Header
        title="Runbooks"
        subtitle="What was run, and what waits for you"
      />
      <Routes>
        <Route path="/" element={<Navigate to="runs" replace />} />
        <Route path="*" element={<RoutedTabs routes={tabs} />} />
      </Routes>
    </Page>
  );
}
