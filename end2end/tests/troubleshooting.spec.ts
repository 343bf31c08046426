// The page that explains: searched, linked to, readable without a program, and knowing what happened here.
import { expect, test } from '../fixtures';
import { CodeTable } from '../pages/CodeTable';

const all = [0, ...Array.from({ length: 16 }, (_, n) => 1000 + n), 1016, 3000, 3001, 3003, 3008, 4000, 5000];

test('the table has a row for every code and every range, each with what to do', async ({ megaphone, page }) => {
  await megaphone.open('/troubleshooting');
  await expect(page).toHaveTitle('Troubleshooting – Megaphone');
  const table = new CodeTable(page);
  expect((await table.visibleCodes()).toSorted((a, b) => a - b)).toEqual(all);
  for (const row of await table.rows.all()) {
    await expect(row.locator('ol li').first()).not.toBeEmpty();
  }
});

test('a search finds rows by code, name, alias and word, and says how many', async ({ megaphone, page }) => {
  await megaphone.open('/troubleshooting');
  const table = new CodeTable(page);
  const status = page.locator('.card-head').getByRole('status');
  for (const [typed, found] of [
    ['1006', [1006]],
    ['going away', [1001]],
    ['close_abnormal', [1006]],
    ['journalctl', [1011]],
    ['SYSTEMCTL status', [1001, 1014]],
  ] as const) {
    await table.search.fill(typed);
    await expect.poll(() => table.visibleCodes()).toEqual(found);
    await expect(status).toHaveText(found.length === 1 ? '1 row' : `${found.length} rows`);
  }
  await table.search.fill('bad hair day');
  await expect(status).toHaveText('No row matches');
  await table.search.fill('');
  await expect.poll(() => table.visibleCodes()).toHaveLength(all.length);
});

test('a deep link opens, marks and focuses its row', async ({ megaphone, page }) => {
  await megaphone.open('/troubleshooting#1006');
  const row = new CodeTable(page).row(1006);
  await expect(row).toBeFocused();
  await expect(row).toBeInViewport();
  await expect(row).toHaveAttribute('data-current', 'true');
  await expect(row.locator('details')).toHaveAttribute('open');
});

test('a row that the address names already is gone to once more', async ({ megaphone, drp, page }) => {
  await megaphone.open();
  await megaphone.connect(drp.url);
  await drp.close(1013);
  const row = new CodeTable(page).row(1013);
  for (let time = 0; time < 2; time++) {
    await megaphone.openDialog();
    await megaphone.dialog.root.getByRole('link', { name: 'About 1013' }).click();
    await expect(row).toBeFocused();
    await expect(row).toBeInViewport();
  }
});

test('a link to a code without a row of its own leads to its range', async ({ megaphone, page }) => {
  await megaphone.open('/troubleshooting#4321');
  await expect(new CodeTable(page).row(4000)).toBeFocused();
});

test('the row of the last loss is marked as one’s own, and the steps name one’s endpoint', async ({
  megaphone,
  drp,
  page,
}) => {
  await megaphone.open();
  await megaphone.connect(drp.url);
  await drp.close(1011, 'no space left');
  await page.getByRole('link', { name: 'Troubleshooting' }).click();
  await expect(new CodeTable(page).row(1011).getByText('Your last loss')).toBeVisible();
  await expect(page.getByText('Your last loss')).toHaveCount(1);
  const link = page.getByRole('link', { name: `Open ${drp.url}` });
  await expect(link).toHaveAttribute('target', '_blank');
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
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

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('the article and the whole table can be read all the same', async ({ page }) => {
    await page.goto('/troubleshooting#1006');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('This portal needs JavaScript and WebAssembly');
    await expect(page.getByRole('heading', { name: 'The usual cause' })).toBeVisible();
    await expect(page.getByRole('listitem').filter({ hasText: 'accept its certificate' })).toBeVisible();
    await expect(page.locator('code', { hasText: 'drpcli system certs set' })).toBeVisible();
    const table = new CodeTable(page);
    expect((await table.visibleCodes()).toSorted((a, b) => a - b)).toEqual(all);
    await expect(table.row(1006)).toBeInViewport();
    await expect(table.row(1006).getByRole('cell').first()).toContainText('Abnormal Closure');
    await expect(page.locator('#starting, #failed, #panic').filter({ visible: true })).toHaveCount(0);
  });
});
