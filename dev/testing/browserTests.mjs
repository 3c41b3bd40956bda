import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readPlaywrightReport } from './readReports.mjs';
import { runTool } from './runTool.mjs';

/** Whole journeys in a real browser, through a portal of the tests' own. */
export async function runBrowser({ register, folder, world, browser }) {
  const env = await world.portalEnvironment();
  const report = join(folder, 'browser.json');
  const code = await runTool(
    register,
    'playwright',
    ['test', '--config', 'e2e/playwright.config.ts'],
    {
      ...env,
      RUNBOOKS_TEST_BROWSER: browser.program,
      PLAYWRIGHT_JSON_OUTPUT_NAME: report,
    },
  );
  return readPlaywrightReport(
    existsSync(report) ? readFileSync(report, 'utf8') : '',
    code,
  );
}
