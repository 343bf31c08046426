// The gallery's guide for those who embed or restyle the megaphone: everything in it is the thing itself.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '../fixtures';

const tokens = readFileSync(path.resolve(__dirname, '../../style/tokens.css'), 'utf8');

test.beforeEach(async ({ page }) => {
  await page.goto('/preview/guide');
});

test('states are played, and each change is heard with its detail', async ({ page, megaphone }) => {
  await megaphone.expectPhase('idle');
  const log = page.getByRole('log').getByRole('listitem');
  await expect(log).toHaveCount(0);
  const changes = await megaphone.watchChanges();
  await page.getByRole('button', { name: 'Unable to access DRP' }).last().click();
  await megaphone.expectAlarm('red');
  await page.getByRole('button', { name: 'Connected', exact: true }).click();
  await megaphone.expectAlarm('calm');
  await expect(log).toHaveCount(2);
  const [red, calm] = await changes();
  expect(red).toMatchObject({ phase: 'waiting', alarm: 'red', closeCode: 1006 });
  expect(calm).toMatchObject({ phase: 'connected', alarm: 'calm', closeCode: null });
  await expect(log.first()).toContainText('{"phase":"connected","alarm":"calm","closeCode":null,"attempt":');
  await expect(log.last()).toContainText('{"phase":"waiting","alarm":"red","closeCode":1006,"attempt":');
});

test('a press opens its dialog, and time can run', async ({ page, megaphone }) => {
  await page.getByRole('button', { name: 'A slow first try' }).click();
  await megaphone.openDialog();
  await expect(megaphone.dialog.root).toContainText('Connecting');
  await page.keyboard.press('Escape');
  await page.getByLabel('Let time run').check();
  // Nothing answers, so the try ends at its limit of ten seconds.
  await megaphone.expectAlarm('red', { timeout: 20_000 });
});

test('every custom property of the megaphone has a field that restyles it at once', async ({ page, megaphone }) => {
  const written = [...tokens.matchAll(/^\s*(--megaphone-[\w-]+):/gm)].map(([, name]) => name ?? '');
  expect(written.length).toBeGreaterThan(10);
  for (const name of written) await expect(page.getByLabel(name, { exact: true })).toBeVisible();

  await page.getByRole('button', { name: 'Unable to access DRP' }).last().click();
  await page.getByLabel('--megaphone-flash-count', { exact: true }).fill('0');
  await page.getByLabel('--megaphone-red-ground', { exact: true }).fill('#8a1253');
  await page.getByLabel('--megaphone-radius', { exact: true }).fill('20px');
  await expect(megaphone.button).toHaveCSS('background-color', 'rgb(138, 18, 83)');
  await expect(megaphone.button).toHaveCSS('border-radius', '20px');
  const style =
    '#megaphone {\n  --megaphone-flash-count: 0;\n  --megaphone-radius: 20px;\n  --megaphone-red-ground: #8a1253;\n}';
  await expect(page.locator('pre').filter({ hasText: '#megaphone' })).toHaveText(style);

  await page.getByRole('button', { name: 'Reset', exact: true }).click();
  await expect(megaphone.button).toHaveCSS('background-color', 'rgb(196, 32, 31)');
  await expect(page.getByLabel('--megaphone-radius', { exact: true })).toHaveValue('0.5rem');
});

test('a pair without contrast is marked', async ({ page }) => {
  const broken = page.locator('[data-contrast-holds="false"]');
  await expect(page.locator('[data-contrast-holds="true"]')).toHaveCount(3);
  await page.getByLabel('--megaphone-red-ink', { exact: true }).fill('#c4201f');
  await expect(broken).toHaveCount(1);
  await expect(broken).toContainText('1.0 : 1');
});

test('the copied style is the one shown', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.getByLabel('--megaphone-size', { exact: true }).fill('3.5rem');
  await page.getByRole('button', { name: 'Copy the style' }).click();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toBe('#megaphone {\n  --megaphone-size: 3.5rem;\n}');
});
