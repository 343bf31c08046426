// The built app where operators put it: below a path, behind HTTPS of the program's own, and as plain files on nginx and
// Caddy with the configurations that they are given.
import fs from 'node:fs';
import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures';
import { certificateFiles } from '../fixtures/certificate';
import type { Drp } from '../fixtures/drp';
import { Portal } from '../fixtures/portal';
import { installed, WebServer } from '../fixtures/web_server';
import type { MegaphonePage } from '../pages/MegaphonePage';

/** What a person does first, on the portal at this address. Every file that the page asks for has to be there. */
async function worksAt(url: string, { page, megaphone, drp }: { page: Page; megaphone: MegaphonePage; drp: Drp }) {
  const { origin } = new URL(url);
  const missing: string[] = [];
  page.on('response', (answer) => {
    // Where there is no server of the portal's, the page learns so from this one.
    if (answer.url().endsWith('/api/config')) return;
    if (answer.url().startsWith(origin) && answer.status() >= 400) missing.push(`${answer.status()} ${answer.url()}`);
  });
  await page.goto(url);
  await megaphone.expectWhole();
  // Its own script knew it for the overview, wherever that stands.
  await expect(page.locator('html')).toHaveAttribute('data-welcome', '');
  await expect(page.getByLabel('Endpoint', { exact: true })).toHaveValue(drp.url);
  await megaphone.connect(drp.url);
  await drp.event({ Type: 'machines', Action: 'update', Key: 'seen here' });
  await expect(page.locator('.feed')).toContainText('seen here');

  await page.getByRole('link', { name: 'Troubleshooting' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Connection problems');
  expect(page.url()).toMatch(new RegExp(`^${url}troubleshooting/?$`));
  await page.reload();
  await megaphone.expectPhase('connected');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Connection problems');

  await drp.stop();
  await megaphone.expectAlarm('red');
  await megaphone.openDialog();
  await expect(megaphone.dialog.heading).toHaveAttribute('data-cause', /./);
  await drp.start();
  await megaphone.expectPhase('connected', { timeout: 30_000 });
  expect(missing).toEqual([]);
}

test('below a path', async ({ page, megaphone, drp }) => {
  const portal = await Portal.start([drp.url], ['--base-path', '/portal/']);
  try {
    await worksAt(`${portal.url}/portal/`, { page, megaphone, drp });
  } finally {
    await portal.stop();
  }
});

test.describe('with HTTPS of its own', () => {
  test.use({ tls: 'self-signed', ignoreHTTPSErrors: true });

  test('and an endpoint with HTTPS', async ({ page, megaphone, drp }) => {
    const { folder, key, cert } = certificateFiles();
    const portal = await Portal.start([drp.url], ['--tls-cert', cert, '--tls-key', key]);
    try {
      expect(portal.url).toMatch(/^https:/);
      await worksAt(`${portal.url}/`, { page, megaphone, drp });
    } finally {
      await portal.stop();
      fs.rmSync(folder, { recursive: true });
    }
  });
});

for (const kind of ['nginx', 'caddy'] as const) {
  test(`as plain files on ${kind}, in a sub-folder`, async ({ page, megaphone, drp }) => {
    test.skip(!installed(kind), `${kind} is not installed`);
    const host = await WebServer.files(kind, [drp.url]);
    try {
      await worksAt(`${host.url}/portal/`, { page, megaphone, drp });
      const wrong = await page.goto(`${host.url}/portal/no/such/page`);
      expect(wrong?.status()).toBe(404);
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('There is no page at this address');
    } finally {
      await host.stop();
    }
  });
}
