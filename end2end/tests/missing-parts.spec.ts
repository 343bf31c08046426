// What does not come: a part, the app, the program itself.
import { expect, test } from '../fixtures';
import { hold, part, program } from '../fixtures/files';
import { MegaphonePage } from '../pages/MegaphonePage';

test('a part that does not come is said in the dialog, with a way on that works', async ({ page, megaphone }) => {
  await page.route(part('dialog'), (route) => route.abort());
  await megaphone.open();
  await megaphone.openDialog();
  await expect(megaphone.dialog.root.getByRole('alert').filter({ hasText: 'has not arrived' })).toBeVisible();
  await page.unroute(part('dialog'));
  await megaphone.dialog.root.getByRole('button', { name: 'Try again' }).click();
  await expect(megaphone.dialog.root.getByRole('heading').first()).toBeFocused();
});

test.describe('a report whose part has not come', () => {
  test.beforeEach(({ context }) => context.grantPermissions(['clipboard-read', 'clipboard-write']));

  /** The two buttons, whatever they say. */
  async function buttons({ dialog }: MegaphonePage) {
    await expect(dialog.root.getByRole('heading').first()).toBeFocused();
    await dialog.root.getByText('Details').click();
    const said = { hasText: /report$|Not here yet|Did not come|Copied/ };
    const [copy, download] = ['.dialog-buttons', '.details'].map((it) =>
      dialog.root.locator(`${it} .btn`).filter(said),
    );
    return { copy: copy!, download: download!, said: dialog.root.getByRole('status') };
  }

  test('says so, and is written once it has', async ({ page, megaphone }) => {
    const letGo = await hold(page, part('report'));
    await megaphone.open();
    await megaphone.openDialog();
    const { copy, download, said } = await buttons(megaphone);
    for (const button of [copy, download]) {
      await button.click();
      await expect(button).toHaveText('Not here yet; press again');
      await expect(said.filter({ hasText: 'Not here yet' })).toBeAttached();
      await expect(button).toHaveText(/report$/);
    }
    const files: string[] = [];
    page.on('download', (file) => files.push(file.suggestedFilename()));
    await download.click();
    await expect(download).toHaveText('Not here yet; press again');
    letGo();
    // As a person does. What was said before is taken back at once, so that nobody saves it twice.
    await expect(async () => {
      await download.click();
      await expect(download).toHaveText('Download report', { timeout: 200 });
    }).toPass();
    expect(files).toEqual(['megaphone-report.json']);
    await copy.click();
    await expect(copy).toHaveText('Copied');
    expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('# Megaphone report');
  });

  test('and does not come, says why, and is asked for with each press', async ({ page, megaphone }) => {
    await page.route(part('report'), (route) => route.abort());
    await megaphone.open();
    await megaphone.openDialog();
    const { copy, download, said } = await buttons(megaphone);
    for (const button of [copy, download]) {
      await button.click();
      await expect(button).toHaveText('Did not come: no network, or a new version');
      await expect(said.filter({ hasText: 'Did not come' })).toBeAttached();
      await expect(button).toHaveText(/report$/);
    }
    await page.unroute(part('report'));
    await expect(async () => {
      await copy.click();
      await expect(copy).toHaveText('Copied', { timeout: 200 });
    }).toPass();
  });
});

test('all that explains a loss comes by itself, also what did not come at first', async ({ page, megaphone, drp }) => {
  await page.clock.install();
  const names = ['dialog', 'errands', 'troubleshooting'];
  const all = [...names, 'report'].sort();
  const [failed, came] = [new Set<string>(), new Set<string>()];
  page.on('requestfinished', (request) =>
    all.filter((it) => part(it).test(request.url())).forEach((it) => came.add(it)),
  );
  let refused = true;
  for (const name of names) {
    await page.route(part(name), async (route) => {
      if (!refused) return route.continue();
      failed.add(name);
      return route.abort('connectionrefused');
    });
  }
  await megaphone.open();
  await expect.poll(() => [...failed].sort()).toEqual(names);
  // Last of all would be the report, which lies with the dialog in part.
  expect([...came]).toEqual([]);
  refused = false;
  // Nothing tells a page that the portal's server is back, so time does.
  await page.clock.fastForward(31_000);
  await expect.poll(() => [...came].sort()).toEqual(all);
  await megaphone.connect(drp.url);
  await page.context().setOffline(true);
  await drp.stop();
  await megaphone.expectAlarm('red');
  await megaphone.openDialog();
  await expect(megaphone.dialog.root.getByRole('heading', { level: 2 })).toBeFocused();
});

