// More events than anybody reads: the page stays usable and loses none of its connection.
import { alone } from './alone';
import { expect, test } from './fixtures';

test('stays usable at 2,000 events a second', async ({ megaphone, drp }, testInfo) => {
  await megaphone.open();
  await megaphone.connect(drp.url);
  await megaphone.tab.evaluate(() => {
    const lags: number[] = [];
    Object.assign(window, { lags });
    let last = performance.now();
    setInterval(() => {
      lags.push(performance.now() - last - 50);
      last = performance.now();
    }, 50);
  });
  const opened = await alone(async () => {
    await drp.events(2_000);
    await new Promise((resolve) => setTimeout(resolve, 8_000));
    const pressed = Date.now();
    await megaphone.openDialog();
    const opened = Date.now() - pressed;
    await drp.events(0);
    return opened;
  });
  await drp.event({ Type: 'machines', Action: 'update', Key: 'the very last' });
  await expect.poll(async () => (await megaphone.events())[0]).toBe('the very last');
  const lags = await megaphone.tab.evaluate(() => (window as unknown as { lags: number[] }).lags.sort((a, b) => a - b));
  const { events_delivered, events_dropped } = await drp.state();
  const lag = (share: number) => Math.round(lags[Math.floor((lags.length - 1) * share)] ?? 0);
  const figures = { events_delivered, events_dropped, opened, lag: [lag(0.5), lag(0.95), lag(1)] };
  testInfo.annotations.push({ type: 'figures', description: JSON.stringify(figures) });
  console.log(testInfo.project.name, figures);
  expect(events_dropped).toBe(0);
  expect(events_delivered, 'of 16,000 that a quiet machine sends in eight seconds').toBeGreaterThan(12_000);
  expect(lag(0.95), 'milliseconds by which a timer of the page comes late').toBeLessThan(500);
  expect((await megaphone.events()).length, 'rows in the document').toBeLessThanOrEqual(30);
  expect(await megaphone.losses()).toBe(0);
  expect(opened, 'milliseconds until the dialog was open').toBeLessThan(3_000);
});
