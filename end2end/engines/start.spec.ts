// The way from an address to the first events.
import { Front } from './front';
import { PortalPage } from './page';
import { expect, test } from './fixtures';

test('starts, connects and shows events', async ({ megaphone, drp }) => {
  await megaphone.open();
  expect(await megaphone.summary()).toEqual({ phase: 'idle', alarm: 'calm', code: null });
  await megaphone.connect(drp.url);
  for (const Key of ['first', 'second']) await drp.event({ Type: 'machines', Action: 'update', Key });
  await expect.poll(async () => (await megaphone.events()).slice(0, 2)).toEqual(['second', 'first']);
  await megaphone.tab.click('.feed [title="first"]');
  const opened = () => megaphone.tab.evaluate(() => document.querySelector('.feed details[open]')?.textContent ?? '');
  await expect.poll(opened).toContain('"Key": "first"');
});

test('holds the list of events still, and lets it go on', async ({ megaphone, drp }) => {
  await megaphone.open();
  await megaphone.connect(drp.url);
  await drp.event({ Type: 'machines', Action: 'update', Key: 'before' });
  await expect.poll(async () => (await megaphone.events())[0]).toBe('before');
  await megaphone.press('Freeze list');
  await drp.event({ Type: 'machines', Action: 'update', Key: 'meanwhile' });
  const received = () =>
    megaphone.tab.evaluate(() => [...document.querySelectorAll('.hint')].map((it) => it.textContent?.trim()));
  await expect.poll(received).toContain('3 received');
  expect((await megaphone.events())[0]).toBe('before');
  await megaphone.press('Freeze list');
  await expect.poll(async () => (await megaphone.events())[0]).toBe('meanwhile');
});

test('downloads the program once', async ({ running, portal, drp }) => {
  const front = await Front.before(portal.url);
  const page = new PortalPage(await running.newTab(), front.url);
  await page.open();
  await page.openDialog();
  await expect.poll(() => page.dialogText()).toContain('No endpoint chosen');
  await page.tab.key('Escape');
  await page.connect(drp.url);
  await page.tab.click('header a', 'Troubleshooting');
  const heading = () => page.tab.evaluate(() => document.querySelector('h1')?.textContent ?? '');
  await expect.poll(heading).toBe('Connection problems');
  await page.tab.close();
  await front.close();
  // The first part is .wasm, the later ones are .bin.
  const program = front.requests.filter((path) => /\.(wasm|bin)$/.test(path));
  expect(program.length).toBeGreaterThan(2);
  expect(program).toEqual([...new Set(program)]);
});

test('is accessible, in light and dark, at rest and while lost', async ({ megaphone, drp }) => {
  const problems: string[] = [];
  const look = async (where: string) =>
    problems.push(...(await megaphone.accessibility()).map((it) => `${where}: ${it}`));
  for (const theme of ['light', 'dark']) {
    await megaphone.open();
    await megaphone.tab.evaluate((theme) => localStorage.setItem('theme', theme), theme);
    await megaphone.open('/troubleshooting');
    await look(`troubleshooting, ${theme}`);
    await megaphone.open();
    // Loaded again, the page connects by itself.
    if (theme === 'light') await megaphone.connect(drp.url);
    else await megaphone.phase('connected');
    await look(`overview, ${theme}`);
    await drp.stop();
    await megaphone.phase('waiting');
    await megaphone.openDialog();
    await look(`dialog, ${theme}`);
    await drp.start();
    // Its own try may come first, and takes the button away.
    await megaphone.press('Retry now').catch(() => undefined);
    await megaphone.phase('connected');
  }
  expect(problems).toEqual([]);
});