test('a part that is not there when it is needed is said on the page, until it comes', async ({
  page,
  megaphone,
  drp,
}) => {
  await megaphone.open();
  await megaphone.connect(drp.url);
  await page.clock.install();
  await page.route(part('errands'), (route) => route.abort('connectionrefused'));
  const failed = page.waitForEvent('requestfailed', (request) => part('errands').test(request.url()));
  await page.reload();
  await megaphone.expectPhase('connected');
  await megaphone.expectReady();
  await failed;
  // The look at the certificate after three seconds is nothing that somebody waits for.
  await page.clock.fastForward(4_000);
  const said = page.getByRole('alert').filter({ hasText: 'A part of this page has not arrived' });
  await expect(said).not.toBeVisible();
  await drp.stop();
  await expect(said).toBeVisible();
  await megaphone.openDialog();
  await expect(megaphone.dialog.root.getByText('has not arrived yet')).toBeVisible();
  await page.unroute(part('errands'));
  await page.clock.fastForward(31_000);
  await expect(said).not.toBeVisible();
  await expect(megaphone.dialog.root).toContainText('refuse');
  await expect(megaphone.dialog.root.getByText('has not arrived yet')).not.toBeVisible();
});

test('losses that are not read yet are not said to be none', async ({ page, megaphone, drp }) => {
  await megaphone.open();
  await megaphone.connect(drp.url);
  await drp.close(4321);
  const connection = page.getByRole('region', { name: 'Connection', exact: true });
  await expect(connection.getByRole('link', { name: '4321' })).toBeVisible();
  const letGo = await hold(page, part('errands'));
  await page.reload();
  await megaphone.expectReady();
  await expect(connection).toContainText('Losses from before this page was loaded have not been read yet.');
  letGo();
  await expect(connection.getByRole('link', { name: '4321' })).toBeVisible();
  await expect(connection).not.toContainText('read yet');
});

test('a page in place of a part is none, and the part is asked for again', async ({ page, megaphone }) => {
  await page.route(part('dialog'), (route) => route.fulfill({ contentType: 'text/html', body: '<h1>Sign in</h1>' }));
  await megaphone.open();
  await megaphone.openDialog();
  await expect(megaphone.dialog.root.getByRole('alert').filter({ hasText: 'has not arrived' })).toBeVisible();
  await page.unroute(part('dialog'));
  await megaphone.dialog.root.getByRole('button', { name: 'Try again' }).click();
  await expect(megaphone.dialog.root.getByRole('heading').first()).toBeFocused();
});

test('a part of which nothing more comes is said, with a way on that works', async ({ page, megaphone }) => {
  await page.clock.install();
  let asked = 0;
  await page.route(part('dialog'), () => void (asked += 1));
  await megaphone.open();
  await megaphone.openDialog();
  await expect(megaphone.dialog.root).toContainText('Loading');
  // The request ahead of need comes first.
  for (const request of [1, 2]) {
    await expect.poll(() => asked).toBe(request);
    await page.clock.fastForward(10_000);
  }
  await expect(megaphone.dialog.root.getByRole('alert').filter({ hasText: 'has not arrived' })).toBeVisible();
  await page.unroute(part('dialog'));
  await megaphone.dialog.root.getByRole('button', { name: 'Try again' }).click();
  await expect(megaphone.dialog.root.getByRole('heading').first()).toBeFocused();
});

for (const [name, failures] of [
  ['app', 1],
  // The first request is the one ahead of need.
  ['dialog', 2],
] as const) {
  test(`a part is asked for again whose request fails after the network is back: ${name}`, async ({
    page,
    megaphone,
  }) => {
    let asked = 0;
    await page.route(part(name), async (route) => {
      asked += 1;
      if (asked > failures) return route.continue();
      await page.evaluate(() => dispatchEvent(new Event('online')));
      return route.abort('internetdisconnected');
    });
    await page.goto('/');
    await megaphone.expectReady();
    await megaphone.openDialog();
    await expect(megaphone.dialog.root.getByRole('heading').first()).toBeVisible();
    expect(asked).toBe(failures + 1);
  });
}

