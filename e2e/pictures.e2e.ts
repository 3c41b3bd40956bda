import { expect, test, type Locator, type Page } from '@playwright/test';
import { isOnlyInNeed } from '../plugins/runbooks-common/src/run/onlyInNeed';
import { DrivenRun } from './drive';
import { kubectl, MAYA, signIn, TOMAS } from './portal';

/**
 * The pictures of the README, made anew by `npm test -- pictures`. Each is as high as what it shows, so that nothing is
 * cut off and nothing is empty.
 */

const WIDTH = 1440;
const MARGIN = 16;
const TAB = '/catalog/default/component/auth-service/runbooks';
const DEPLOYMENT = ['deployment', 'auth-service', '-n', 'fintech-services'];

test('the tab of a service after a run', async ({ browser }) => {
  kubectl('scale', ...DEPLOYMENT, '--replicas=2');
  const run = await startScaling();
  await run.runAll(step => !isOnlyInNeed(step));
  await run.finish();
  const maya = await signIn(browser, MAYA);
  await maya.goto(TAB);
  await expect(maya.getByText(/4 of 4 ready/).first()).toBeVisible({
    timeout: 60_000,
  });
  await expect(maya.getByText(TOMAS.name).first()).toBeVisible();
  await keep(maya, 'tab');
});

test('what an approver sees of a change', async ({ browser }) => {
  kubectl('scale', ...DEPLOYMENT, '--replicas=2');
  const run = await startScaling();
  await run.succeeds(run.plan.steps[0]);
  const { id: stepId } = run.plan.steps.find(
    ({ effect }) => effect === 'change',
  )!;
  await run.command(MAYA, {
    kind: 'request-approval',
    stepId,
    reason: 'Campaign starts at noon',
  });
  const tomas = await signIn(browser, TOMAS);
  await tomas.goto(
    `/runbooks/runs/${run.id}?step=${encodeURIComponent(stepId)}`,
  );
  const covers = tomas.getByLabel('What the approval covers');
  await expect(covers.getByText('2 → 4 replicas')).toBeVisible();
  await keepFrom(
    tomas,
    tomas.locator('li[aria-current="step"]'),
    covers,
    'approval',
  );
  await run.command(MAYA, { kind: 'cancel', reason: 'Only looked at' });
});

async function startScaling(): Promise<DrivenRun> {
  return DrivenRun.start({
    entity: 'auth-service',
    procedure: 'Scaling a Service',
    parameters: { REPLICAS: '4' },
    requester: MAYA,
    approver: TOMAS,
  });
}

/** The whole page. */
async function keep(page: Page, name: string): Promise<void> {
  await showAll(page);
  await page.screenshot({ path: pathOf(name) });
}

/** What a part of the page begins with, to the end of another part in it. */
async function keepFrom(
  page: Page,
  whole: Locator,
  last: Locator,
  name: string,
): Promise<void> {
  await showAll(page);
  const { x, y, width } = (await whole.boundingBox())!;
  const end = (await last.boundingBox())!;
  const height = end.y + end.height + MARGIN - y;
  await page.screenshot({
    path: pathOf(name),
    clip: { x, y, width, height },
  });
}

async function showAll(page: Page): Promise<void> {
  const height = await page.evaluate(() => document.body.scrollHeight);
  await page.setViewportSize({ width: WIDTH, height: height + MARGIN });
  await page.waitForTimeout(500);
}

function pathOf(name: string): string {
  return `docs/images/${name}.png`;
}
