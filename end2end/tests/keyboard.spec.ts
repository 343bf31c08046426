// The rest of the page with nothing but the keyboard: everything can be reached and worked, and the focus is never lost,
// also where a press takes away what was pressed. Every code, cause and form of loss is met by keyboard in codes.spec.ts and
// diagnosis.spec.ts, the way through the certificate in self-signed.spec.ts.
import type { Page } from '@playwright/test';
import { expect, signIn, test } from '../fixtures';
import { CodeTable } from '../pages/CodeTable';
import { Feed } from '../pages/Feed';
import { keyboard, reach } from '../pages/input';

test.use({ input: 'keyboard' });

const heading = (page: Page) => page.getByRole('heading', { level: 1 });
const event = (Key: string) => ({ Type: 'machines', Action: 'update', Key, Object: { Note: 'read me' } });

test('signing out and in again: each time the heading says where one is', async ({ megaphone, drp, page }) => {
  await megaphone.open();
  await megaphone.connect(drp.url);
  await expect(heading(page)).toHaveText(new URL(drp.url).host);
  await expect(heading(page)).toBeFocused();
  await keyboard.press(page.getByRole('button', { name: 'Sign out' }));
  await megaphone.expectPhase('idle');
  await expect(heading(page)).toHaveText('Connect to a DRP endpoint');
  await expect(heading(page)).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(megaphone.form.endpoint).toBeFocused();
  await expect(megaphone.form.endpoint).toHaveValue(drp.url);
  await megaphone.connect(drp.url);
  await expect(heading(page)).toBeFocused();
});

test('the form: mistakes, a known endpoint, a token in place of a password', async ({ megaphone, drp, page }) => {
  await megaphone.open();
  await megaphone.form.submit('drp..example', { user: '', password: '' });
  await expect(megaphone.form.endpoint).toBeFocused();
  await keyboard.press(page.getByRole('button', { name: drp.url }));
  await expect(megaphone.form.user).toBeFocused();
  await expect(megaphone.form.endpoint).toHaveValue(drp.url);
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('radio', { name: 'Token' })).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(megaphone.form.token).toBeFocused();
  await page.keyboard.type('no token at all');
  await page.keyboard.press('Enter');
  await megaphone.expectPhase('needs-you');
});

test('the dialog: read, left by Escape or its button, the focus is back on the megaphone', async ({
  megaphone,
  drp,
  page,
}) => {
  await megaphone.open();
  await megaphone.connect(drp.url);
  for (const leave of [() => page.keyboard.press('Escape'), () => megaphone.dialog.close()]) {
    await megaphone.openDialog();
    await expect(megaphone.dialog.root.getByRole('heading', { level: 2 })).toBeFocused();
    await leave();
    await expect(megaphone.dialog.root).not.toBeVisible();
    await expect(megaphone.button).toBeFocused();
  }
});

test('a dialog whose opener went away meanwhile leaves the focus on the page’s heading', async ({
  megaphone,
  drp,
  page,
}) => {
  await megaphone.open();
  await megaphone.connect(drp.url);
  await keyboard.press(page.getByRole('link', { name: 'Troubleshooting' }));
  await drp.stop();
  const opener = page.getByRole('button', { name: 'All steps' });
  await keyboard.press(opener);
  await expect(megaphone.dialog.root).toBeVisible();
  await drp.start();
  await megaphone.expectPhase('connected', { timeout: 20_000 });
  await page.keyboard.press('Escape');
  await expect(megaphone.dialog.root).not.toBeVisible();
  await expect(opener).not.toBeVisible();
  await expect(heading(page)).toBeFocused();
});

test('What to do on the overview becomes Details meanwhile, and has the focus again afterwards', async ({
  megaphone,
  drp,
  page,
}) => {
  await megaphone.open();
  await megaphone.connect(drp.url);
  await drp.stop();
  await keyboard.press(page.getByRole('button', { name: 'What to do' }));
  await expect(megaphone.dialog.root).toBeVisible();
  await drp.start();
  await megaphone.expectPhase('connected', { timeout: 20_000 });
  await page.keyboard.press('Escape');
  await expect(page.getByRole('main').getByRole('button', { name: 'Details' })).toBeFocused();
});

test('Retry now keeps the focus through tries that fail and the one that does not', async ({ megaphone, drp }) => {
  await megaphone.open();
  await megaphone.connect(drp.url);
  const changes = await megaphone.watchChanges();
  await drp.stop();
  await megaphone.openDialog();
  const { dialog } = megaphone;
  for (let attempt = 2; attempt < 5; attempt++) {
    await dialog.press('Retry now');
    await expect.poll(async () => (await changes()).at(-1)?.attempt).toBeGreaterThanOrEqual(attempt);
    await expect(dialog.button('Retry now')).toBeFocused();
  }
  await drp.start();
  await dialog.press('Retry now');
  await megaphone.expectPhase('connected');
  await expect(dialog.button('Check connection')).toBeFocused();
});

