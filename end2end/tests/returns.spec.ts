// Lost and back: after each fault is healed the portal connects by itself, without a reload, and nothing that the person
// had typed or scrolled to is gone. Long waits are moved by the page's clock; sockets and answers are real.
import { expect, signIn, test } from '../fixtures';
import type { Drp } from '../fixtures/drp';
import type { Change, MegaphonePage } from '../pages/MegaphonePage';
import { CodeTable } from '../pages/CodeTable';

/** Connects, and goes to a page where something can be typed while the connection is away; tells what changes then. */
async function settle(megaphone: MegaphonePage, drp: Drp): Promise<() => Promise<Change[]>> {
  const { page } = megaphone;
  await page.clock.install();
  await megaphone.open();
  await megaphone.connect(drp.url);
  await page.getByRole('link', { name: 'Troubleshooting' }).click();
  await new CodeTable(page).search.fill('the');
  await page.evaluate(() => scrollTo(0, 700));
  await megaphone.mark();
  return megaphone.watchChanges();
}

/** Lets the page's time go on until the connection stands, and looks for what may have been lost meanwhile. */
async function expectBackUntouched(megaphone: MegaphonePage) {
  const { page } = megaphone;
  await expect(async () => {
    await page.clock.runFor(5_000);
    await megaphone.expectPhase('connected', { timeout: 1_500 });
  }).toPass({ timeout: 45_000 });
  await page.clock.runFor(4_000);
  await megaphone.expectAlarm('calm');
  await megaphone.expectNotReloaded();
  await expect(new CodeTable(page).search).toHaveValue('the');
  // What stands above may have another height by now; to the pixel it is held by a test of its own.
  expect(await page.evaluate(() => scrollY), 'not thrown back to the top').toBeGreaterThan(400);
  await expect(megaphone.dialog.root).not.toBeVisible();
}

interface Case {
  name: string;
  breaks: (drp: Drp) => Promise<unknown>;
  /** What the loss leads to. */
  sees: Partial<Change>;
  heals: (drp: Drp) => Promise<unknown>;
}

const heal = (drp: Drp) => drp.heal();
const start = (drp: Drp) => drp.start();

const cases: Case[] = [
  { name: 'a crash', breaks: (drp) => drp.stop('reset'), sees: { phase: 'waiting' }, heals: start },
  {
    name: 'a command of its own that is too large',
    breaks: (drp) => drp.fault({ id: 'too-large' }),
    sees: { closeCode: 1009 },
    heals: heal,
  },
  {
    name: 'a proxy without DRP',
    breaks: (drp) => drp.fault({ id: 'bad-gateway', cors: true }),
    sees: { phase: 'waiting' },
    heals: heal,
  },
  {
    name: 'a proxy without WebSockets',
    breaks: (drp) => drp.fault({ id: 'no-upgrade' }),
    sees: { phase: 'waiting' },
    heals: heal,
  },
  {
    name: 'another server',
    breaks: (drp) => drp.fault({ id: 'not-drp', cors: true }),
    sees: { phase: 'needs-you' },
    heals: heal,
  },
  {
    name: 'rights taken away',
    breaks: (drp) => drp.fault({ id: 'no-rights' }),
    sees: { phase: 'needs-you' },
    heals: heal,
  },
];

for (const { name, breaks, sees, heals } of cases) {
  test(`after ${name} the portal comes back by itself`, async ({ megaphone, drp }) => {
    test.slow();
    const changes = await settle(megaphone, drp);
    await breaks(drp);
    await expect.poll(changes, { timeout: 15_000 }).toContainEqual(expect.objectContaining(sees));
    await heals(drp);
    await expectBackUntouched(megaphone);
  });
}

test('after a restart the portal comes back by itself, with one loss in the list', async ({ megaphone, drp, page }) => {
  const changes = await settle(megaphone, drp);
  await drp.restart(500);
  await expect.poll(changes).toContainEqual(expect.objectContaining({ phase: 'waiting' }));
  await expectBackUntouched(megaphone);
  await page.getByRole('link', { name: 'Overview' }).click();
  await expect(page.locator('[data-loss]')).toHaveCount(1);
});

