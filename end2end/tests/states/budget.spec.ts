// What fits on the first screen of the dialog, for every cause, before anything is unfolded: the answer, its one button, and
// nothing twice.
import type { Page } from '@playwright/test';
import { expect } from '../../fixtures';
import { applyAppearance } from '../../fixtures/appearance';
import { eachState, states } from '../../fixtures/states';

const causes = states.filter(({ id }) => id.startsWith('cause-'));

/** Where the one way back is to be weighed first, so that its button is quiet. */
const WEIGHED = ['cause-untrusted', 'cause-no-name'];

/** The text that is seen in an element, without what only a screen reader gets. */
const seen = (page: Page, selector: string) =>
  page.evaluate((selector) => {
    const texts: string[] = [];
    for (const root of document.querySelectorAll(selector)) {
      const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const parent = node.parentElement!;
        if (parent.checkVisibility() && !parent.closest('.sr-only')) texts.push(node.textContent ?? '');
      }
      texts.push(' ');
    }
    return texts.join('');
  }, selector);

const words = (text: string) => text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word));

/** Where the first thing to do ends: its button, or the step itself where it has none. */
const firstAction = (page: Page) =>
  page.evaluate(() => {
    const dialog = document.querySelector('#connection-dialog')!;
    const step = dialog.querySelector('.dialog-now .steps > li');
    const action = dialog.querySelector('.dialog-now .btn-primary') ?? step;
    const foot = dialog.querySelector('.dialog-foot')!;
    const covers = getComputedStyle(foot).position === 'sticky' ? foot.getBoundingClientRect().top : innerHeight;
    return action && { bottom: action.getBoundingClientRect().bottom, limit: Math.min(covers, innerHeight) };
  });

eachState('the first screen holds the answer', causes, async (page, state) => {
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const [width, height, most] of [
      [1280, 1200, 560],
      [390, 1200, 760],
    ] as const) {
      await applyAppearance(page, { colorScheme, width, height });
      const box = await page.locator('#connection-dialog').boundingBox();
      expect.soft(box?.height, `${colorScheme}, ${width} px: height`).toBeLessThanOrEqual(most);
    }
    for (const [width, height] of [
      [390, 844],
      [640, 400],
    ] as const) {
      await applyAppearance(page, { colorScheme, width, height });
      const action = await firstAction(page);
      if (action)
        expect
          .soft(action.bottom, `${colorScheme}, ${width} × ${height}: first action`)
          .toBeLessThanOrEqual(action.limit);
    }
  }
  await applyAppearance(page, { colorScheme: 'light', width: 1280, height: 800 });
  const before = words(await seen(page, '#connection-dialog-title, .dialog-lead'));
  expect.soft(before.length, `before the first action: ${before.join(' ')}`).toBeLessThanOrEqual(25);
  expect.soft(words(await seen(page, '#connection-dialog')).length, 'in all').toBeLessThanOrEqual(110);

  // The one button stands for the one way back, unless that is to be weighed first.
  const primary = page.locator('#connection-dialog .btn-primary:visible');
  const ways = page.locator('#connection-dialog .dialog-now :is(.steps a, .steps button, form):visible');
  expect
    .soft(await primary.count(), 'primary buttons')
    .toBe((await ways.count()) > 0 && !WEIGHED.includes(state.id) ? 1 : 0);

  const parts = '#connection-dialog-title, .dialog-lead, .steps p, [data-countdown]';
  const texts = await page.locator('#connection-dialog').locator(parts).allTextContents();
  const sentences = texts.flatMap((text) => text.split(/(?<=[.…])\s+/)).map((text) => text.trim().replace(/[.…]$/, ''));
  const twice = sentences.filter((text, place) => text !== '' && sentences.indexOf(text) !== place);
  expect.soft(twice, 'said twice').toEqual([]);
});
