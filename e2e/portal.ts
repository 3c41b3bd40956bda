import { execFileSync } from 'node:child_process';
import { request } from 'node:http';
import path from 'node:path';
import { expect, type Browser, type Page } from '@playwright/test';
import type {
  ApiCall,
  CallsPage,
  RunView,
} from '../plugins/runbooks-common/src';

/** Screen sizes that every page is looked at. */
const SIZES = {
  desktop: { width: 1440, height: 1000 },
  phone: { width: 390, height: 844 },
};

/** A person of the demo, by the name on the sign-in page. */
export interface DemoPerson {
  name: string;
  userRef: string;
}

export const MAYA: DemoPerson = {
  name: 'Maya Lindqvist',
  userRef: 'user:default/maya.lindqvist',
};
export const TOMAS: DemoPerson = {
  name: 'Tomas Okafor',
  userRef: 'user:default/tomas.okafor',
};
/** Leads engineering, owns nothing and may stop all changes. */
export const RUTH: DemoPerson = {
  name: 'Ruth Adeyemi',
  userRef: 'user:default/ruth.adeyemi',
};
export const INES: DemoPerson = {
  name: 'Ines Carvalho',
  userRef: 'user:default/ines.carvalho',
};

/** Opens the portal in a browser context of its own, signed in as one of the demo's people. */
export async function signIn(
  browser: Browser,
  person: DemoPerson,
): Promise<Page> {
  const context = await browser.newContext({ viewport: SIZES.desktop });
  const page = await context.newPage();
  await page.goto('/');
  await page
    .getByRole('button', { name: `Sign in as ${person.name}` })
    .click({ timeout: 90_000 });
  await expect(
    page.getByRole('link', { name: 'auth-service' }).first(),
  ).toBeVisible({ timeout: 90_000 });
  return page;
}

/** Asks the backend as a person, past the browser: what a button would send, and what it would not. */
export async function askBackend(
  person: DemoPerson,
  route: string,
  body?: object,
): Promise<{ status: number; body: any }> {
  const { status, text } = await askPortal(person, `runbooks/${route}`, {
    body,
  });
  return { status, body: JSON.parse(text) };
}

/** The recorded Kubernetes calls of all attempts of a run, the first 500 of each. */
export async function callsOf(
  person: DemoPerson,
  runId: string,
): Promise<ApiCall[]> {
  const { body } = await askBackend(person, `runs/${runId}`);
  const { attempts } = (body as RunView).run;
  const calls: ApiCall[] = [];
  for (const [stepId, last] of Object.entries(attempts)) {
    const step = `runs/${runId}/steps/${encodeURIComponent(stepId)}`;
    for (let attempt = 1; attempt <= last; attempt += 1) {
      const page = await askBackend(
        person,
        `${step}/attempts/${attempt}/calls`,
      );
      calls.push(...(page.body as CallsPage).calls);
    }
  }
  return calls;
}

/** Asks any plugin of the backend as a person. */
export async function askPortal(
  person: DemoPerson,
  route: string,
  options: { body?: object; headers?: Record<string, string> } = {},
): Promise<{ status: number; text: string }> {
  const session = await send('auth/demo/refresh', {
    body: { userRef: person.userRef },
  });
  if (session.status !== 200)
    throw new Error(`${person.name} cannot sign in: ${session.text}`);
  const { token } = JSON.parse(session.text).backstageIdentity;
  return send(route, {
    ...options,
    headers: { ...options.headers, authorization: `Bearer ${token}` },
  });
}

/** On a connection of its own: one that is kept may be closed by the backend just when it is used again. */
function send(
  route: string,
  { body, headers }: { body?: object; headers?: Record<string, string> },
): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const req = request(
      `${backendUrl()}/api/${route}`,
      {
        agent: false,
        method: body ? 'POST' : 'GET',
        headers: { 'content-type': 'application/json', ...headers },
      },
      res => {
        const chunks: Buffer[] = [];
        res.on('data', chunk => chunks.push(chunk));
        res.on('error', reject);
        res.on('end', () =>
          resolve({
            status: res.statusCode ?? 0,
            text: Buffer.concat(chunks).toString(),
          }),
        );
      },
    );
    req.on('error', reject);
    req.end(body && JSON.stringify(body));
  });
}

/** The real kubectl on the portal's cluster, past the portal. */
export function kubectl(...args: string[]): string {
  const { RUNBOOKS_TEST_KUBECONFIG, RUNBOOKS_TEST_TOOLS } = process.env;
  return execFileSync(path.join(RUNBOOKS_TEST_TOOLS!, 'kubectl'), args, {
    env: { ...process.env, KUBECONFIG: RUNBOOKS_TEST_KUBECONFIG },
    encoding: 'utf8',
  }).trim();
}

/**
 * Keeps a picture of the page at both sizes, and checks that nothing sticks out to the side and that no raw object
 * is on the screen.
 */
export async function picture(page: Page, name: string): Promise<void> {
  for (const [size, viewport] of Object.entries(SIZES)) {
    await page.setViewportSize(viewport);
    await page.waitForTimeout(400);
    await page.screenshot({
      path: `test-output/screenshots/${name}-${size}.png`,
      fullPage: true,
    });
    const overflow = await page.evaluate(
      () =>
        document.documentElement.scrollWidth -
        document.documentElement.clientWidth,
    );
    expect(
      overflow,
      `${name} at ${size} sticks out to the side`,
    ).toBeLessThanOrEqual(0);
    const text = await page.locator('body').innerText();
    expect(text).not.toMatch(/\[object Object\]|\{"[a-zA-Z]+":/);
  }
  await page.setViewportSize(SIZES.desktop);
}

function backendUrl(): string {
  return process.env.RUNBOOKS_TEST_BACKEND_URL ?? 'http://localhost:7007';
}