test('what a reader looks at stays where it is, though the card of the loss comes and goes above it', async ({
  megaphone,
  drp,
  page,
}) => {
  const changes = await settle(megaphone, drp);
  const place = () => page.locator('tr[id="1012"]').evaluate((row) => Math.round(row.getBoundingClientRect().top));
  const before = await place();
  await drp.stop('reset');
  await expect.poll(changes).toContainEqual(expect.objectContaining({ phase: 'waiting' }));
  await expect(page.locator('.own-loss').getByRole('listitem')).not.toHaveCount(0);
  expect(Math.abs((await place()) - before), 'while it is lost').toBeLessThan(24);
  await drp.start();
  await expectBackUntouched(megaphone);
  expect(Math.abs((await place()) - before), 'once it is back').toBeLessThan(24);
});

test('an endpoint that falls silent is noticed, given up and connected again', async ({ megaphone, drp, page }) => {
  const changes = await settle(megaphone, drp);
  await drp.fault({ id: 'silence', new_connections: 'work' });
  await page.clock.runFor(21_000);
  expect(await changes(), 'silence alone is no loss: it is asked first').toEqual([]);
  await page.clock.runFor(9_000);
  await expectBackUntouched(megaphone);
  expect(await changes()).toContainEqual(expect.objectContaining({ phase: 'waiting' }));
  await page.getByRole('link', { name: 'Overview' }).click();
  await expect(page.locator('[data-loss]')).toContainText('stopped answering', { ignoreCase: true });
});

test('after a sleep a connection that still stands is asked, and stays', async ({ megaphone, drp, page }) => {
  const changes = await settle(megaphone, drp);
  const { commands_acknowledged } = await drp.state();
  await page.clock.fastForward('20:00');
  await expect.poll(async () => (await drp.state()).commands_acknowledged).toBeGreaterThan(commands_acknowledged);
  await page.clock.runFor(10_000);
  expect(await changes()).toEqual([]);
  await megaphone.expectPhase('connected');
});

test('offline is told from a loss, and being online again is enough', async ({ megaphone, drp, context }) => {
  await settle(megaphone, drp);
  await context.setOffline(true);
  await drp.cut();
  await megaphone.expectPhase('offline');
  await megaphone.expectAlarm('red');
  await context.setOffline(false);
  await expectBackUntouched(megaphone);
});

test('a sign-in that ran out waits for the person, and one password later all is well', async ({
  megaphone,
  drp,
  page,
}) => {
  await settle(megaphone, drp);
  await drp.fault({ id: 'token-expired' });
  await megaphone.expectPhase('needs-you');
  // In this order, so that there is no moment in which the old token is taken again.
  await drp.expireTokens();
  await drp.heal();
  await megaphone.openDialog();
  await expect(megaphone.dialog.heading).toContainText('Your sign-in has run out');
  const { root } = megaphone.dialog;
  await expect(root.getByLabel('User')).toHaveValue(signIn.user);
  await root.getByLabel('Password').fill(signIn.password);
  await megaphone.dialog.button('Sign in').click();
  await megaphone.expectPhase('connected');
  await megaphone.expectNotReloaded();
  await megaphone.dialog.close();
  await expect(new CodeTable(page).search, 'the person is where they were').toHaveValue('the');
  await page.getByRole('link', { name: 'Overview' }).click();
  await expect(page.locator('ol.feed')).toBeVisible();
});

test('losses that follow each other are told as one', async ({ megaphone, drp, page }) => {
  await megaphone.open();
  await megaphone.connect(drp.url);
  await drp.fault({ id: 'flapping', up_ms: 200 });
  await expect(page.getByText(/^[3-9] losses in \d/).first()).toBeVisible({ timeout: 20_000 });
  await drp.heal();
  await megaphone.expectPhase('connected', { timeout: 15_000 });
});

test('something that cuts every connection at the same age is found out', async ({ megaphone, drp, page }) => {
  test.slow();
  await megaphone.open();
  await megaphone.connect(drp.url);
  await drp.fault({ id: 'idle-cut', seconds: 6 });
  await drp.cut();
  await expect.poll(() => page.locator('[data-loss]').count(), { timeout: 60_000 }).toBeGreaterThanOrEqual(4);
  await expect(page.locator('[data-loss]').first()).toContainText(/after a fixed time|keeps ending connections/);
});