test('Disconnect and Resume are one place', async ({ megaphone, drp, page }) => {
  await megaphone.open();
  await megaphone.connect(drp.url);
  await megaphone.openDialog();
  await megaphone.dialog.press('Disconnect');
  await megaphone.expectPhase('stopped');
  await expect(megaphone.dialog.button('Resume')).toBeFocused();
  await page.keyboard.press('Enter');
  await megaphone.expectPhase('connected');
  await expect(megaphone.dialog.button('Disconnect')).toBeFocused();
});

test('disconnecting on the page, where the button goes, leaves the way to Resume close by', async ({
  megaphone,
  drp,
  page,
}) => {
  await megaphone.open();
  await megaphone.connect(drp.url);
  await keyboard.press(page.getByRole('main').getByRole('button', { name: 'Disconnect' }));
  await megaphone.expectPhase('stopped');
  await expect(heading(page)).toBeFocused();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('main').getByRole('button', { name: 'Resume' })).toBeFocused();
  await page.keyboard.press('Enter');
  await megaphone.expectPhase('connected');
  await expect(page.getByRole('main').getByRole('button', { name: 'Check connection' })).toBeFocused();
});

test('the checks are made again, and the button keeps the focus meanwhile', async ({ megaphone, drp }) => {
  await megaphone.open();
  await megaphone.connect(drp.url);
  await megaphone.openDialog();
  const { dialog } = megaphone;
  await dialog.openDetails();
  await dialog.press('Run the checks');
  await expect(dialog.root.locator('.checks li').first()).toBeVisible();
  await expect(dialog.button('Check again')).toBeFocused();
  await dialog.press('Check again');
  await expect(dialog.button('Check again')).toBeFocused();
});

