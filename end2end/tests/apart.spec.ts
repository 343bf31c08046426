// A tab in which the gallery is never opened loads nothing of it.
import { expect, test } from '../fixtures';

test('no program and no style of the gallery comes with the portal', async ({ page }) => {
  const loaded = new Map<string, string>();
  page.on('response', async (response) => {
    const { pathname } = new URL(response.url());
    loaded.set(pathname, pathname.endsWith('.css') ? await response.text() : '');
  });
  await page.goto('/');
  await expect(page.locator('html')).toHaveAttribute('data-ready', 'true');
  await page.getByRole('link', { name: 'Troubleshooting' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  const styles = [...loaded].filter(([path]) => path.endsWith('.css')).map(([, text]) => text);
  expect(styles.join('')).toContain('#megaphone');
  expect(styles.join('')).not.toMatch(/\.gallery|\.live-/);
  expect([...loaded.keys()].filter((path) => /gallery|preview/.test(path))).toEqual([]);

  await page.goto('/preview');
  await expect(page.locator('.gallery-list')).toHaveCSS('border-inline-end-style', 'solid');
});
