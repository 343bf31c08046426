// Certificates that the browser refuses: what the page is told, what it says of them, and the way through.
import type { Tls } from '../fixtures/drp';
import type { Browser, EngineName, Tab } from './engine';
import { PortalPage } from './page';
import { expect, test } from './fixtures';

/** Each engine's own way past its warning: the elements that a person presses, one after the other. */
const WAY_THROUGH: Record<EngineName, string[]> = {
  chromium: ['#details-button', '#proceed-link'],
  firefox: ['#advanced-button', '#exception-button'],
  webkit: [],
};

/** The words on them that the portal quotes, or begins to. */
const QUOTED: Record<EngineName, RegExp[]> = {
  chromium: [/^Advanced$/, /^Proceed to /],
  firefox: [/^Advanced$/, /^Proceed to /],
  webkit: [],
};

/** The close code that a refused certificate has: only Firefox says that it was TLS. */
const CODE: Record<EngineName, number> = { chromium: 1006, firefox: 1015, webkit: 1006 };

const REFUSED: Partial<Record<Tls, string>> = {
  'self-signed': 'self-signed',
  expired: 'expired',
  'not-yet-valid': 'not-yet-valid',
  'wrong-host': 'wrong-name',
  'private-ca': 'unknown-ca',
};

test('names what is wrong with a refused certificate', async ({ engineName, megaphone, endpoints }) => {
  const drp = endpoints['self-signed'];
  await drp.reset();
  const codes: (number | undefined)[] = [];
  for (const [tls, name] of Object.entries(REFUSED) as [Tls, string][]) {
    await drp.certificate(tls);
    await megaphone.open();
    await megaphone.tab.evaluate(() => sessionStorage.clear());
    await megaphone.open();
    await megaphone.watch();
    await megaphone.submit(drp.url);
    await expect.poll(async () => (await cause(megaphone))?.[0], { message: tls }).toBe(name);
    codes.push((await megaphone.kept()).at(-1)?.code);
  }
  expect(codes).toEqual(Object.keys(REFUSED).map(() => CODE[engineName]));
});

/** Certificates that an engine's warning has a way past. */
const ACCEPTED: Partial<Record<Tls, EngineName[]>> = {
  'self-signed': ['chromium', 'firefox'],
  expired: ['chromium', 'firefox'],
  'wrong-host': ['chromium', 'firefox'],
  // Chromium has no way past these, and the portal tells its people so.
  p521: ['firefox'],
  'no-digital-signature': ['firefox'],
};

for (const [tls, engines] of Object.entries(ACCEPTED) as [Tls, EngineName[]][]) {
  test(`connects when the person has accepted the certificate and comes back: ${tls}`, async ({
    engineName,
    running,
    megaphone,
    endpoints,
  }) => {
    test.skip(engineName === 'webkit', 'MiniBrowser has no way past its warning');
    test.skip(!engines.includes(engineName), `${engineName} has no way past its warning`);
    const drp = endpoints['self-signed'];
    await drp.reset();
    await drp.certificate(tls);
    await megaphone.open();
    await megaphone.mark();
    await megaphone.submit(drp.url);
    await megaphone.phase('needs-you');
    await megaphone.openDialog();
    await megaphone.tab.click(`dialog a[href^="${drp.url}"]`);
    const warning = await opened(running, WAY_THROUGH[engineName][0] ?? '');
    for (const [at, css] of WAY_THROUGH[engineName].entries()) {
      expect(await words(warning, css), css).toMatch(QUOTED[engineName][at] ?? /never/);
      await warning.click(css);
    }
    // A warning has the address of the endpoint, and only the endpoint's own page is a document of it.
    await expect.poll(() => warning.evaluate(() => document.documentURI).catch(() => '')).toContain(drp.url);
    await warning.close();
    await megaphone.phase('connected', 5_000);
    expect(await megaphone.marked(), 'the page was not loaded again').toBe(true);
  });
}

test('speaks of the way through in words that hold here', async ({ engineName, megaphone, endpoints }) => {
  const drp = endpoints['self-signed'];
  await drp.reset();
  await megaphone.open();
  await megaphone.submit(drp.url);
  await megaphone.phase('needs-you');
  await megaphone.openDialog();
  await expect.poll(() => megaphone.dialogText()).toContain('Come back to this tab');
  const text = await megaphone.dialogText();
  expect(text).not.toMatch(/Safari|keychain/);
  if (engineName === 'firefox') expect(text).toContain('Firefox remembers it for port');
  else expect(text).not.toContain('Firefox');
});

