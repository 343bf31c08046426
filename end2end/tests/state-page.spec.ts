// How the gallery holds a state: in a screen of its own width, without taking the focus, and without leaving a trace.
import { expect, test } from '../fixtures';

test('opening states one after the other keeps the focus in the list, though each opens a dialog', async ({ page }) => {
  await page.goto('/preview/dialog-waiting');
  const current = page.locator('.gallery-list a[aria-current="page"]');
  const dialog = page.frameLocator('iframe').locator('dialog#connection-dialog');
  await page.locator('.gallery-list a[href="/preview/dialog-waiting"]').focus();
  for (let step = 0; step < 3; step += 1) {
    const opened = new URL(page.url()).pathname;
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect(page).not.toHaveURL(new RegExp(`${opened}$`));
    await expect(page.locator('iframe')).toHaveAttribute('src', new RegExp(new URL(page.url()).pathname));
    // Not before the frame may take the focus again is it sure that it did not.
    await expect(page.locator('iframe:not([inert])')).toBeVisible();
    await expect(dialog).toBeVisible();
    await expect(current).toBeFocused();
  }
});

test('moving a control keeps the focus in it, and the state can be used all the same', async ({ page }) => {
  await page.goto('/preview/dialog-waiting');
  const frame = page.frameLocator('iframe');
  const control = page.getByLabel('Seconds left', { exact: true });
  await expect(page.locator('iframe:not([inert])')).toBeVisible();
  await control.fill('9');
  await control.press('Enter');
  await expect(frame.locator('[data-countdown]').first()).toHaveText('Next try in 9 s, by itself');
  await expect(page.locator('iframe:not([inert])')).toBeVisible();
  await expect(control).toBeFocused();
  await page.locator('iframe').evaluate((iframe) => iframe.scrollIntoView());
  await frame.getByRole('button', { name: 'Close' }).click();
  await expect(frame.locator('dialog#connection-dialog')).toBeHidden();
});

test('a bare state is as wide as its address says, and its styles know it', async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.goto('/preview/dialog-waiting?chrome=off&width=360&theme=dark');
  const inside = page.frameLocator('iframe').locator('html');
  await expect(inside).toHaveAttribute('data-ready', 'true');
  await expect(inside).toHaveAttribute('data-theme', 'dark');
  const narrow = await inside.evaluate(() => [innerWidth, matchMedia('(width < 24rem)').matches]);
  expect(narrow).toEqual([360, true]);

  await page.goto('/preview/dialog-waiting?width=360');
  await expect(page.getByRole('link', { name: 'Open the bare state' })).toHaveAttribute('href', /width=360/);
});

test('the theme switch of a state shows the state’s theme and keeps nothing', async ({ page }) => {
  await page.goto('/preview/overview-connected?chrome=off&theme=dark');
  const root = page.locator('html');
  await expect(page.getByRole('radio', { name: 'Dark' })).toBeChecked();
  await page.getByTitle('Light').click();
  await expect(root).toHaveAttribute('data-theme', 'light');
  expect(await page.evaluate(() => localStorage.getItem('theme'))).toBeNull();
  await page.goto('/');
  await expect(root).not.toHaveAttribute('data-theme');

  // The portal's own keeps what it was told.
  await page.getByTitle('Dark').click();
  await page.reload();
  await expect(root).toHaveAttribute('data-theme', 'dark');
  await expect(page.getByRole('radio', { name: 'Dark' })).toBeChecked();
});

test('a theme that is taken back leaves the state as the person has it', async ({ page }) => {
  await page.goto('/preview/overview-connected?theme=dark');
  const inside = page.frameLocator('iframe').locator('html');
  await expect(inside).toHaveAttribute('data-theme', 'dark');
  await page.getByLabel('Theme', { exact: true }).selectOption('');
  await expect(inside).not.toHaveAttribute('data-theme');
});
