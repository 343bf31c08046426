// The page that explains: searched, linked to, readable without a program, and knowing what happened here.
import { expect, test } from '../fixtures';
import { CodeTable } from '../pages/CodeTable';

const all = [0, ...Array.from({ length: 16 }, (_, n) => 1000 + n), 1016, 3000, 3001, 3003, 3008, 4000, 5000];

/** The codes that can end a connection to DRP in ordinary use. */
const usual = [1000, 1001, 1005, 1006, 1008, 1009, 1011, 1012, 1013, 1015, 4000];

test('the table has a row for every code and every range, each with what to do', async ({ megaphone, page }) => {
  await megaphone.open('/troubleshooting');
  await expect(page).toHaveTitle('Troubleshooting – Megaphone');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Connection problems');
  const table = new CodeTable(page);
  expect((await table.visibleCodes()).toSorted((a, b) => a - b)).toEqual(usual);
  await expect(table.rows.first()).toHaveAttribute('id', '1006');
  await table.rare.locator('> summary').click();
  expect((await table.visibleCodes()).toSorted((a, b) => a - b)).toEqual(all);
  for (const row of await table.rows.all()) {
    await expect(row.locator('ol li').first()).not.toBeEmpty();
  }
});

test('without a loss 1006 is open, and a press anywhere on another row opens that', async ({ megaphone, page }) => {
  await megaphone.open('/troubleshooting');
  const table = new CodeTable(page);
  await expect(table.body(1006)).toHaveAttribute('open');
  await expect(page.locator('details[open]')).toHaveCount(1);
  await table.row(1012).click({ position: { x: 300, y: 20 } });
  await expect(table.body(1012)).toHaveAttribute('open');
});

test('a search finds rows by code, name, alias and word, and opens the only one', async ({ megaphone, page }) => {
  await megaphone.open('/troubleshooting');
  const table = new CodeTable(page);
  const status = page.locator('.codes-search').getByRole('status');
  for (const [typed, found] of [
    ['1006', [1006]],
    ['going away', [1001]],
    ['close_abnormal', [1006]],
    ['journalctl', [1011]],
    ['SYSTEMCTL status', [1001, 1014]],
  ] as const) {
    await table.search.fill(typed);
    await expect.poll(() => table.visibleCodes()).toEqual(found);
    await expect(status).toHaveText(found.length === 1 ? '1 code' : `${found.length} codes`);
    await expect(table.rows.locator('details[open]').filter({ visible: true })).toHaveCount(found.length === 1 ? 1 : 0);
  }
  await table.search.fill('bad hair day');
  await expect(status).toHaveText('No code matches');
  await page.getByRole('button', { name: 'Show all codes' }).click();
  await expect(status).toHaveText('24 codes');
  await expect(table.search).toBeFocused();
  await expect(page.getByRole('button', { name: 'Show all codes' })).not.toBeVisible();
  await page.getByRole('button', { name: 'Proxy' }).click();
  await expect(table.search).toHaveValue('proxy');
  await page.getByRole('button', { name: 'Proxy' }).click();
  await expect(table.search).toHaveValue('');
});

test('“/” goes to the search from the codes, stays a character in a field, and does nothing elsewhere', async ({
  megaphone,
  page,
}) => {
  await megaphone.open();
  await page.getByRole('link', { name: 'Troubleshooting' }).click();
  const heading = page.getByRole('heading', { level: 1 });
  await expect(heading).toBeFocused();
  await page.keyboard.press('/');
  await expect(heading).toBeFocused();
  const { search } = new CodeTable(page);
  await page.getByRole('button', { name: 'Proxy' }).focus();
  await page.keyboard.press('/');
  await expect(search).toBeFocused();
  await expect(search).toHaveValue('');
  await page.keyboard.press('/');
  await expect(search).toHaveValue('/');
});

for (const address of ['/', '/no/such/page']) {
  test(`code 1006 is reached within three seconds from ${address}`, async ({ megaphone, page }) => {
    for (const width of [1280, 390]) {
      await page.setViewportSize({ width, height: 844 });
      await megaphone.open(address);
      const start = Date.now();
      await page.getByRole('navigation').getByRole('link', { name: 'Troubleshooting' }).click();
      const table = new CodeTable(page);
      await expect(table.row(1006)).toBeInViewport();
      await expect(table.body(1006).getByRole('listitem').first()).toBeInViewport();
      expect(Date.now() - start, `${width} px wide`).toBeLessThan(3000);
    }
  });
}