test('the report is copied, which is said, and the focus stays', async ({ megaphone, drp, page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await megaphone.open();
  await megaphone.connect(drp.url);
  await megaphone.expectWhole();
  await megaphone.openDialog();
  const copy = megaphone.dialog.root.getByRole('button', { name: 'Copy report' });
  await reach(copy);
  await page.keyboard.press('Enter');
  await expect(megaphone.dialog.root.getByRole('status').filter({ hasText: 'Copied' })).toBeAttached();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain(drp.url);
  await expect(megaphone.dialog.root.getByRole('button', { name: 'Copied' })).toBeFocused();
});

test('a sign-in that ran out: from the dialog to the field and back into the connection', async ({
  megaphone,
  drp,
  page,
}) => {
  await megaphone.open();
  await megaphone.connect(drp.url);
  await drp.fault({ id: 'token-expired' });
  await megaphone.expectPhase('needs-you');
  await drp.heal();
  await drp.expireTokens();
  await megaphone.openDialog();
  const { root } = megaphone.dialog;
  await expect(root.getByLabel('User')).toHaveValue(signIn.user);
  await expect(root.getByLabel('Password')).toBeFocused();
  await page.keyboard.type(signIn.password);
  await page.keyboard.press('Enter');
  await megaphone.expectPhase('connected');
  await expect(megaphone.dialog.heading).toBeFocused();
});

test('the theme is chosen with the arrow keys', async ({ megaphone, page }) => {
  await megaphone.open();
  await reach(page.getByRole('radio', { name: 'System', exact: true }));
  await page.keyboard.press('ArrowRight');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
  await page.keyboard.press('ArrowRight');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await expect(page.getByRole('radio', { name: 'Dark' })).toBeFocused();
});

test('the table of codes: found, followed, unfolded', async ({ megaphone, page }) => {
  await megaphone.open();
  await keyboard.press(page.getByRole('link', { name: 'Troubleshooting' }));
  await expect(heading(page)).toBeFocused();
  const table = new CodeTable(page);
  await keyboard.type(table.search, 'service restart');
  await expect.poll(() => table.visibleCodes()).toEqual([1012]);
  const details = table.body(1012);
  await expect(details, 'the only hit opens by itself').toHaveAttribute('open');
  await keyboard.press(details.locator('summary'));
  await expect(details).not.toHaveAttribute('open');
  await page.keyboard.press('Space');
  await expect(details).toHaveAttribute('open');
  // Its link stands before it.
  await page.keyboard.press('Shift+Tab');
  await expect(table.row(1012).getByRole('link')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/#1012$/);
  await expect(table.row(1012)).toBeFocused();
  await expect(table.row(1012)).toBeInViewport();
  await expect(details).toHaveAttribute('open');
});

test('a line of the console is read, and its steps come next', async ({ megaphone, drp, page }) => {
  // The way there leads through the whole table.
  test.slow();
  await megaphone.open();
  await megaphone.connect(drp.url);
  await keyboard.press(page.getByRole('link', { name: 'Troubleshooting' }));
  await keyboard.type(
    page.getByLabel('A line from the console'),
    "WebSocket connection to 'wss://drp:8092/api/v3/ws' failed: Error in connection establishment: net::ERR_CERT_DATE_INVALID",
  );
  const answer = page.locator('[data-decoded]');
  await expect(answer).toContainText('ERR_CERT_DATE_INVALID');
  await page.keyboard.press('Tab');
  expect(await answer.evaluate((it) => it.contains(document.activeElement)), 'the steps are the next stop').toBe(true);
});

test('a line of the console has its steps without a chosen endpoint, or says what they need', async ({
  megaphone,
  page,
}) => {
  // The way there leads through the whole table.
  test.slow();
  await megaphone.open('/troubleshooting');
  const line = page.getByLabel('A line from the console');
  const answer = page.locator('[data-decoded]');
  await keyboard.type(line, 'net::ERR_CERT_DATE_INVALID');
  await expect(answer).toContainText('Paste the whole line');
  await keyboard.type(line, "'wss://drp.example.com:8092/api/v3/ws' failed: net::ERR_CERT_DATE_INVALID");
  await expect(answer.getByRole('link', { name: 'Open https://drp.example.com:8092' })).toBeVisible();
});

test('the feed stands still while the focus is in it: an event is opened and scrolled, and the list frozen', async ({
  megaphone,
  drp,
  page,
}) => {
  const feed = new Feed(page);
  await megaphone.open();
  await megaphone.connect(drp.url);
  await drp.event(event('kept'));
  const kept = feed.row('kept').locator('summary');
  await reach(kept);
  await drp.events(500);
  await expect.poll(async () => (await drp.state()).events_delivered).toBeGreaterThan(500);
  await drp.events(0);
  await expect(kept).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(feed.row('kept').locator('pre')).toContainText('read me');
  await page.keyboard.press('Tab');
  await expect(feed.row('kept').locator('pre')).toBeFocused();
  const freeze = page.getByRole('button', { name: 'Freeze list' });
  await expect(freeze).toHaveAttribute('aria-pressed', 'true');
  await keyboard.press(freeze);
  await expect(feed.row('kept')).toHaveCount(0);
  await expect(freeze).toBeFocused();
});

test('the feed goes on as soon as the focus has left it', async ({ megaphone, drp, page }) => {
  const feed = new Feed(page);
  await megaphone.open();
  await megaphone.connect(drp.url);
  await drp.event(event('first'));
  await reach(feed.row('first').locator('summary'));
  await drp.event(event('second'));
  await expect(page.getByText('3 received')).toBeVisible();
  await expect(feed.row('second')).toHaveCount(0);
  await reach(megaphone.button);
  await expect(feed.row('second')).toBeVisible();
});

test('older events come where the reader is, though their button may go', async ({ megaphone, drp, page }) => {
  const feed = new Feed(page);
  await megaphone.open();
  await megaphone.connect(drp.url);
  for (let number = 0; number < 35; number++) await drp.event(event(`number ${number}`));
  await expect(feed.row('number 34')).toBeVisible();
  await keyboard.press(page.getByRole('button', { name: 'Show older' }));
  await expect(page.getByRole('button', { name: 'Show older' })).toHaveCount(0);
  await expect(feed.row('number 4').locator('summary')).toBeFocused();
});

for (const width of [360, 1280]) {
  test(`the megaphone stays in view and covers nothing that has the focus, at ${width} px`, async ({
    megaphone,
    drp,
    page,
  }) => {
    const covered = () =>
      page.evaluate(() => {
        const bar = document.getElementById('megaphone')?.closest('.bar-start')?.getBoundingClientRect();
        const focused = document.activeElement;
        if (!bar || !focused || focused === document.body || focused.closest('header')) return undefined;
        const { top } = focused.getBoundingClientRect();
        return top < bar.bottom ? focused.outerHTML.slice(0, 200) : undefined;
      });
    await page.setViewportSize({ width, height: 700 });
    await megaphone.open();
    await megaphone.connect(drp.url);
    for (let number = 0; number < 35; number++) await drp.event(event(`number ${number}`));
    for (const address of ['/', '/troubleshooting#1006']) {
      if (address !== '/') await megaphone.open(address);
      expect(await covered(), 'where the address leads').toBeUndefined();
      await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
      await expect(megaphone.button).toBeInViewport({ ratio: 1 });
      await page.locator('main :is(a, button, summary)').last().focus();
      for (let presses = 0; presses < 50; presses++) {
        await page.keyboard.press('Shift+Tab');
        expect(await covered(), `after ${presses + 1} steps back from the end of ${address}`).toBeUndefined();
      }
    }
  });
}