test('an app that does not come is said on the page, which goes on when somebody presses', async ({
  page,
  megaphone,
}) => {
  await page.route(part('app'), (route) => route.abort());
  await page.goto('/');
  await expect(page.getByRole('heading', { name: 'The rest of this page has not arrived' })).toBeVisible();
  await page.unroute(part('app'));
  await megaphone.button.click();
  await expect(megaphone.dialog.root).toBeVisible();
});

test('an app that does not come is asked for again with nobody there', async ({ page, megaphone }) => {
  await page.clock.install();
  await page.route(part('app'), (route) => route.fulfill({ status: 502 }));
  await page.goto('/');
  await expect(page.getByRole('heading', { name: 'The rest of this page has not arrived' })).toBeVisible();
  await page.unroute(part('app'));
  await page.clock.fastForward(31_000);
  await megaphone.expectReady();
});

// These two pages break on purpose, so they are none of those that are held to break in nothing.
test('a program that does not come is named, and the browser is not blamed', async ({ browser, baseURL }) => {
  const page = await browser.newPage({ baseURL });
  await page.route(program, (route) => route.fulfill({ status: 404, body: 'gone' }));
  await page.goto('/');
  const failed = page.getByRole('alert').filter({ hasText: 'The portal could not start' });
  await expect(failed).toBeVisible();
  await expect(failed).toContainText(
    /The file \/portal_bg-[0-9a-f]+\.wasm did not arrive: the answer was status 404\./,
  );
  // As it is for a page of the release before, once its files are gone.
  await expect(failed).toContainText('The portal may have a new version.');
  await expect(failed).not.toContainText('try a current');
  // Nor is anything announced as on its way.
  await expect(page.getByText('Starting…')).toBeHidden();
  await expect(page.getByRole('heading', { name: 'Connect to a DRP endpoint' })).toBeHidden();
  await page.unrouteAll();
  await failed.getByRole('button', { name: 'Load again' }).click();
  await expect(page.locator('html')).toHaveAttribute('data-ready', 'true');
  await page.close();
});

test('a program that does not come leaves no socket open', async ({ browser, baseURL, drp }) => {
  const page = await browser.newPage({ baseURL });
  const megaphone = new MegaphonePage(page);
  await megaphone.open();
  await megaphone.connect(drp.url);
  await page.route(program, (route) => route.fulfill({ status: 404, body: 'gone' }));
  await page.reload();
  await expect(page.getByRole('alert').filter({ hasText: 'The portal could not start' })).toBeVisible();
  await expect.poll(async () => (await drp.state()).sockets_open).toBe(0);
  await page.close();
});

test('a program that traps leaves a page that says so', async ({ browser, baseURL }) => {
  const page = await browser.newPage({ baseURL });
  // The program's own exports, so that it can be made to fail as it would: by asking for memory that there is not.
  await page.addInitScript(() => {
    const { instantiate, instantiateStreaming } = WebAssembly;
    const keep = (result: WebAssembly.WebAssemblyInstantiatedSource | WebAssembly.Instance) => {
      const { exports } = 'instance' in result ? result.instance : result;
      if ('__wbindgen_start' in exports) Object.assign(window, { program_exports: exports });
      return result;
    };
    WebAssembly.instantiate = ((...given: Parameters<typeof instantiate>) =>
      instantiate(...given).then(keep)) as unknown as typeof instantiate;
    WebAssembly.instantiateStreaming = ((...given: Parameters<typeof instantiateStreaming>) =>
      instantiateStreaming(...given).then(keep)) as unknown as typeof instantiateStreaming;
  });
  await page.goto('/');
  await expect(page.locator('html')).toHaveAttribute('data-ready', 'true');
  await expect(page.getByText('This page stopped working.')).not.toBeVisible();
  await page.evaluate(() => {
    const { program_exports } = window as unknown as {
      program_exports: Record<string, (...given: number[]) => number>;
    };
    const allocate = Object.entries(program_exports).find(([name]) => name.startsWith('__wbindgen_malloc'))![1];
    setTimeout(() => allocate(0xffff_ffff, 1));
  });
  await expect(page.getByText('This page stopped working.')).toBeVisible();
  await page.close();
});