test('code 1006 is reached within three seconds from the dialog of a lost connection, by its number', async ({
  megaphone,
  drp,
  page,
}) => {
  await megaphone.open();
  await megaphone.connect(drp.url);
  await drp.stop();
  await megaphone.expectAlarm('red');
  await megaphone.openDialog();
  const start = Date.now();
  await megaphone.dialog.root.getByRole('link', { name: 'Close code 1006' }).click();
  const table = new CodeTable(page);
  await expect(table.row(1006)).toBeFocused();
  await expect(table.body(1006).getByRole('listitem').first()).toBeInViewport();
  expect(Date.now() - start).toBeLessThan(3000);
});

test('of a plain endpoint nothing is said about accepting a certificate but that it has none', async ({
  megaphone,
  drp,
  page,
}) => {
  await megaphone.open();
  await megaphone.connect(drp.url);
  await page.getByRole('link', { name: 'Troubleshooting' }).click();
  const text = page.locator('.prose');
  await expect(text).toContainText('it has no certificate to accept');
  await expect(text).not.toContainText('accept its certificate there');
  await expect(text.getByRole('link', { name: /^Open / })).toHaveCount(0);
});

test('a deep link opens, marks and focuses its row, also one that is folded away', async ({ megaphone, page }) => {
  for (const code of [1006, 1014]) {
    await megaphone.open('/');
    await megaphone.open(`/troubleshooting#${code}`);
    const table = new CodeTable(page);
    await expect(table.row(code)).toBeFocused();
    await expect(table.row(code)).toBeInViewport();
    await expect(table.row(code)).toHaveAttribute('data-current', 'true');
    await expect(table.body(code)).toHaveAttribute('open');
  }
});

test('a row that the address names already is gone to once more', async ({ megaphone, drp, page }) => {
  await megaphone.open();
  await megaphone.connect(drp.url);
  await drp.close(1013);
  const row = new CodeTable(page).row(1013);
  for (let time = 0; time < 2; time++) {
    await megaphone.openDialog();
    await megaphone.dialog.root.getByRole('link', { name: 'Close code 1013' }).click();
    await expect(row).toBeFocused();
    await expect(row).toBeInViewport();
  }
});

test('a link to a code without a row of its own leads to its range', async ({ megaphone, page }) => {
  await megaphone.open('/troubleshooting#4321');
  await expect(new CodeTable(page).row(4000)).toBeFocused();
});

test('with a loss the page begins with its cause, its code and what to do, above the fold', async ({
  megaphone,
  drp,
  page,
}) => {
  await megaphone.open();
  await megaphone.connect(drp.url);
  await drp.close(1013, 'too much to do');
  await megaphone.expectPhase('waiting');
  await page.getByRole('link', { name: 'Troubleshooting' }).click();
  const heading = page.getByRole('heading', { level: 1 });
  await expect(heading).toHaveText("Why you're not connected");
  await expect(heading).toBeFocused();
  const card = page.locator('.own-loss');
  for (const width of [1280, 390]) {
    await page.setViewportSize({ width, height: 844 });
    await expect(card).toBeInViewport({ ratio: 1 });
  }
  await expect(card).toContainText(drp.url);
  await expect(card.getByRole('link', { name: '1013 · Try Again Later' })).toHaveAttribute(
    'href',
    '/troubleshooting#1013',
  );
  await expect(card.getByRole('listitem')).toHaveCount(1);
  await card.getByRole('button', { name: 'All steps' }).click();
  await expect(megaphone.dialog.root).toBeVisible();
  await page.keyboard.press('Escape');
  const table = new CodeTable(page);
  await expect(table.row(1013).getByText('Your last loss')).toBeVisible();
  await expect(page.getByText('Your last loss')).toHaveCount(1);
  await expect(page.getByRole('link', { name: 'Your last: 1013' })).toBeVisible();
  await expect(table.rows.locator('details[open]')).toHaveCount(0);
});

