// What the browser itself stands in the way of: no network, a page over https before a plain endpoint, a policy.
import { Front } from './front';
import { PortalPage } from './page';
import { expect, test } from './fixtures';

test('the word “offline” alone changes nothing while the endpoint answers', async ({ engineName, megaphone, drp }) => {
  await megaphone.open();
  await megaphone.connect(drp.url);
  // By hand: a driver that takes the network away can hold back what comes through open sockets, too.
  await offlineByHand(megaphone, true);
  expect(await megaphone.tab.evaluate(() => navigator.onLine), engineName).toBe(false);
  await drp.event({ Type: 'machines', Action: 'update', Key: 'while offline' });
  await expect.poll(() => megaphone.events()).toContain('while offline');
  expect(await megaphone.summary()).toEqual({ phase: 'connected', alarm: 'calm', code: null });
  await offlineByHand(megaphone, false);
});

test('offline and cut, it waits for the network and comes back with it', async ({ megaphone, drp }) => {
  await megaphone.open();
  await megaphone.connect(drp.url);
  if (!(await megaphone.tab.offline(true))) await offlineByHand(megaphone, true);
  await drp.stop();
  await megaphone.phase('offline');
  await expect.poll(async () => (await megaphone.summary()).alarm).toBe('red');
  await megaphone.openDialog();
  const heading = () =>
    megaphone.tab.evaluate(() => JSON.stringify({ ...document.getElementById('connection-dialog-title')?.dataset }));
  await expect.poll(async () => JSON.parse(await heading())).toEqual({ cause: 'offline', confidence: 'certain' });
  await megaphone.tab.key('Escape');
  await drp.start();
  if (!(await megaphone.tab.offline(false))) await offlineByHand(megaphone, false);
  await megaphone.phase('connected', 5_000);
});

test('a page over https', async ({ engineName, own, portal, drp }) => {
  const front = await Front.before(portal.url, { secure: true });
  const browser = await own.browser({ acceptInsecureCerts: true });
  const page = new PortalPage(await browser.newTab(), front.url);

  await page.open();
  await page.watch();
  await page.submit(drp.url.replace('localhost', 'drp.example.com'));
  await expect.poll(async () => (await page.moments()).at(-1)).toMatchObject({ cause: 'mixed', confidence: 'certain' });
  await page.phase('needs-you');

  for (const url of [drp.url, drp.url.replace('localhost', '127.0.0.1')]) {
    await page.tab.evaluate(() => sessionStorage.clear());
    await page.open();
    await page.watch();
    await page.submit(url);
    // For WebKit a page over https may not ask this computer itself in plain HTTP either.
    if (engineName === 'webkit') {
      await expect
        .poll(async () => (await page.moments()).at(-1))
        .toMatchObject({ phase: 'needs-you', cause: 'mixed', confidence: 'certain' });
    } else {
      await page.phase('connected');
    }
  }
  await front.close();
});

test('a policy that forbids the endpoint is all that is named', async ({ megaphone, own, drp }) => {
  const portal = await own.portal([drp.url], ['--connect-src', "'self'"]);
  const page = new PortalPage(megaphone.tab, portal.url);
  await page.open();
  await page.watch();
  await page.submit(drp.url);
  await page.phase('needs-you');
  await expect.poll(async () => (await page.moments()).at(-1)).toMatchObject({ cause: 'csp', confidence: 'certain' });
  await page.openDialog();
  await expect.poll(() => page.dialogText()).toContain('policy');
  await expect.poll(() => page.dialogText(), { message: 'the details are open' }).toContain('Losses in this tab');
  expect(await page.dialogText()).not.toContain('What else fits');
});

/** The property and the event alone, as the engine would give them. */
const offlineByHand = ({ tab }: PortalPage, offline: boolean) =>
  tab.evaluate((offline) => {
    Object.defineProperty(navigator, 'onLine', { configurable: true, get: () => !offline });
    dispatchEvent(new Event(offline ? 'offline' : 'online'));
  }, offline);
