// A page that is left has lost nothing: neither the endpoint nor the network was at fault.
import type { Drp } from '../fixtures/drp';
import type { EngineName } from './engine';
import { DOWNLOAD, Front } from './front';
import type { Portal } from '../fixtures/portal';
import { PortalPage } from './page';
import { expect, test } from './fixtures';

/** What the portal's server has counted of losses by 1001. */
async function counted(portal: Portal): Promise<string[]> {
  const metrics = await (await fetch(`${portal.url}/metrics`)).text();
  return metrics.split('\n').filter((line) => line.includes('code="1001"'));
}

test('a reload is no loss', async ({ megaphone, portal, drp }) => {
  // Other scenarios of this worker have lost connections by 1001.
  const before = await counted(portal);
  await megaphone.open();
  await megaphone.connect(drp.url);
  await writeDown(megaphone);
  for (let reload = 0; reload < 5; reload++) {
    await megaphone.tab.reload();
    await megaphone.ready();
    await megaphone.phase('connected');
    await writeDown(megaphone);
  }
  await nothingLost(megaphone, drp, 6);
  expect(await counted(portal)).toEqual(before);
});

test('following a link and coming back is no loss', async ({ megaphone, portal, drp }) => {
  const before = await counted(portal);
  await megaphone.open();
  await megaphone.connect(drp.url);
  for (let way = 0; way < 5; way++) {
    await writeDown(megaphone);
    await press(megaphone, 'away from here', '/healthz');
    // Between two documents there is none to be asked.
    const path = () => megaphone.tab.evaluate(() => location.pathname).catch(() => '');
    await expect.poll(path).toBe('/healthz');
    await expect.poll(async () => (await drp.state()).sockets_open).toBe(0);
    await megaphone.open();
    await megaphone.phase('connected');
  }
  await nothingLost(megaphone, drp, 6);
  expect(await counted(portal)).toEqual(before);
});

test('Escape and a link to a mail program cost nothing', async ({ engineName, megaphone, drp }) => {
  await megaphone.open();
  await megaphone.connect(drp.url);
  for (let presses = 0; presses < 3; presses++) await megaphone.tab.key('Escape');
  // MiniBrowser knows no mail program, and leaves for a page that says so.
  if (engineName !== 'webkit') await press(megaphone, 'write to us', 'mailto:nobody@example.invalid');
  // As long as a close for the next page is waited for.
  await new Promise((resolve) => setTimeout(resolve, 6_000));
  await drp.event({ Type: 'machines', Action: 'update', Key: 'after that' });
  await expect.poll(() => megaphone.events()).toContain('after that');
  await nothingLost(megaphone, drp, 1);
});

test('what window.stop() costs, as an extension may call it', async ({ engineName, megaphone, drp }) => {
  await megaphone.open();
  await megaphone.connect(drp.url);
  await megaphone.tab.evaluate(() => window.stop());
  const lost = engineName === 'firefox' ? 1 : 0;
  // Where it ends the socket, the close counts after five seconds, as one for the next page does.
  await new Promise((resolve) => setTimeout(resolve, 6_000));
  await megaphone.phase('connected');
  await drp.event({ Type: 'machines', Action: 'update', Key: 'after the stop' });
  await expect.poll(() => megaphone.events()).toContain('after the stop');
  expect(await megaphone.losses()).toBe(lost);
});

/** The endpoint's sockets and the losses after a download: Firefox ends the sockets of a page as soon as it is about to
 *  leave it, also where what comes is no page; a link that says so keeps them. */
const DOWNLOADS = [
  { how: 'by a link that says so', attributes: { download: '' }, costs: [] },
  { how: 'by a link like any other', attributes: {}, costs: ['firefox'] },
] as { how: string; attributes: Record<string, string>; costs: EngineName[] }[];

for (const { how, attributes, costs } of DOWNLOADS)
  test(`what a download costs, ${how}`, async ({ engineName, megaphone: { tab }, portal, drp }) => {
    const front = await Front.before(portal.url);
    const page = new PortalPage(tab, front.url);
    await page.open();
    await page.connect(drp.url);
    await page.mark();
    await press(page, 'download', DOWNLOAD, attributes);
    await expect.poll(() => front.requests).toContain(DOWNLOAD);
    // A close that Firefox makes for the next page counts after five seconds, if this one stays.
    await new Promise((resolve) => setTimeout(resolve, 6_000));
    await drp.event({ Type: 'machines', Action: 'update', Key: 'after the download' });
    await expect.poll(() => page.events()).toContain('after the download');
    expect(await page.marked(), 'the page is still the same').toBe(true);
    const lost = costs.includes(engineName) ? 1 : 0;
    expect(await page.losses()).toBe(lost);
    expect((await drp.state()).upgrades_accepted).toBe(1 + lost);
    await front.close();
  });

/** Presses a link that the page is given for it. */
async function press({ tab }: PortalPage, text: string, address: string, attributes: Record<string, string> = {}) {
  await tab.evaluate(
    (text, address, attributes) => {
      const link = document.createElement('a');
      link.href = address;
      link.textContent = text;
      // Not one of the portal's own pages, so the browser follows it.
      link.rel = 'external';
      // In front of everything, so that it can be pressed.
      link.style.cssText = 'position: fixed; inset: 50% auto auto 50%; z-index: 9; padding: 1rem; background: white';
      for (const [name, value] of Object.entries(attributes)) link.setAttribute(name, value);
      document.body.append(link);
    },
    text,
    address,
    attributes,
  );
  await tab.click('a', text);
}

/** Keeps what the page shows beyond its end: every change that is not calm. */
const writeDown = ({ tab }: PortalPage) =>
  tab.evaluate(() => {
    addEventListener('connectionchange', (event) => {
      const { phase, alarm } = (event as CustomEvent<{ phase: string; alarm: string }>).detail;
      const shown = JSON.parse(sessionStorage.getItem('shown') ?? '[]') as string[];
      if (alarm !== 'calm') sessionStorage.setItem('shown', JSON.stringify([...shown, `${phase}, ${alarm}`]));
    });
  });

async function nothingLost(megaphone: PortalPage, drp: Drp, sockets: number) {
  expect(await megaphone.losses(), 'losses').toBe(0);
  expect(await megaphone.tab.evaluate(() => sessionStorage.getItem('shown')), 'what was shown meanwhile').toBeNull();
  const ofTheEndpoint = async () => {
    const { sockets_open, upgrades_accepted } = await drp.state();
    return { sockets_open, upgrades_accepted };
  };
  // The socket of the page before may still be on its way out.
  await expect.poll(ofTheEndpoint).toEqual({ sockets_open: 1, upgrades_accepted: sockets });
}