test('once the connection is back, the page is that of anybody, and knows the last code', async ({
  megaphone,
  drp,
  page,
}) => {
  await megaphone.open();
  await megaphone.connect(drp.url);
  await drp.close(1011, 'no space left');
  await megaphone.expectPhase('connected');
  await page.getByRole('link', { name: 'Troubleshooting' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Connection problems');
  await expect(page.locator('.own-loss')).not.toBeVisible();
  await page.getByRole('link', { name: 'Your last: 1011' }).click();
  await expect(new CodeTable(page).row(1011)).toBeFocused();
});

test('nothing is wider than a screen of 320 pixels, and every target is 24 pixels high', async ({
  megaphone,
  page,
}) => {
  await page.setViewportSize({ width: 320, height: 640 });
  await megaphone.open('/troubleshooting#5000');
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
  const targets = page.locator('article').locator('button, summary, .number a, .chip a').filter({ visible: true });
  const heights = await targets.evaluateAll((targets) =>
    targets.map((it): [string, number] => [it.textContent, it.getBoundingClientRect().height]),
  );
  expect(heights.length).toBeGreaterThan(20);
  expect(heights.filter(([, height]) => height < 24)).toEqual([]);
});

test('links to elsewhere open beside the portal and give nothing away', async ({ megaphone, page }) => {
  await megaphone.open('/troubleshooting');
  for (const host of ['portal.rackn.io', 'docs.rackn.io', 'www.iana.org']) {
    const link = page.locator(`a[href^="https://${host}"]`).first();
    await expect(link).toHaveAttribute('target', '_blank');
    await expect(link).toHaveAttribute('rel', 'noopener');
  }
});

test('an address that leads nowhere says so and leads back', async ({ megaphone, page }) => {
  await megaphone.open('/no/such/page');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('There is no page at this address');
  await page.getByRole('main').getByRole('link', { name: 'Overview' }).click();
  await expect(megaphone.form.root).toBeVisible();
});

test('the article is read while the program is on its way, and gives way to the page', async ({ megaphone, page }) => {
  let letGo = () => {};
  const held = new Promise<void>((resolve) => (letGo = resolve));
  await page.route(/portal_bg-/, async (route) => {
    await held;
    await route.continue();
  });
  await page.goto('/troubleshooting#1006', { waitUntil: 'commit' });
  const row = new CodeTable(page).row(1006);
  await expect(page.getByText('Starting…')).toBeAttached();
  await expect(page.getByRole('heading', { name: 'The usual cause' })).toBeVisible();
  await expect(row).toBeInViewport();
  // In its styles, which come with the part everywhere else.
  await expect(row).toHaveCSS('display', 'grid');
  letGo();
  await megaphone.expectReady();
  await expect(page.getByText('Starting…')).not.toBeAttached();
  await expect(row).toBeInViewport();
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('the first page says so and leads there', async ({ page }) => {
    await page.goto('/');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('This portal needs JavaScript and WebAssembly');
    await page.getByRole('link', { name: 'Connection problems' }).click();
    await expect(page.getByRole('heading', { name: 'The usual cause' })).toBeVisible();
  });

  test('the article and the whole table can be read all the same', async ({ page }) => {
    await page.goto('/troubleshooting#1006');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('This portal needs JavaScript and WebAssembly');
    await expect(page.getByRole('heading', { name: 'The usual cause' })).toBeVisible();
    await expect(page.getByRole('listitem').filter({ hasText: 'accept its certificate' }).first()).toBeVisible();
    await expect(page.locator('code', { hasText: 'drpcli system certs set' })).toBeVisible();
    const table = new CodeTable(page);
    expect((await table.visibleCodes()).toSorted((a, b) => a - b)).toEqual(all);
    await expect(table.row(1006)).toBeInViewport();
    await expect(table.row(1006).getByRole('cell').first()).toContainText('Abnormal Closure');
    for (const row of await table.rows.all()) {
      await expect(row.locator('ol li').first()).not.toBeEmpty();
    }
    await expect(page.locator('#starting, #failed, #panic').filter({ visible: true })).toHaveCount(0);
  });
});
