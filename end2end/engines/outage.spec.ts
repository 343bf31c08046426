// How soon the connection is back once the endpoint is: Firefox holds new sockets to a host back that has failed before.
import type { Drp } from '../fixtures/drp';
import type { PortalPage } from './page';
import { expect, test } from './fixtures';

/** Milliseconds. */
const PATIENCE = { asked: 3_000, alone: 25_000 };

for (const [seconds, tag] of [
  [10, ''],
  [120, ''],
  [600, ' @long'],
] as const) {
  test(`is back at once when asked to, ${seconds} s after the endpoint went away${tag}`, async ({ megaphone, drp }) => {
    test.setTimeout((seconds + 90) * 1_000);
    await away(megaphone, drp, seconds);
    const back = Date.now();
    // Its own try may come first, and takes the button away.
    await megaphone.press('Retry now').catch(() => megaphone.phase('connected'));
    await megaphone.phase('connected', 60_000);
    const since = (await megaphone.moments()).filter(({ at }) => at >= back);
    expect((since.find(({ phase }) => phase === 'connected')?.at ?? Infinity) - back).toBeLessThan(PATIENCE.asked);
    // What the browser holds back is no fault of the endpoint's.
    expect(since.filter(({ cause }) => cause === 'no-answer')).toEqual([]);
  });
}

test('is back by itself within one wait', async ({ megaphone, drp }) => {
  await away(megaphone, drp, 30);
  const started = Date.now();
  await megaphone.phase('connected', 60_000);
  expect(Date.now() - started).toBeLessThan(PATIENCE.alone);
});

/** Connects, has the endpoint go away for so long while the dialog is open, and come back. */
async function away(megaphone: PortalPage, drp: Drp, seconds: number) {
  await megaphone.open();
  await megaphone.connect(drp.url);
  await megaphone.openDialog();
  await drp.stop('reset');
  await new Promise((resolve) => setTimeout(resolve, seconds * 1_000));
  await drp.start();
}
