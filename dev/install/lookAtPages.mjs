import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { CHECKOUT } from '../places.mjs';

const PATIENCE_MS = 60_000;
const TITLE = 'Scale the payments API';
const COMPONENT = '/catalog/default/component/payments-api';

/**
 * Opens card, tab, procedure and page of the plugin in a browser, as the guest of a fresh app, and keeps pictures of
 * them in `test-output/screenshots`.
 *
 * @param says what the page of the procedure has to say
 *
 * @throws when one of them does not show what it should
 */
export async function lookAtPages({ browser, url, name, says }) {
  const chrome = await chromium.launch({
    executablePath: browser,
    args: ['--no-sandbox'],
  });
  try {
    const page = await chrome.newPage({
      viewport: { width: 1440, height: 1000 },
    });
    const shows = (text, picture) => waitFor(page, text, `${name}-${picture}`);
    await open(page, `${url}${COMPONENT}`);
    await shows(/on-call schedule/, 'card');
    await open(page, `${url}${COMPONENT}/runbooks`);
    await shows(TITLE, 'tab');
    await page.getByRole('link', { name: TITLE }).first().click();
    await shows(says, 'procedure');
    await open(page, `${url}/runbooks`);
    await shows('Started by', 'page');
  } finally {
    await chrome.close();
  }
}

/** Opens an address; a guest has to enter anew each time. */
async function open(page, address) {
  await page.goto(address);
  const enter = page.getByRole('button', { name: 'Enter' });
  await enter
    .or(page.getByText('Runbooks'))
    .first()
    .waitFor({ timeout: PATIENCE_MS });
  if (await enter.isVisible()) await enter.click();
}

async function waitFor(page, text, name) {
  const path = join(CHECKOUT, 'test-output', 'screenshots', `${name}.png`);
  try {
    await page.getByText(text).first().waitFor({ timeout: PATIENCE_MS });
  } catch {
    const seen = await page.locator('body').innerText();
    throw new Error(
      `${name}: the page does not say ${text}; it says:\n${seen}`,
    );
  } finally {
    await page.screenshot({ path });
  }
  // What an app says of a part that could not be shown.
  const broken = await page.getByText(/Error in extension|App context/).count();
  if (broken > 0) throw new Error(`${name}: a part of the page is broken`);
}
