// The program comes in parts: first the alarm, then the app, then what is needed once something is wrong.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures';
import { hold, part, program } from '../fixtures/files';

test('the megaphone is live, and keeps a press, before the app has come', async ({ page, megaphone, drp }) => {
  await megaphone.open();
  await megaphone.connect(drp.url);
  const letGo = await hold(page, part('app'));
  await page.reload();
  await megaphone.expectPhase('connected');
  expect(await page.locator('html').getAttribute('data-ready')).toBeNull();
  const button = await megaphone.button.elementHandle();
  await megaphone.button.click();
  await drp.stop();
  await megaphone.expectAlarm('red');
  await expect(megaphone.button).toHaveText('Unable to access DRP');
  await drp.start();
  await megaphone.expectPhase('connected');
  expect(await page.locator('html').getAttribute('data-ready')).toBeNull();
  // Once the news of the return has passed, nothing changes the button any more, the app that takes it over included.
  await megaphone.expectAlarm('calm');
  await button?.evaluate((it) => {
    const changes: string[] = [];
    const what = { attributes: true, childList: true, characterData: true, subtree: true };
    new MutationObserver((seen) => changes.push(...seen.map(({ type }) => type))).observe(it, what);
    Object.assign(window, { changes });
  });
  const place = await megaphone.button.boundingBox();

  letGo();
  await expect(megaphone.dialog.root).toBeVisible();
  await expect(megaphone.dialog.root.getByRole('heading').first()).toBeFocused();
  await megaphone.expectReady();
  expect(await button?.evaluate((it) => it.isConnected), 'the button is the one that was pressed').toBe(true);
  expect(await page.evaluate(() => (window as unknown as { changes: string[] }).changes)).toEqual([]);
  expect(await megaphone.button.boundingBox()).toEqual(place);
  expect((await drp.state()).sockets_open).toBe(1);
});

/** What the overview says to whoever is not signed in, and where it stands. */
const welcome = async (page: Page) => {
  const said = page.getByRole('main').locator('h1, p.text-muted').filter({ visible: true });
  return Promise.all((await said.all()).map(async (it) => [await it.innerText(), await it.boundingBox()]));
};

// Between them lies the width at which the bar needs a second line, which depends on the letters.
for (const width of [320, 390, 1280]) {
  test(`the overview says the same in the same place before the program has come, ${width} px wide`, async ({
    page,
    megaphone,
  }) => {
    await page.setViewportSize({ width, height: 700 });
    const letGo = await hold(page, program);
    await page.goto('/', { waitUntil: 'commit' });
    await expect(page.getByRole('heading', { name: 'Connect to a DRP endpoint' })).toBeVisible();
    await expect(page.getByRole('status').filter({ hasText: 'Starting…' })).toBeVisible();
    const before = await welcome(page);
    letGo();
    await megaphone.expectReady();
    await expect(megaphone.form.root).toBeVisible();
    expect(before).toHaveLength(2);
    expect(await welcome(page)).toEqual(before);
  });
}

test('a page that begins otherwise does not begin with those words', async ({ page, megaphone, drp }) => {
  const starting = async (address: string) => {
    const letGo = await hold(page, program);
    await page.goto(address, { waitUntil: 'commit' });
    await expect(page.getByText('Starting…')).toBeVisible();
    await expect(page.getByRole('heading', { name: 'Connect to a DRP endpoint' })).toBeHidden();
    letGo();
    await megaphone.expectReady();
    await page.unrouteAll({ behavior: 'wait' });
  };
  await starting('/no/such/page');
  await starting('/troubleshooting');
  await megaphone.open();
  await megaphone.connect(drp.url);
  await starting('/');
  await megaphone.expectPhase('connected');
});

for (const seconds of [0, 1, 10]) {
  test(`the dialog opens once the plug is pulled ${seconds} s after the first paint`, async ({ page, megaphone }) => {
    await page.goto('/', { waitUntil: 'commit' });
    await page.waitForFunction(() => performance.getEntriesByName('first-contentful-paint').length > 0);
    await page.waitForTimeout(seconds * 1_000);
    await page.context().setOffline(true);
    // At once, the first part itself may still be on its way.
    const live = await megaphone.button.isEnabled();
    const ready = await page.locator('html').getAttribute('data-ready');
    if (seconds === 10) expect(ready).toBe('true');
    if (live) await megaphone.button.click();
    if (live && ready === 'true') {
      await expect(megaphone.dialog.root).toBeVisible();
      await expect(megaphone.dialog.root).toContainText(/No endpoint chosen|Loading|has not arrived/);
    }
    if (seconds === 10) await expect(megaphone.dialog.root.getByRole('heading').first()).toBeVisible();
    await page.context().setOffline(false);
    if (!live) await page.reload();
    if (!live) await megaphone.button.click();
    await expect(megaphone.dialog.root.getByRole('heading').first()).toBeVisible();
  });
}

test('what the dialog holds is not drawn before its styles have come', async ({ page, megaphone }) => {
  await page.addInitScript(() => {
    const drawn: string[] = [];
    new MutationObserver(() => {
      const head = document.querySelector('.dialog-head');
      if (head && drawn.length === 0) drawn.push(getComputedStyle(head).display);
    }).observe(document, { childList: true, subtree: true });
    Object.assign(window, { drawn });
  });
  const letGo = await hold(page, part('dialog_troubleshooting'));
  const here = page.waitForEvent('requestfinished', (request) => part('dialog').test(request.url()));
  await megaphone.open();
  await megaphone.openDialog();
  await here;
  await expect(megaphone.dialog.root).toContainText('Loading');
  letGo();
  await expect(megaphone.dialog.root.getByRole('heading').first()).toBeFocused();
  expect(await page.evaluate(() => (window as unknown as { drawn: string[] }).drawn)).toEqual(['grid']);
});

test('nothing beside the dialog, the losses and the troubleshooting page wears what comes with them', async ({
  page,
  megaphone,
  drp,
}) => {
  const read = (name: string) => readFileSync(path.resolve(__dirname, '../../style', `${name}.css`), 'utf8');
  const classes = (css: string) => new Set(css.match(/\.[a-z][a-z-]*(?=[^;{}]*\{)/g));
  const imports = (name: string) =>
    [...read(name).matchAll(/@import "\.\/([a-z-]+)\.css"/g)].map(([, it]) => read(it!));
  const first = classes(imports('product').join(''));
  const later = [...classes(imports('parts').join(''))].filter((it) => !first.has(it));
  expect(later).toContain('.dialog-head');
  const worn = () => page.evaluate((all) => all.filter((it) => document.querySelector(it)), later);
  await megaphone.open();
  await expect(megaphone.form.root).toBeVisible();
  expect(await worn(), 'the form').toEqual([]);
  await megaphone.connect(drp.url);
  await drp.event({ Type: 'machines', Action: 'update', Key: 'arrived' });
  await expect(page.locator('[data-event-key]').filter({ hasText: 'arrived' })).toBeVisible();
  expect(await worn(), 'the overview').toEqual([]);
  await page.goto('/no/such/page');
  await megaphone.expectReady();
  expect(await worn(), 'no page').toEqual([]);
  await page.goto('/troubleshooting');
  await megaphone.expectReady();
  expect(await worn()).toContain('.codes-card');
});
