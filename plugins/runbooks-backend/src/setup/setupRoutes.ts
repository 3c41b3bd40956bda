import {
  setupNeeds,
  setupReadPermission,
  type SetupReport,
} from '@backstage-runbooks/plugin-runbooks-common';
import type { Router } from 'express';
import type { Access } from '../http/access';
import { setupFacts, type SetupSources } from './setupFacts';

/** How long an answer is good for: each one starts programs and calls clusters. */
const FRESH_MS = 10_000;

/** The route that tells operators how the plugin is set up. */
export function addSetupRoutes(
  router: Router,
  { access, setup }: { access: Access; setup: SetupSources },
): void {
  let latest: { report: Promise<SetupReport>; at: number } | undefined;
  const report = () => {
    if (latest && Date.now() - latest.at <= FRESH_MS) return latest.report;
    const asked = { report: reportOf(setup), at: Date.now() };
    latest = asked;
    // A failure is good for nobody but those who waited for it.
    asked.report.catch(() => {
      if (latest === asked) latest = undefined;
    });
    return asked.report;
  };

  router.get('/setup', async (req, res) => {
    const credentials = await access.person(req);
    await access.operator(credentials, setupReadPermission);
    res.json((await report()) satisfies SetupReport);
  });
}

async function reportOf(setup: SetupSources): Promise<SetupReport> {
  return {
    needs: setupNeeds(await setupFacts(setup)),
    at: new Date().toISOString(),
  };
}
