// The classic: DRP's own certificate, which a browser refuses for a WebSocket without a word. Out and back again, in the
// browser's own warning page, without a reload and without signing in twice.
import type { Page } from '@playwright/test';
import { expect, signIn, test } from '../fixtures';
import { keyboard } from '../pages/input';
import type { MegaphonePage } from '../pages/MegaphonePage';

test.use({ tls: 'self-signed' });

/** Tries to connect, and waits until the portal knows what stands in the way. */
async function meetTheCertificate(megaphone: MegaphonePage, endpoint: string) {
  await megaphone.open();
  await megaphone.mark();
  await megaphone.form.submit(endpoint, signIn);
  await megaphone.expectAlarm('red');
  await expect(megaphone.button).toHaveAttribute('data-close-code', '1006');
  await expect(megaphone.button).toHaveAccessibleName(/Unable to access DRP/);
  await expect(megaphone.dialog.root).not.toBeVisible();
  await megaphone.expectPhase('needs-you');
}

/** Accepts the certificate on Chrome's warning, as a person does who knows the word for it. */
async function acceptIn(tab: Page, endpoint: string) {
  await expect(tab.locator('#details-button')).toBeVisible();
  await tab.keyboard.type('thisisunsafe');
  await tab.waitForURL(`${endpoint}/**`);
  await tab.close();
}

/** Back on the portal's tab. Playwright keeps every page focused, so the browser's event is given by hand. */
async function returnTo(page: Page) {
  await page.bringToFront();
  await page.evaluate(() => dispatchEvent(new Event('focus')));
}

async function expectBack(megaphone: MegaphonePage) {
  await megaphone.expectPhase('connected');
  await megaphone.expectAlarm('calm');
  await megaphone.expectNotReloaded();
}

test('the way through the browser’s warning and back, by mouse', async ({ megaphone, drp, page }) => {
  await meetTheCertificate(megaphone, drp.url);
  await megaphone.openDialog();
  await expect(megaphone.dialog.root.locator('.dialog-lead')).toContainText('self-signed');
  const link = megaphone.dialog.steps.getByRole('link', { name: `Open ${drp.url}` });
  await expect(link).toHaveAttribute('rel', 'noopener');
  const [tab] = await Promise.all([page.context().waitForEvent('page'), link.click()]);
  await acceptIn(tab, drp.url);
  await returnTo(page);
  await expectBack(megaphone);
});

test('the same with nothing but the keyboard', async ({ megaphone, drp, page }) => {
  await meetTheCertificate(megaphone, drp.url);
  await keyboard.press(megaphone.button);
  const link = megaphone.dialog.steps.getByRole('link', { name: `Open ${drp.url}` });
  const [tab] = await Promise.all([page.context().waitForEvent('page'), keyboard.press(link)]);
  await acceptIn(tab, drp.url);
  await returnTo(page);
  await expectBack(megaphone);
});
