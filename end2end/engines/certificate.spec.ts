// Certificates that the browser refuses: what the page is told, what it says of them, and the way through.
import type { Tls } from '../fixtures/drp';
import type { Browser, EngineName } from './engine';
import type { PortalPage } from './page';
import { expect, test } from './fixtures';

/** Each engine's own way past its warning: the elements that a person presses, one after the other. */
const WAY_THROUGH: Record<EngineName, string[]> = {
  chromium: ['#details-button', '#proceed-link'],
  firefox: ['#advanced-button', '#exception-button'],
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
    for (const css of WAY_THROUGH[engineName]) await warning.click(css);
    // A warning has the address of the endpoint, and only the endpoint's own page is a document of it.
    await expect.poll(() => warning.evaluate(() => document.documentURI).catch(() => '')).toContain(drp.url);
    await warning.close();
    await megaphone.phase('connected', 5_000);
    expect(await megaphone.marked(), 'the page was not loaded again').toBe(true);
  });
}

test('takes an authority that only the server trusts for a certificate, not for a permission', async ({
  megaphone,
  endpoints,
}) => {
  const drp = endpoints['private-ca'];
  await drp.reset();
  await megaphone.open();
  await megaphone.watch();
  await megaphone.submit(drp.url);
  const ofTheCertificate = ['untrusted', 'browser-only', 'unknown-ca'];
  await expect.poll(async () => ofTheCertificate.includes((await cause(megaphone))?.[0] ?? '')).toBe(true);
  await megaphone.openDialog();
  const ways = () =>
    megaphone.tab.evaluate((url) => document.querySelectorAll(`dialog a[href^="${url}"]`).length, drp.url);
  await expect.poll(ways, { message: 'a way to the certificate' }).toBeGreaterThan(0);
});

/** What the page named last. */
async function cause(megaphone: PortalPage) {
  const newest = (await megaphone.moments()).findLast(({ cause }) => cause !== null);
  return newest && [newest.cause, newest.confidence];
}

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
