// A tab that was connected opens its socket before the program has come, which takes it over.
import { expect, test } from '../fixtures';
import { hold, program } from '../fixtures/files';

test.describe('the socket of a tab that was connected', () => {
  test('is open before the program has come, and is the one that it uses', async ({ page, megaphone, drp }) => {
    await megaphone.open();
    await megaphone.connect(drp.url);
    const letGo = await hold(page, program);
    const before = await drp.state();
    await page.reload({ waitUntil: 'commit' });
    await expect.poll(async () => (await drp.state()).upgrades_accepted).toBe(before.upgrades_accepted + 1);
    await expect(megaphone.button).toBeDisabled();
    letGo();
    await megaphone.expectPhase('connected');
    await megaphone.expectReady();
    const after = await drp.state();
    expect([after.sockets_open, after.upgrade_attempts]).toEqual([1, before.upgrade_attempts + 1]);
    await drp.event({ Type: 'machines', Action: 'update', Key: 'arrived' });
    await expect(page.locator('[data-event-key]').filter({ hasText: 'arrived' })).toBeVisible();
  });

  test('is told as lost if it ended meanwhile, with its code', async ({ page, megaphone, drp }) => {
    await megaphone.open();
    await megaphone.connect(drp.url);
    const letGo = await hold(page, program);
    const { upgrades_accepted } = await drp.state();
    await page.reload({ waitUntil: 'commit' });
    await expect.poll(async () => (await drp.state()).upgrades_accepted).toBe(upgrades_accepted + 1);
    await drp.close(4321);
    await expect.poll(async () => (await drp.state()).sockets_open).toBe(0);
    letGo();
    await megaphone.expectPhase('connected');
    await expect(page.getByRole('region', { name: 'Connection' }).getByRole('link', { name: '4321' })).toBeVisible();
  });

  test('is not opened after signing out, nor where another endpoint is asked for', async ({ page, megaphone, drp }) => {
    await megaphone.open();
    await megaphone.connect(drp.url);
    await page.goto('/?endpoint=elsewhere.example');
    await megaphone.expectReady();
    expect((await drp.state()).sockets_open).toBe(0);
    await page.goto('/');
    await megaphone.expectPhase('connected');
    await page.getByRole('button', { name: 'Sign out' }).click();
    const { upgrade_attempts } = await drp.state();
    await page.reload();
    await megaphone.expectReady();
    expect((await drp.state()).upgrade_attempts).toBe(upgrade_attempts);
  });

  // Each leads the page's script and the program to different answers, as only somebody who writes addresses by hand would.
  test('is closed where the program finds that another endpoint is asked for', async ({ page, megaphone, drp }) => {
    await megaphone.open();
    await megaphone.connect(drp.url);
    await page.goto('/?%65ndpoint=elsewhere.example');
    await megaphone.expectReady();
    await expect.poll(async () => (await drp.state()).sockets_open).toBe(0);
  });

  test('is closed where the program would write its address otherwise, and another one opened', async ({
    page,
    megaphone,
    drp,
  }) => {
    await megaphone.open();
    await megaphone.connect(drp.url);
    await page.evaluate(() => {
      const stored = sessionStorage.getItem('megaphone.session') ?? '';
      sessionStorage.setItem('megaphone.session', stored.replace('localhost', 'LOCALHOST'));
    });
    const letGo = await hold(page, program);
    const { upgrades_accepted } = await drp.state();
    await page.reload({ waitUntil: 'commit' });
    await expect.poll(async () => (await drp.state()).upgrades_accepted).toBe(upgrades_accepted + 1);
    letGo();
    await megaphone.expectPhase('connected');
    await megaphone.expectReady();
    await expect.poll(async () => (await drp.state()).sockets_open).toBe(1);
    expect((await drp.state()).upgrades_accepted).toBe(upgrades_accepted + 2);
  });
});
