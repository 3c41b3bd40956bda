import { defineConfig } from '@playwright/test';

const {
  RUNBOOKS_TEST_APP_URL = 'http://localhost:3000',
  RUNBOOKS_TEST_BROWSER = '/usr/bin/chromium',
} = process.env;

/**
 * Journeys through a running portal, one after another: they share its cluster.
 * `npm test -- browser` starts the portal and names it in the environment.
 */
export default defineConfig({
  testDir: '.',
  testMatch: '*.e2e.ts',
  outputDir: '../test-output/browser',
  workers: 1,
  retries: 0,
  timeout: 300_000,
  expect: { timeout: 30_000 },
  forbidOnly: true,
  reporter: [['list'], ['json']],
  use: {
    baseURL: RUNBOOKS_TEST_APP_URL,
    actionTimeout: 30_000,
    screenshot: 'only-on-failure',
    trace: 'retain-on-failure',
    launchOptions: {
      executablePath: RUNBOOKS_TEST_BROWSER,
      // The browser must not look for anything outside this machine.
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
});
