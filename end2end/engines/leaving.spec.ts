// A page that is left has lost nothing: neither the endpoint nor the network was at fault.
import type { Drp } from '../fixtures/drp';
import { type PortalPage } from './page';
import { expect, test } from './fixtures';

test('a reload is no loss', async ({ megaphone, portal, drp }) => {
  const counted = async () => {
    const metrics = await (await fetch(`${portal.url}/metrics`)).text();
    return metrics.split('\n').filter((line) => line.includes('code="1001"'));
  };
  // Other scenarios of this worker have lost connections by 1001.
  const before = await counted();
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
  expect(await counted()).toEqual(before);
});

test('following a link and coming back is no loss', async ({ megaphone, drp }) => {
  await megaphone.open();
  await megaphone.connect(drp.url);
  await writeDown(megaphone);
  await megaphone.tab.evaluate((url) => {
    const link = document.createElement('a');
    link.href = url;
    link.textContent = 'away from here';
    // In front of everything, so that it can be pressed.
    link.style.cssText = 'position: fixed; inset: 50% auto auto 50%; z-index: 9; padding: 1rem; background: white';
    document.body.append(link);
  }, `${megaphone.url}/healthz`);
  await megaphone.tab.click('a', 'away from here');
  // Between two documents there is none to be asked.
  const path = () => megaphone.tab.evaluate(() => location.pathname).catch(() => '');
  await expect.poll(path).toBe('/healthz');
  await expect.poll(async () => (await drp.state()).sockets_open).toBe(0);
  await megaphone.open();
  await megaphone.phase('connected');
  await nothingLost(megaphone, drp, 2);
});

test('a download costs no connection', async ({ megaphone, drp }) => {
  await megaphone.open();
  await megaphone.connect(drp.url);
  await megaphone.mark();
  await megaphone.tab.evaluate(() => {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob(['nothing']));
    link.download = 'nothing.txt';
    link.click();
  });
  await drp.event({ Type: 'machines', Action: 'update', Key: 'after the download' });
  await expect.poll(() => megaphone.events()).toContain('after the download');
  expect(await megaphone.losses()).toBe(0);
  expect((await drp.state()).upgrades_accepted).toBe(1);
});

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
