// The gallery around the states: its list, its controls, its other pages.
import { expect, test } from '../fixtures';
import { findings } from '../fixtures/axe';
import { applyAppearance, fourAppearances } from '../fixtures/appearance';
import { states } from '../fixtures/states';

test('the list of the gallery is the list of states, and its search finds', async ({ page }) => {
  await page.goto('/preview');
  const links = page.locator('.gallery-list ul a');
  await expect(links).toHaveCount(states.length);
  expect(await links.evaluateAll((links) => links.map((link) => link.getAttribute('href')))).toEqual(
    states.map(({ address }) => address),
  );
  await links.nth(3).focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(states[4]?.address ?? '');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(states[4]?.title ?? '');
  await expect(links.nth(4)).toHaveAttribute('aria-current', 'page');
  await page.getByLabel('Find a state').fill('expired certificate');
  await expect(page.locator('.gallery-list ul a').first()).toBeVisible();
  expect(await links.count()).toBeLessThan(states.length);
});

test('the controls change the address and the state, and what cannot be is said', async ({ page }) => {
  await page.goto('/preview/dialog-waiting');
  const frame = page.frameLocator('iframe');
  const countdown = frame.locator('[data-countdown]').first();
  const tries = frame.locator('.details dl > div').filter({ hasText: 'Tries since' }).locator('dd');
  await expect(countdown).toHaveText('Next try in 7 s');
  // Once unfolded, the details stay so for the tab.
  await frame.locator('details[data-fold="details"] > summary').click();
  await expect(tries).toHaveText('5');
  await page.getByLabel('Next try').fill('9');
  await page.getByLabel('Next try').press('Enter');
  await expect(page).toHaveURL(/attempt=9/);
  await expect(tries).toHaveText('8');
  await expect(countdown).toHaveText('Next try in 7 s');
  await page.goto('/preview/dialog-waiting?attempt=100000&bogus=1&seconds=90');
  const warnings = page.locator('.gallery-warnings');
  await expect(warnings).toContainText('attempt takes a whole number from 1 to 60, not “100000”');
  await expect(warnings).toContainText('There is no input called “bogus”');
  await expect(warnings).toContainText('not 90 s');
  await expect(tries).toHaveText('5');
  await expect(countdown).toContainText('Next try in');
});

test('an address that names no state says so', async ({ page }) => {
  await page.goto('/preview/no-such-thing');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('There is no such state');
});

test('every pair of colours has the contrast that it needs, in both themes', async ({ page }) => {
  await page.goto('/preview/tokens');
  const pairs = page.locator('[data-contrast-holds]');
  await expect(pairs).toHaveCount(44);
  await expect(page.locator('[data-contrast-holds="false"]')).toHaveCount(0);
});

const PAGES = {
  'the first page': '/preview/',
  'the design tokens': '/preview/tokens',
  'the guide': '/preview/guide',
  'a state in its frame, with warnings': '/preview/dialog-waiting?attempt=100000',
  'a state that there is not': '/preview/no-such-thing',
};

for (const [name, address] of Object.entries(PAGES)) {
  test(`axe finds nothing on ${name}`, async ({ page }) => {
    await page.goto(address);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    if (address.includes('?')) await expect(page.frameLocator('iframe').locator('[data-state]')).toBeAttached();
    for (const appearance of fourAppearances) {
      await applyAppearance(page, appearance);
      expect.soft(await findings(page), `${appearance.colorScheme}, ${appearance.width} px`).toEqual([]);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect.soft(overflow, `${appearance.width} px: sideways scrolling`).toBeLessThanOrEqual(0);
    }
  });
}
