// Nothing moves by itself: not when the connection comes, goes, turns red, or is back. Only what a press of the person's own
// changes may move, and there is none here while it is watched.
import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures';
import type { MegaphonePage } from '../pages/MegaphonePage';

/** Notes what moves, from now on or from the first paint of the page; the function returned tells it, a line each. */
async function watchShifts(page: Page, buffered = false): Promise<() => Promise<string[]>> {
  await page.evaluate((buffered) => {
    const shifts: string[] = [];
    Object.assign(window, { shifts });
    const where = ({ x, y, width, height }: DOMRectReadOnly) => [x, y, width, height].map(Math.round).join(' ');
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as LayoutShift[]) {
        for (const { node, previousRect, currentRect } of entry.sources) {
          const element = node instanceof Element ? node : node?.parentElement;
          const shown = element?.outerHTML.slice(0, 100) ?? 'what is gone';
          shifts.push(`${entry.value.toFixed(4)}: ${where(previousRect)} to ${where(currentRect)}: ${shown}`);
        }
      }
    }).observe({ type: 'layout-shift', buffered });
  }, buffered);
  return () =>
    page.evaluate(async () => {
      // Two frames, and the observer has heard of all that was painted before.
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve))));
      return (window as unknown as { shifts: string[] }).shifts.splice(0);
    });
}

interface LayoutShift extends PerformanceEntry {
  value: number;
  sources: { node: Node | null; previousRect: DOMRectReadOnly; currentRect: DOMRectReadOnly }[];
}

for (const size of [
  { width: 1280, height: 800 },
  { width: 390, height: 844 },
]) {
  test.describe(`${size.width} px wide`, () => {
    test.use({ viewport: size });

    test('on the overview nothing moves when the connection is lost, red, and back', async ({
      megaphone,
      drp,
      page,
    }) => {
      await megaphone.open();
      await megaphone.connect(drp.url);
      await drp.event({ Type: 'machines', Action: 'update', Key: 'one' });
      await expect(page.locator('[data-event-key]').filter({ hasText: 'one' })).toBeVisible();
      // Rows that come push down what stands below them on a narrow screen, as they are meant to.
      await page.getByRole('button', { name: 'Freeze list' }).click();
      const shifts = await watchShifts(page);
      await loseAndReturn(megaphone, drp, shifts);
    });

    test('nothing moves while the page starts and connects by itself', async ({ megaphone, drp, page }) => {
      await megaphone.open();
      await megaphone.connect(drp.url);
      await page.reload();
      await megaphone.expectPhase('connected');
      await megaphone.expectWhole();
      // The endpoint's answer to the registration, which takes the place of the words about an empty list.
      await expect(page.locator('[data-event-key]')).toBeVisible();
      const shifts = await watchShifts(page, true);
      expect(await shifts()).toEqual([]);
    });

    test('on the troubleshooting page nothing that is read moves when the connection is lost, red, and back', async ({
      megaphone,
      drp,
      page,
    }) => {
      await megaphone.open();
      await megaphone.connect(drp.url);
      await page.getByRole('link', { name: 'Troubleshooting' }).click();
      // What is read here is the table; the card of the loss comes above it, out of sight.
      await page.locator('tr[id="1012"]').evaluate((row) => row.scrollIntoView());
      const shifts = await watchShifts(page);
      await loseAndReturn(megaphone, drp, shifts);
    });
  });
}

type Endpoint = { stop(): Promise<unknown>; start(): Promise<unknown> };

async function loseAndReturn(megaphone: MegaphonePage, drp: Endpoint, shifts: () => Promise<string[]>) {
  await drp.stop();
  await megaphone.expectPhase('waiting');
  expect(await shifts(), 'when it is lost').toEqual([]);
  await megaphone.expectAlarm('red');
  expect(await shifts(), 'when it turns red').toEqual([]);
  await expect(megaphone.page.locator('.status-row, .own-loss').first()).toContainText('went down');
  expect(await shifts(), 'when the cause is known').toEqual([]);
  await drp.start();
  await megaphone.expectPhase('connected', { timeout: 20_000 });
  await megaphone.expectAlarm('calm');
  expect(await shifts(), 'when it is back').toEqual([]);
}
