// How soon the connection is back once the endpoint is: Firefox holds new sockets to a host back that has failed before.
import type { Drp } from '../fixtures/drp';
import type { PortalPage } from './page';
import { alone } from './alone';
import { expect, test } from './fixtures';

/** Milliseconds. */
const PATIENCE = { asked: 3_000, alone: 25_000 };

/** In Firefox alone the wait of minutes is what it is about. */
const OUTAGES = [
  { seconds: 10, tag: '' },
  { seconds: 120, tag: ' @firefox' },
  { seconds: 600, tag: ' @long' },
];

for (const { seconds, tag } of OUTAGES) {
  test(`is back at once when asked to, ${seconds} s after the endpoint went away${tag}`, async ({ megaphone, drp }) => {
    test.setTimeout((seconds + 150) * 1_000);
    await away(megaphone, drp, seconds);
    const back = await alone(async () => {
      const back = await megaphone.now();
      await drp.start();
      // Its own try may come first, and takes the button away.
      await megaphone.press('Retry now').catch(() => undefined);
      await connectedSince(megaphone, back);
      return back;
    });
    const since = await momentsSince(megaphone, back);
    expect(since.find(({ phase }) => phase === 'connected')!.at - back).toBeLessThan(PATIENCE.asked);
    // What the browser holds back is no fault of the endpoint's.
    expect(since.filter(({ cause }) => cause === 'no-answer')).toEqual([]);
  });
}

for (const { seconds, tag } of [30, 120, 600].map((seconds) => ({ seconds, tag: seconds > 30 ? ' @long' : '' }))) {
  test(`is back by itself within one wait, ${seconds} s after the endpoint went away${tag}`, async ({
    megaphone,
    drp,
  }) => {
    test.setTimeout((seconds + 150) * 1_000);
    await away(megaphone, drp, seconds);
    await alone(async () => {
      const back = await megaphone.now();
      await drp.start();
      const connected = await connectedSince(megaphone, back);
      expect(connected - back).toBeLessThan(PATIENCE.alone);
    });
  });
}

/** Connects, and has the endpoint go away for so long while the dialog is open. */
async function away(megaphone: PortalPage, drp: Drp, seconds: number) {
  await megaphone.open();
  await megaphone.connect(drp.url);
  await megaphone.openDialog();
  await drp.stop('reset');
  await new Promise((resolve) => setTimeout(resolve, seconds * 1_000));
}

const momentsSince = async (megaphone: PortalPage, since: number) =>
  (await megaphone.moments()).filter(({ at }) => at >= since);

/** Waits until the page has noted that it is connected, and tells when it was. The page notes it after it says it. */
async function connectedSince(megaphone: PortalPage, since: number): Promise<number> {
  const at = async () =>
    (await momentsSince(megaphone, since)).find(({ phase }) => phase === 'connected')?.at ?? Infinity;
  await expect.poll(at, { message: 'connected', timeout: 60_000 }).toBeLessThan(Infinity);
  return at();
}
