// A page of another site, in a real browser: it reads nothing of the portal's server, has nothing counted or looked into,
// and cannot put the portal into a frame of its own.
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test as base } from '../fixtures';

const test = base.extend<{ foreign: string }>({
  // 127.0.0.1 and localhost are two sites.
  foreign: async ({}, use) => {
    const server = http.createServer((_, answer) => {
      answer.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>another site</title>');
    });
    await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
    await use(`http://localhost:${(server.address() as AddressInfo).port}/`);
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  },
});

test('a page of another site reads nothing and has nothing counted', async ({ page, portal, drp, foreign }) => {
  await page.goto(foreign);
  const counted = async () =>
    (await (await fetch(`${portal.url}/metrics`)).text()).match(/^megaphone_losses_total\{.*$/gm);
  const before = await counted();
  const statuses: number[] = [];
  page.on('response', (answer) => {
    const asked = answer.request().method() !== 'OPTIONS' && answer.url().includes('/api/');
    if (asked) statuses.push(answer.status());
  });
  const seen = await page.evaluate(
    async ({ url, endpoint }) => {
      const tried = async (path: string, options: RequestInit = {}) => {
        try {
          const answer = await fetch(url + path, options);
          return `${answer.type} ${answer.status} ${(await answer.text()).length}`;
        } catch {
          return 'refused';
        }
      };
      const loss = JSON.stringify({ endpoint, code: 1006 });
      const json = { 'content-type': 'application/json' };
      const diagnosis = `/api/diagnosis?endpoint=${encodeURIComponent(endpoint)}`;
      return [
        await tried('/api/config'),
        await tried('/metrics'),
        await tried(diagnosis),
        await tried('/api/losses', { method: 'POST', headers: json, body: loss }),
        await tried('/api/losses', { method: 'POST', body: loss }),
        // What a page may send without asking first: the answer is opaque to it.
        await tried('/api/config', { mode: 'no-cors' }),
        await tried(diagnosis, { mode: 'no-cors' }),
        await tried('/api/losses', { method: 'POST', body: loss, mode: 'no-cors' }),
      ];
    },
    { url: portal.url, endpoint: drp.url },
  );
  expect(seen.slice(0, 5)).toEqual(Array(5).fill('refused'));
  for (const opaque of seen.slice(5)) expect(['opaque 0 0', 'refused']).toContain(opaque);
  expect(statuses.length).toBeGreaterThan(2);
  expect(statuses).toEqual(statuses.map(() => 403));
  expect(await counted()).toEqual(before);
});

test('a page of another site cannot frame the portal, and a form of it reports nothing', async ({
  page,
  portal,
  foreign,
}) => {
  await page.goto(foreign);
  const said = page.waitForEvent('console', (message) => message.text().includes('frame-ancestors'));
  await page.evaluate((url) => {
    const frame = document.createElement('iframe');
    frame.src = url;
    document.body.append(frame);
  }, portal.url);
  await said;
  const [, framed] = page.frames();
  await expect.poll(() => framed?.url()).toMatch(/^chrome-error:/);
  const answer = page.waitForResponse((response) => response.url().endsWith('/api/losses'));
  await page.evaluate((url) => {
    const form = document.createElement('form');
    form.method = 'post';
    form.enctype = 'text/plain';
    form.action = `${url}/api/losses`;
    const field = document.createElement('input');
    field.name = '{"endpoint":"a","code":1006,"cause":"';
    field.value = '"}';
    form.append(field);
    document.body.append(form);
    form.submit();
  }, portal.url);
  expect((await answer).status()).toBe(403);
});

const MARKUP = '<img src=x onerror="window.ran=1"><svg onload="window.ran=1"></svg><b>bold</b>';

test('markup from outside is text wherever it is shown', async ({ page, megaphone, drp }) => {
  const nothingRan = async (where: string) => {
    expect(await page.evaluate(() => 'ran' in window), where).toBe(false);
    expect(await page.locator('[onerror], [onload], b:text-is("bold")').count(), where).toBe(0);
  };
  await megaphone.open(`/?endpoint=${encodeURIComponent(MARKUP)}`);
  await nothingRan('address');
  await megaphone.open();
  await megaphone.form.submit(drp.url, { user: MARKUP, password: MARKUP });
  await expect(page.getByRole('alert').filter({ hasText: /./ }).first()).toBeVisible();
  await nothingRan('user');
  await megaphone.open();
  await megaphone.connect(drp.url);
  await drp.event({ Type: MARKUP, Action: MARKUP, Key: MARKUP, Principal: MARKUP, Object: { [MARKUP]: MARKUP } });
  const row = page.locator('[data-event-key]').filter({ hasText: 'onerror' });
  await row.locator('summary').click();
  await expect(row.locator('pre')).toContainText('onload');
  await nothingRan('event');
  await drp.send({ text: MARKUP });
  await drp.close(4321, '<svg onload=window.ran=1>');
  await drp.stop();
  await megaphone.expectAlarm('red');
  await megaphone.openDialog();
  await megaphone.dialog.openDetails();
  await expect(megaphone.dialog.root).toContainText('onload=window.ran=1');
  await nothingRan('close reason');
  await page.goto(`/troubleshooting#${encodeURIComponent(MARKUP)}`);
  await megaphone.expectReady();
  await nothingRan('fragment');
  await page.goto(`/${encodeURIComponent(MARKUP)}`);
  await megaphone.expectReady();
  await nothingRan('unknown address');
});
