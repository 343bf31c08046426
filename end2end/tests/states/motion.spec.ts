// What moves: nothing, for those who asked for that; and the flash of the red megaphone slowly, and not for long.
import type { Page } from '@playwright/test';
import { expect, test } from '../../fixtures';
import { alike } from '../../fixtures/png';
import { eachState, show, states } from '../../fixtures/states';

const red = { id: 'megaphone-red', address: '/preview/megaphone-red' };

/** What moves or would, by its name; transitions have none. */
const moving = (page: Page) =>
  page.evaluate(() =>
    document.getAnimations().map((it) => (it instanceof CSSAnimation ? it.animationName : 'a transition')),
  );

eachState('nothing moves where less motion is asked for', states, async (page, state) => {
  for (const [query, reducedMotion] of [
    ['motion=reduce', 'no-preference'],
    ['', 'reduce'],
  ] as const) {
    await page.emulateMedia({ reducedMotion });
    await show(page, state, query);
    // What lasts a millisecond is over by the next picture.
    await expect.poll(() => moving(page)).toEqual([]);
    const before = await page.screenshot();
    const after = await page.screenshot();
    expect.soft(alike(before, after), 'it stays as it is').toBe(true);
  }
});

test('without that wish the red megaphone flashes and a spinner turns', async ({ page }) => {
  await show(page, red, '');
  expect(await moving(page)).toEqual(['megaphone-flash']);
  await show(page, { id: 'starting', address: '/preview/starting' }, '');
  expect(await moving(page)).toEqual(['turn']);
});

test('the megaphone flashes once a second and is steady after three', async ({ page }) => {
  await show(page, red, '');
  // Goes through the animation by its own clock in steps of 10 ms, and notes when something is to be seen.
  const changes = await page.evaluate(() => {
    const button = document.getElementById('megaphone')!;
    const [flash] = button.getAnimations();
    flash!.pause();
    const look = () => {
      const { backgroundColor, color, borderTopColor, opacity } = getComputedStyle(button);
      return [backgroundColor, color, borderTopColor, opacity].join(' ');
    };
    const seen: { at: number; steady: boolean }[] = [];
    flash!.currentTime = 10_000;
    const steady = look();
    let before = steady;
    for (let at = 0; at <= 10_000; at += 10) {
      flash!.currentTime = at;
      const now = look();
      if (now !== before) seen.push({ at, steady: now === steady });
      before = now;
    }
    return seen;
  });
  const flashes = changes.filter(({ steady }) => !steady).map(({ at }) => at);
  expect(flashes.length).toBeGreaterThan(0);
  flashes.slice(1).forEach((at, index) => expect(at - flashes[index]!).toBeGreaterThanOrEqual(1000));
  const last = changes.at(-1)!;
  expect(last.steady).toBe(true);
  expect(last.at).toBeLessThanOrEqual(3000);
});

test('by the clock on the wall, too, it is steady after three seconds', async ({ page }) => {
  await show(page, red, '');
  const took = await page.evaluate(async () => {
    const [flash] = document.getElementById('megaphone')!.getAnimations();
    const started = Number(flash!.startTime);
    await flash!.finished;
    return Number(document.timeline.currentTime) - started;
  });
  expect(took).toBeGreaterThanOrEqual(3000);
  // It may be noticed late on a busy machine; the animation itself ends in time.
  expect(took).toBeLessThan(4000);
  expect(await moving(page)).toEqual([]);
});
