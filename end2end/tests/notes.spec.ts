// What the notes beside a state say of it is found in the state itself.
import { expect, test } from '../fixtures';

test('the sentences named are those that the state shows', async ({ page }) => {
  test.slow();
  for (const state of ['megaphone-red', 'cause-expired', 'overview-waiting', 'code-1012']) {
    await page.goto(`/preview/${state}`);
    await page.getByText('Words', { exact: true }).click();
    const sentences = page.locator('[data-words] dd');
    await expect(sentences.first()).toBeVisible();
    const text = await page
      .frameLocator('iframe')
      .locator('body')
      .evaluate((body) => body.textContent ?? '');
    for (const sentence of await sentences.allTextContents()) expect(text).toContain(sentence);
  }
  // A bar with a megaphone has no steps; a dialog has.
  await page.goto('/preview/megaphone-red');
  await page.getByText('Words', { exact: true }).click();
  await expect(page.locator('[data-words]')).toContainText('words::megaphone');
  await expect(page.locator('[data-words]')).not.toContainText('remedy::plan');
  await page.goto('/preview/cause-expired');
  await page.getByText('Words', { exact: true }).click();
  await expect(page.locator('[data-words]')).toContainText('remedy::plan');
  await expect(page.locator('[data-words]')).toContainText('words::waiting');
});

test('the heading and the sentence of a cause are named', async ({ page }) => {
  await page.goto('/preview/cause-expired');
  await page.getByText('Words', { exact: true }).click();
  await expect(page.locator('[data-words]')).toContainText('words::title');
  await expect(page.locator('[data-words]')).toContainText('words::lead');
});
