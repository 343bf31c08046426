// Two releases meet: a page of one, and a server that has the other; and both behind one balancer.
import fs from 'node:fs';
import { expect, test as base } from '../fixtures';
import { Portal } from '../fixtures/portal';
import { anotherRelease } from '../fixtures/release';
import { installed, shipped, WebServer } from '../fixtures/web_server';

const test = base.extend<{ release: string; own: Portal }>({
  release: async ({}, use) => {
    const folder = anotherRelease();
    await use(folder);
    fs.rmSync(folder, { recursive: true });
  },
  own: async ({ drp }, use) => {
    const portal = await Portal.start([drp.url], ['--trusted-proxy', '127.0.0.1']);
    await use(portal);
    await portal.stop();
  },
});

const laterPart = /\/portal_(dialog|troubleshooting|dialog_troubleshooting|report)-[0-9a-f]+\.bin$/;

test('an open page goes on when the program is updated, and needs nothing more of it', async ({
  page,
  megaphone,
  drp,
  own,
  release,
}) => {
  await page.goto(own.url);
  await megaphone.connect(drp.url);
  await megaphone.expectWhole();
  await own.startAgain(release);
  await megaphone.openDialog();
  await expect(megaphone.dialog.root.getByRole('heading').first()).toBeFocused();
  await megaphone.dialog.close();
  await page.getByRole('link', { name: 'Troubleshooting' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Connection problems');
  await drp.event({ Type: 'machines', Action: 'update', Key: 'still here' });
  await page.getByRole('link', { name: 'Overview' }).click();
  await expect(page.locator('.feed')).toContainText('still here');
  expect((await drp.state()).upgrades_accepted, 'no connection was lost').toBe(1);
});

test('an open page says that there may be a new release where it needs a file of the old one', async ({
  page,
  megaphone,
  drp,
  own,
  release,
}) => {
  // As if the release had come before the page had fetched what it did not need yet.
  await page.route(laterPart, (route) => route.abort());
  await page.goto(own.url);
  await megaphone.connect(drp.url);
  await own.startAgain(release);
  await page.unroute(laterPart);
  const gone = page.waitForResponse((answer) => laterPart.test(answer.url()) && answer.status() === 404);
  await megaphone.openDialog();
  await gone;
  const said = megaphone.dialog.root.getByRole('alert').filter({ hasText: 'the portal may have a new version' });
  await expect(said).toBeVisible();
  await megaphone.expectPhase('connected');
  expect((await drp.state()).upgrades_accepted, 'no connection was lost').toBe(1);
  await Promise.all([
    page.waitForEvent('load'),
    megaphone.dialog.root.getByRole('button', { name: 'Load the page again' }).click(),
  ]);
  await megaphone.expectPhase('connected');
  await megaphone.expectWhole();
  const names = await page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name));
  const program = fs.readdirSync(release).find((name) => /^portal_bg-.*\.wasm$/.test(name));
  expect(
    names.some((name) => name.endsWith(`/${program}`)),
    'the page is that of the new release',
  ).toBe(true);
});

test.describe('behind nginx', () => {
  test.skip(!installed('nginx'), 'nginx is not installed');

  test('pages of two releases work while both are served', async ({ page, megaphone, drp, own, release }) => {
    const next = await Portal.start([drp.url], ['--trusted-proxy', '127.0.0.1'], release);
    const nginx = await balancer(own, next);
    try {
      const releases = new Set<string>();
      for (let loads = 0; loads < 8; loads++) {
        await page.goto(nginx.url);
        await megaphone.expectWhole();
        await megaphone.openDialog();
        await expect(megaphone.dialog.root.getByRole('heading').first()).toBeFocused();
        // An even number of requests would lead each page to the same instance.
        if (loads % 2) await fetch(nginx.url);
        releases.add(await page.evaluate(() => (window as unknown as { program: { file: string } }).program.file));
      }
      expect(releases.size, 'pages of both came').toBe(2);
    } finally {
      await nginx.stop();
      await next.stop();
    }
  });

  test('no page notices more than one loss when an instance is killed in mid-flight', async ({
    page,
    megaphone,
    drp,
    own,
  }) => {
    const second = await Portal.start([drp.url], ['--trusted-proxy', '127.0.0.1']);
    const nginx = await balancer(own, second);
    try {
      await page.goto(nginx.url);
      await megaphone.connect(drp.url);
      await megaphone.expectWhole();
      const looks = page.waitForRequest((request) => request.url().includes('/api/diagnosis'));
      // Which the server waits for in vain, for a second and a half.
      await drp.fault({ id: 'no-answer', stage: 'upgrade' });
      await megaphone.openDialog();
      await looks;
      await own.stop();
      await expect(megaphone.dialog.heading).toHaveAttribute('data-cause', 'no-answer', { timeout: 30_000 });
      await drp.heal();
      await megaphone.expectPhase('connected', { timeout: 30_000 });
      const losses = await page.evaluate(() => JSON.parse(sessionStorage.getItem('megaphone.losses') ?? '{}').total);
      expect(losses).toBe(1);
      for (let loads = 0; loads < 3; loads++) {
        await page.reload();
        await megaphone.expectPhase('connected');
        await megaphone.expectWhole();
      }
    } finally {
      await nginx.stop();
      await second.stop();
    }
  });
});

function balancer(...portals: [Portal, Portal]): Promise<WebServer> {
  const [first, second] = portals.map((portal) => new URL(portal.url).host) as [string, string];
  return WebServer.start('nginx', () =>
    shipped('nginx-balancer.conf').replace('10.0.0.11:8080', first).replace('10.0.0.12:8080', second),
  );
}
