import { Content } from '@backstage/core-components';
import { ApprovalsPage } from './approvals/ApprovalsPage';
import { RunsContent } from './RunsContent';

/** History and single runs, below the head that the app gives the plugin's page. */
export function RunsSubPage() {
  return (
    <Content>
      <RunsContent />
    </Content>
  );
}

/** Approvals, below the head that the app gives the plugin's page. */
export function ApprovalsSubPage() {
  return (
    <Content>
      <ApprovalsPage />
    </Content>
  );
}
