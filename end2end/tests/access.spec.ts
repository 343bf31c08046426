// For everybody: no finding of axe's in any state, theme or width; the keyboard alone is enough; narrow and high-contrast
// screens lose nothing.
import type { Page } from '@playwright/test';
import { expect, signIn, test } from '../fixtures';
import { findings } from '../fixtures/axe';
import { applyAppearance, fourAppearances } from '../fixtures/appearance';

/** Looks with axe in both themes at both widths; no page may scroll sideways at 320 px. */
async function expectAccessible(page: Page) {
  for (const appearance of fourAppearances) {
    await applyAppearance(page, appearance);
    expect(await findings(page), `${appearance.colorScheme}, ${appearance.width} px`).toEqual([]);
  }
  await page.setViewportSize({ width: 320, height: 800 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth), 'no sideways scrolling').toBeLessThanOrEqual(
    320,
  );
}

test.describe('axe finds nothing', () => {
  test.slow();

  test('before a connection', async ({ megaphone, page }) => {
    await megaphone.open();
    await expectAccessible(page);
  });

  test('with mistakes in the form', async ({ megaphone, page }) => {
    await megaphone.open();
    await megaphone.form.submit('ftp://', { user: '', password: '' });
    await expect(page.locator('#user-error')).toBeVisible();
    await expectAccessible(page);
  });

  test('after a refused sign-in', async ({ megaphone, drp, page }) => {
    await megaphone.open();
    await megaphone.form.submit(drp.url, { ...signIn, password: 'wrong' });
    await expect(megaphone.form.refused).toBeVisible();
    await expectAccessible(page);
  });

  test('connected, with events and the dialog open', async ({ megaphone, drp, page }) => {
    await megaphone.open();
    await megaphone.connect(drp.url);
    await drp.event({ Type: 'machines', Action: 'update', Key: 'a'.repeat(80), Object: { Name: 'x'.repeat(200) } });
    await page.locator('[data-event-key] summary').first().click();
    await expectAccessible(page);
    await page.setViewportSize({ width: 1280, height: 800 });
    await megaphone.openDialog();
    await expectAccessible(page);
  });

  test('lost, with the dialog open', async ({ megaphone, drp, page }) => {
    await megaphone.open();
    await megaphone.connect(drp.url);
    await drp.stop();
    await megaphone.expectAlarm('red');
    await expectAccessible(page);
    await page.setViewportSize({ width: 1280, height: 800 });
    await megaphone.openDialog();
    await expect(megaphone.dialog.heading).toContainText('went down');
    await expectAccessible(page);
  });

  test('on the troubleshooting page', async ({ megaphone, page }) => {
    await megaphone.open('/troubleshooting#1006');
    await expectAccessible(page);
  });

  test('on the page for addresses that lead nowhere', async ({ megaphone, page }) => {
    await megaphone.open('/no/such/page');
    await expectAccessible(page);
  });
});

test('Tab comes to the megaphone first; its dialog keeps the focus and gives it back', async ({
  megaphone,
  drp,
  page,
}) => {
  const focused = (selector: string) =>
    page.evaluate((selector) => Boolean(document.activeElement?.closest(selector)), selector);
  await megaphone.open();
  await page.keyboard.press('Tab');
  await expect(megaphone.button).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Overview' })).toBeFocused();
  await megaphone.connect(drp.url);
  await megaphone.button.focus();
  await page.keyboard.press('Enter');
  await expect(megaphone.dialog.root).toBeVisible();
  for (let presses = 0; presses < 12; presses++) {
    expect(await focused('main, header'), 'nothing behind the dialog takes the focus').toBe(false);
    await page.keyboard.press('Tab');
  }
  await page.keyboard.press('Escape');
  await expect(megaphone.dialog.root).not.toBeVisible();
  await expect(megaphone.button).toBeFocused();
});

test('with the system’s own colours the alarm is still told by its border and text', async ({
  megaphone,
  drp,
  page,
}) => {
  await page.emulateMedia({ forcedColors: 'active' });
  await megaphone.open();
  await megaphone.connect(drp.url);
  const border = () => megaphone.button.evaluate((button) => getComputedStyle(button).borderTopWidth);
  const calm = await border();
  await drp.stop();
  await megaphone.expectAlarm('red');
  expect(await border()).not.toBe(calm);
  await expect(megaphone.button.getByText('Unable to access DRP')).toBeVisible();
});
