// The gallery's page that breaks the endpoint for real, with the product in a frame beside the buttons.
import type { Page } from '@playwright/test';
import { expect, signIn, test as base } from '../fixtures';
import { findings } from '../fixtures/axe';
import { Drp } from '../fixtures/drp';
import { Portal } from '../fixtures/portal';
import { Program } from '../fixtures/program';
import { ConnectForm } from '../pages/ConnectForm';

/** A portal that knows the control of its endpoint. */
const test = base.extend<object, { driven: { drp: Drp; portal: Portal } }>({
  driven: [
    async ({}, use) => {
      const drp = await Drp.start('none');
      const portal = await Portal.start([drp.url], ['--simulator', drp.control]);
      await use({ drp, portal });
      await Promise.all([portal.stop(), drp.end()]);
    },
    { scope: 'worker', timeout: 90_000 },
  ],
});

/** The parts of the page. */
function live(page: Page) {
  const product = page.frameLocator('iframe[title="The portal"]');
  return {
    product,
    megaphone: product.locator('button#megaphone'),
    standing: page.getByRole('status').filter({ hasText: 'roken' }),
    fault: (id: string) => page.locator(`[data-fault="${id}"]`),
    open: (id: string) => page.locator(`[data-fault="${id}"]`).locator('summary').click(),
    set: (id: string) => page.getByRole('button', { name: id, exact: true }).click(),
    heal: page.getByRole('button', { name: 'Heal everything' }),
    said: page.getByRole('alert'),
  };
}

test('a fault set in the panel turns the portal beside it red, and healing brings it back', async ({
  page,
  driven,
}) => {
  await driven.drp.reset();
  await page.goto(`${driven.portal.url}/preview/live`);
  const { product, megaphone, standing, fault, set, heal } = live(page);
  await expect(standing).toHaveText('Nothing is broken');
  const form = new ConnectForm(product.locator('form#connect'));
  await expect(form.endpoint).toHaveValue(driven.drp.url);
  await expect(form.user).toHaveValue(signIn.user);
  await expect(heal).toBeDisabled();
  await form.submit(driven.drp.url, signIn);
  await expect(megaphone).toHaveAttribute('data-phase', 'connected');

  await set('down');
  await expect(standing).toHaveText('Broken now: down');
  await expect(fault('down')).toHaveAttribute('data-active', 'true');
  await expect(megaphone).toHaveAttribute('data-alarm', 'red');
  await megaphone.click();
  await expect(product.locator('#connection-dialog')).toContainText(/refuse[sd] connections/);

  await heal.click();
  await expect(standing).toHaveText('Nothing is broken');
  await expect(megaphone).toHaveAttribute('data-phase', 'connected', { timeout: 30_000 });
});

test('every fault of the simulator has its button, its line and its parameters', async ({ page, driven }) => {
  await driven.drp.reset();
  const list = await fetch(driven.drp.control, { headers: { accept: 'application/json' } });
  const { faults } = (await list.json()) as { faults: { id: string; line: string; params: { name: string }[] }[] };
  await page.goto(`${driven.portal.url}/preview/live`);
  const { fault, open, set } = live(page);
  await expect(page.locator('[data-fault]')).toHaveCount(faults.length);
  for (const { id, line, params } of faults) {
    await expect(fault(id).getByRole('button', { name: id, exact: true })).toHaveAccessibleDescription(line);
    for (const { name } of params) await expect(fault(id).getByLabel(name, { exact: true })).toBeAttached();
  }
  await open('bad-gateway');
  await fault('bad-gateway').getByLabel('status').selectOption('504');
  await fault('bad-gateway').getByLabel('cors').check();
  await set('bad-gateway');
  await expect
    .poll(async () => (await driven.drp.state()).fault)
    .toEqual({
      id: 'bad-gateway',
      status: 504,
      cors: true,
    });
});

test('an order goes out with its own body', async ({ page, driven }) => {
  await driven.drp.reset();
  await page.goto(`${driven.portal.url}/preview/live`);
  await page.getByText('Orders', { exact: true }).click();
  await page.getByLabel('Body of POST /restart').fill('{"down_ms": 1}');
  await page.getByRole('button', { name: 'POST /restart' }).click();
  await page.getByRole('button', { name: 'POST /stop' }).click();
  const { standing, heal } = live(page);
  await expect(standing).toHaveText('Broken now: the port is closed');
  await heal.click();
  await expect(standing).toHaveText('Nothing is broken');
  expect((await driven.drp.state()).listening).toBe(true);
});

test('what the control refuses is said in its own words, until something is done', async ({ page, driven }) => {
  await driven.drp.reset();
  await page.goto(`${driven.portal.url}/preview/live`);
  const { fault, open, set, said, standing } = live(page);
  await open('idle-cut');
  await fault('idle-cut').getByLabel('seconds').fill('0');
  await set('idle-cut');
  await expect(said).toContainText('The simulator did not do it: "seconds" must be a whole number from 1 to 3600.');
  await expect(standing).toHaveText('Nothing is broken');
  await fault('idle-cut').getByLabel('seconds').fill('30');
  await set('idle-cut');
  await expect(standing).toHaveText('Broken now: idle-cut');
  await expect(said).toBeEmpty();
});

test('a control that goes away is named, and found again', async ({ page }) => {
  const first = await Drp.start('none');
  const portal = await Portal.start([first.url], ['--simulator', first.control]);
  await page.goto(`${portal.url}/preview/live`);
  const { standing, said } = live(page);
  await expect(standing).toHaveText('Nothing is broken');
  await first.end();
  await expect(said).toContainText(`The simulator's control at ${first.control} does not answer this page.`);
  const args = ['--listen', '127.0.0.1:0', '--tls', 'none', '--control', new URL(first.control).host];
  const again = await Program.start('drp-simulator', args, ['control']);
  await expect(said).toBeEmpty();
  await Promise.all([again.stop(), portal.stop()]);
});

test('a portal without a simulator says how to get one', async ({ page, portal }) => {
  await page.goto(`${portal.url}/preview/live`);
  await expect(page.getByRole('main')).toContainText('No simulator stands beside this portal');
  await expect(page.getByRole('main')).toContainText('cargo xtask demo');
  await expect(page.locator('iframe')).toHaveCount(0);
});

test('the panel is accessible and fits a narrow screen', async ({ page, driven }) => {
  await driven.drp.reset();
  for (const width of [360, 1280]) {
    await page.setViewportSize({ width, height: 900 });
    await page.goto(`${driven.portal.url}/preview/live`);
    await expect(page.locator('[data-fault]').first()).toBeVisible();
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
    expect(await findings(page)).toEqual([]);
  }
});
