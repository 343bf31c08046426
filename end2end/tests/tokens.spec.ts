// The gallery's page of design tokens says what the styles say and what the browser makes of it.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '../fixtures';

const styles = path.resolve(__dirname, '../../style');
const source = readFileSync(path.join(styles, 'tokens.css'), 'utf8');

/** Every colour as it is written, by its name, in light and dark. */
const colours = [...source.matchAll(/^\s*(--color-[\w-]+): (?:light-dark\((#\w+), (#\w+)\)|(#\w+));/gm)].map(
  ([, name, light, dark, both]) => ({ name, light: light ?? both, dark: dark ?? both }),
);

test.beforeEach(async ({ page }) => {
  await page.goto('/preview/tokens');
});

test('every colour stands there with its value and contrasts, in both themes', async ({ page }) => {
  expect(colours.length).toBeGreaterThan(20);
  for (const theme of ['light', 'dark'] as const) {
    const rows = page.getByRole('region', { name: theme }).locator('[data-token]');
    await expect(rows).toHaveCount(colours.length);
    await expect(rows.last()).toHaveAttribute('data-value', /#/);
    const shown = await rows.evaluateAll((rows) =>
      rows.map((row) => [row.getAttribute('data-token'), row.getAttribute('data-value')]),
    );
    expect(shown).toEqual(colours.map((colour) => [colour.name, colour[theme]]));
  }
  const ink = page.getByRole('region', { name: 'light' }).locator('[data-token="--color-ink"]');
  await expect(ink).toContainText('14.9 : 1, 16.2 : 1');
});

test('type, spacing, corners, sizes and motion are measured on the product’s own parts', async ({ page }) => {
  for (const [about, measured] of [
    ['The heading of a page', 'font-size: 26px; font-weight: 700'],
    ['Hints', 'font-size: 14px'],
    ['4', 'width: 16px'],
    ['--radius-md', 'border-top-left-radius: 8px'],
    ['--shadow-float', 'box-shadow: rgba('],
    ['The megaphone', 'min-height: 44px; min-width: 44px'],
    ['The megaphone turns red', 'animation-duration: 1s; animation-iteration-count: 3'],
    ['The dialog appears', 'animation-duration: 0.14s; animation-iteration-count: 1'],
    ['A button answers', 'transition-duration: 0.12s'],
  ] as const) {
    const specimen = page.locator('.gallery-specimen').filter({ has: page.getByText(about, { exact: false }).first() });
    await expect(specimen.filter({ hasText: measured }).first(), about).toBeVisible();
  }
});

test('the product’s text has the sizes of the scale and no others', () => {
  const sizes = source.match(/--text-\w+: [\d.]+rem/g);
  expect(sizes).toHaveLength(5);
  const others = ['gallery.css', 'preflight.css', 'preview.css'];
  const product = readdirSync(styles).filter((file) => !others.includes(file));
  const used = product.flatMap(
    (file) => readFileSync(path.join(styles, file), 'utf8').match(/font-size: [^;]+/g) ?? [],
  );
  expect(used.length).toBeGreaterThan(20);
  expect(used.filter((size) => !/var\(--text-\w+\)/.test(size))).toEqual([]);
});
