// A tab in which the gallery is never opened loads nothing of it.
import { expect, test } from '../fixtures';

test('no program and no style of the gallery comes with the portal', async ({ page }) => {
  const loaded: string[] = [];
  page.on('response', (response) => loaded.push(new URL(response.url()).pathname));
  await page.goto('/');
  await expect(page.locator('html')).toHaveAttribute('data-ready', 'true');
  await page.getByRole('link', { name: 'Troubleshooting' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Connection problems');
  const styles = await page.evaluate(() =>
    [...document.styleSheets, ...document.adoptedStyleSheets]
      .flatMap((sheet) => [...sheet.cssRules].map(({ cssText }) => cssText))
      .join('\n'),
  );
  expect(styles).toContain('#megaphone');
  // What comes with the part of this page.
  expect(styles).toContain('.codes-card');
  expect(styles).not.toMatch(/\.gallery|\.live-/);
  expect(loaded.filter((path) => /gallery|preview|\.css$/.test(path))).toEqual([]);

  await page.goto('/preview');
  await expect(page.locator('.gallery-list')).toHaveCSS('border-inline-end-style', 'solid');
});
