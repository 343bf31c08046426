// The portal on a host that has its files and no server: in a sub-folder, with the endpoints of `config.json`.
import { expect, signIn, test as base } from '../fixtures';
import { FileHost } from '../fixtures/file_host';

const test = base.extend<{ host: FileHost }>({
  host: async ({ drp }, use) => {
    const host = await FileHost.start('files/portal', [drp.url]);
    await use(host);
    await host.stop();
  },
});

test.describe('a certificate that is refused', () => {
  test.use({ tls: 'self-signed' });

  test('is looked into by the page alone, which asks for no server and misses none', async ({
    page,
    megaphone,
    host,
    drp,
  }) => {
    await page.goto(`${host.url}/`);
    await megaphone.expectReady();
    await expect(page.getByLabel('Endpoint', { exact: true })).toHaveValue(drp.url);
    await megaphone.form.submit(drp.url, signIn);
    await megaphone.openDialog();
    const { heading, root } = megaphone.dialog;
    await expect(heading).toHaveAttribute('data-cause', 'unreachable-or-untrusted', { timeout: 15_000 });
    await expect(heading).toHaveAttribute('data-confidence', 'probable');
    await megaphone.dialog.openDetails();
    const check = (question: string) => root.getByRole('listitem').filter({ hasText: question });
    await expect(check("What the portal's server sees")).toContainText(
      'This portal is served as plain files, so its server cannot look.',
    );
    await expect(check("The portal's server answers")).toContainText(/Answered in \d+ ms/);
    expect(host.asked.filter((path) => /healthz|diagnosis|losses/.test(path))).toEqual([]);
  });
});

test.describe('a certificate that is taken', () => {
  test.use({ tls: 'self-signed', ignoreHTTPSErrors: true });

  test('is looked at by nobody while the connection stands', async ({ page, megaphone, host, drp }) => {
    await page.clock.install();
    await page.goto(`${host.url}/`);
    await megaphone.expectReady();
    await megaphone.connect(drp.url);
    // With a server of its own the portal has it look some seconds after it was connected.
    await page.clock.runFor(10_000);
    await drp.event({ Type: 'machines', Action: 'update', Key: 'some seconds later' });
    await expect(page.locator('.feed')).toContainText('some seconds later');
    expect(host.asked.filter((path) => path.includes('diagnosis'))).toEqual([]);
  });
});

test('connects to the endpoint of config.json', async ({ page, megaphone, host, drp }) => {
  await page.goto(`${host.url}/`);
  await megaphone.expectReady();
  await megaphone.connect(drp.url);
  await drp.event({ Type: 'machines', Action: 'update', Key: 'by files alone' });
  await expect(page.locator('.feed')).toContainText('by files alone');
});

for (const [address, heading] of [
  ['/', 'Connect to a DRP endpoint'],
  ['/index.html', 'Connect to a DRP endpoint'],
  ['/troubleshooting/', 'Connection problems'],
  ['/troubleshooting/index.html', 'Connection problems'],
] as const) {
  test(`has a page at ${address}`, async ({ page, megaphone, host }) => {
    await page.goto(host.url + address);
    await megaphone.expectReady();
    await expect(page.getByRole('heading', { level: 1 })).toContainText(heading);
    // The page's own script tells the overview from other pages.
    const welcome = await page.evaluate(() => 'welcome' in document.documentElement.dataset);
    expect(welcome).toBe(!address.startsWith('/troubleshooting'));
  });
}