/** Endings of TLS that say nothing of a certificate. */
const NO_CERTIFICATE = ['plain-http', 'old-tls'];

test('says no more of a refused certificate than the page alone can know', async ({
  engineName,
  megaphone,
  own,
  endpoints,
}) => {
  test.setTimeout(240_000);
  const drp = endpoints['self-signed'];
  // Its server looks at what it offers, and at nothing else.
  const portal = await own.portal(['https://nope.invalid:8092']);
  const page = new PortalPage(megaphone.tab, portal.url);
  const said: unknown[] = [];
  for (const kind of [...Object.keys(REFUSED), ...NO_CERTIFICATE]) {
    await drp.reset();
    if (NO_CERTIFICATE.includes(kind)) await drp.fault({ id: kind });
    else await drp.certificate(kind as Tls);
    await page.open();
    await page.tab.evaluate(() => sessionStorage.clear());
    await page.open();
    await page.watch();
    await page.submit(drp.url);
    const expected = engineName === 'firefox' ? 'untrusted' : 'unreachable-or-untrusted';
    // Some wait in vain first, for the token and then for the socket.
    await expect.poll(() => cause(page), { message: kind, timeout: 40_000 }).toEqual([expected, 'probable']);
    said.push((await page.kept()).at(-1)?.code);
  }
  expect(said).toEqual(said.map(() => CODE[engineName]));
});

test('takes an authority that only the server trusts for no missing permission, and leads to the certificate', async ({
  engineName,
  megaphone,
  endpoints,
}) => {
  const drp = endpoints['private-ca'];
  await drp.reset();
  await megaphone.open();
  await megaphone.watch();
  await megaphone.submit(drp.url);
  // Only Firefox tells its page that it was TLS.
  const expected = engineName === 'firefox' ? 'untrusted' : 'browser-only';
  await expect.poll(() => cause(megaphone)).toEqual([expected, 'probable']);
  if (engineName === 'firefox') await megaphone.phase('needs-you');
  await megaphone.openDialog();
  const ways = () =>
    megaphone.tab.evaluate((url) => document.querySelectorAll(`dialog a[href^="${url}"]`).length, drp.url);
  await expect.poll(ways, { message: 'a way to the certificate' }).toBeGreaterThan(0);
  const buttons = () =>
    megaphone.tab.evaluate(() => [...document.querySelectorAll('dialog button')].map((it) => it.textContent?.trim()));
  expect(await buttons()).not.toContain('Ask for permission');
});

/** What the page named last. */
async function cause(megaphone: PortalPage) {
  const newest = (await megaphone.moments()).findLast(({ cause }) => cause !== null);
  return newest && [newest.cause, newest.confidence];
}

/** What stands on an element, wherever in the page it is. */
const words = (tab: Tab, css: string) =>
  tab.evaluate((css) => {
    const roots: (Document | ShadowRoot)[] = [document];
    for (const root of roots) {
      for (const { shadowRoot } of root.querySelectorAll('*')) if (shadowRoot) roots.push(shadowRoot);
      const found = root.querySelector<HTMLElement>(css);
      if (found)
        return (found.textContent || found.getAttribute('label') || found.shadowRoot?.textContent || '').trim();
    }
    return '';
  }, css);

/** The tab that shows the engine's warning. */
async function opened(running: Browser, css: string) {
  const shown = async () => {
    for (const tab of await running.tabs()) {
      const found = await tab
        .evaluate((css) => {
          const roots: (Document | ShadowRoot)[] = [document];
          for (const root of roots) {
            for (const { shadowRoot } of root.querySelectorAll('*')) if (shadowRoot) roots.push(shadowRoot);
            if (root.querySelector(css)) return true;
          }
          return false;
        }, css)
        .catch(() => false);
      if (found) return tab;
    }
    return undefined;
  };
  await expect.poll(async () => (await shown()) !== undefined, { message: 'the warning' }).toBe(true);
  const tab = await shown();
  if (!tab) throw new Error('the warning is gone');
  return tab;
}
