import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readPlaywrightReport } from './readReports.mjs';
import { runTool } from './runTool.mjs';

/** Whole journeys in a real browser, through a portal of the tests' own. */
export function runBrowser(lane) {
  return runPlaywright(lane, ['mainJob', 'systems']);
}

/** Every procedure of the five real documents, driven to its end on such a portal. */
export function runDocuments(lane) {
  return runPlaywright(lane, ['realRunbooks']);
}

/** Makes the pictures of the README anew, in `docs/images`. */
export function runPictures(lane) {
  return runPlaywright(lane, ['pictures']);
}

async function runPlaywright({ register, folder, world, browser }, files) {
  const env = await world.portalEnvironment();
  const report = join(folder, 'browser.json');
  const code = await runTool(
    register,
    'playwright',
    ['test', '--config', 'e2e/playwright.config.ts', ...files],
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
