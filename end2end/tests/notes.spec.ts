// What the notes beside a state say of it is found in the state itself.
import { expect, test } from '../fixtures';

test('the tokens named are those that the state wears, and nothing is left changed', async ({ page }) => {
  await page.goto('/preview/megaphone-red?theme=light');
  await page.getByText('Words and tokens').click();
  const named = page.locator('[data-used]');
  const frame = page.frameLocator('iframe');
  for (const token of ['--megaphone-red-ground', '--megaphone-flash-ink', '--megaphone-flash-period', '--color-bar', '--font-sans']) {
    await expect(page.locator(`[data-used="${token}"]`), token).toBeVisible();
  }
  for (const token of ['--megaphone-amber-ground', '--megaphone-connected', '--shadow-float']) {
    await expect(page.locator(`[data-used="${token}"]`), token).toHaveCount(0);
  }
  await expect(frame.locator('html')).not.toHaveAttribute('style', /--/);
  await expect(frame.locator('html')).not.toHaveAttribute('data-motion');
  await expect(frame.locator('#megaphone')).toHaveCSS('border-radius', '8px');

  // Still, it has no flash; as a dialog, it has the dialog's shadow.
  await page.getByLabel('Motion').selectOption('reduce');
  await expect(page.locator('[data-used="--megaphone-flash-ink"]')).toHaveCount(0);
  await expect(frame.locator('html')).toHaveAttribute('data-motion', 'reduce');
  await page.goto('/preview/dialog-waiting');
  await page.getByText('Words and tokens').click();
  await expect(page.locator('[data-used="--shadow-float"]')).toBeVisible();
  expect(await named.count()).toBeGreaterThan(10);
});

test('the sentences named are those that the state shows', async ({ page }) => {
  for (const state of ['megaphone-red', 'cause-expired', 'overview-waiting', 'code-1012']) {
    await page.goto(`/preview/${state}`);
    await page.getByText('Words and tokens').click();
    const sentences = page.locator('[data-words] dd');
    await expect(sentences.first()).toBeVisible();
    const text = await page.frameLocator('iframe').locator('body').evaluate((body) => body.textContent ?? '');
    for (const sentence of await sentences.allTextContents()) expect(text).toContain(sentence);
  }
  // A bar with a megaphone has no steps; a dialog has.
  await page.goto('/preview/megaphone-red');
  await page.getByText('Words and tokens').click();
  await expect(page.locator('[data-words]')).toContainText('words::megaphone');
  await expect(page.locator('[data-words]')).not.toContainText('remedy::steps');
  await page.goto('/preview/cause-expired');
  await page.getByText('Words and tokens').click();
  await expect(page.locator('[data-words]')).toContainText('remedy::steps');
  await expect(page.locator('[data-words]')).toContainText('words::finding');
});
