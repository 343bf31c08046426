// What the notes beside a state say of it is found in the state itself.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '../fixtures';
import { states } from '../fixtures/states';

test('the sentences named are those that the state shows', async ({ page }) => {
  test.slow();
  for (const state of ['megaphone-red', 'cause-expired', 'overview-waiting', 'code-1012']) {
    await page.goto(`/preview/${state}`);
    await page.getByText('Words', { exact: true }).click();
    const sentences = page.locator('[data-words] dd:not(.gallery-source)');
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

test('each sentence names the line of the sources on which it stands', async ({ page }) => {
  await page.goto('/preview/cause-expired');
  await page.getByText('Words', { exact: true }).click();
  const places = page.locator('[data-words] .gallery-source');
  await expect(places.first()).toBeVisible();
  const said = await places.allInnerTexts();
  expect(said).toHaveLength(await page.locator('[data-words] > div').count());
  for (const place of said) {
    const [, file, line] = /^(crates\/connection\/src\/\S+\.rs):(\d+)/.exec(place) ?? [];
    const text = readFileSync(path.resolve(__dirname, '../..', file ?? place), 'utf8').split('\n')[Number(line) - 1];
    expect(text, place).toMatch(/"|pub fn /);
  }
  const title = page.locator('[data-words] > div').filter({ hasText: 'words::title' });
  await expect(title.locator('.gallery-source')).toContainText('cause/table.rs:');
});

test('the accessibility tree beside a state is the stored one, and comes when it is asked for', async ({ page }) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await page.goto('/preview/cause-expired');
  await expect(page.getByText('Accessibility tree', { exact: true })).toBeVisible();
  expect(asked.filter((address) => address.includes('/trees/'))).toEqual([]);
  await page.getByText('Accessibility tree', { exact: true }).click();
  const stored = readFileSync(path.resolve(__dirname, '../states/trees/cause-expired.yml'), 'utf8');
  await expect(page.locator('[data-tree]')).toHaveText(stored);
  expect(asked.filter((address) => address.includes('/trees/'))).toHaveLength(1);
});

test('every cause has notes of its own', () => {
  const notes = states.filter(({ group }) => group === 'Dialog: causes').flatMap(({ when, person }) => [when, person]);
  expect(new Set(notes).size).toBe(notes.length);
});
