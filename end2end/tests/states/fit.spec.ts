// Every state in what WCAG asks for in numbers: at 320 px, with text of twice the size, with text set wider, by touch and
// by keyboard.
import type { Page } from '@playwright/test';
import { expect } from '../../fixtures';
import { otherFonts } from '../../fixtures/fonts';
import { applyAppearance, applyToWholePage } from '../../fixtures/appearance';
import { cutOff, lostFocus, overlapping, smallTargets, squeezed } from '../../fixtures/measure';
import { eachState, states } from '../../fixtures/states';

/** A stylesheet of the reader's own; the page's policy does not keep it out. */
const readersOwn = (page: Page, css: string) =>
  page.evaluate((css) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    document.adoptedStyleSheets = [sheet];
  }, css);

/** How a reader may have it, by the criterion of WCAG that says so. */
const READERS = [
  { how: '320 px wide (1.4.10)', width: 320, css: '' },
  { how: 'text of 200 % (1.4.4)', width: 1280, css: ':root { font-size: 200% !important }' },
  {
    how: 'text set wider (1.4.12)',
    width: 360,
    css: '* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-block-end: 2em !important }',
  },
];

/** Another font in place of the product's own two. */
const inFont = (font: string) => `:root { --font-sans: "${font}" !important; --font-mono: "${font}" !important }`;

eachState('nothing is cut off, covered, too small to hit or lost to the keyboard', states, async (page) => {
  for (const { how, width, css } of READERS) {
    await readersOwn(page, css);
    await applyAppearance(page, { colorScheme: 'light', width });
    // Where text is broken into letters, the whole page is too high to be drawn.
    expect(await squeezed(page), how).toEqual([]);
    await applyToWholePage(page, { colorScheme: 'light', width });
    expect.soft([...(await cutOff(page)), ...(await overlapping(page))], how).toEqual([]);
  }
  await readersOwn(page, '');
  for (const width of [1280, 320]) {
    await applyAppearance(page, { colorScheme: 'light', width, height: 640 });
    expect.soft(await smallTargets(page), `${width} px: target size (2.5.8)`).toEqual([]);
    expect.soft(await lostFocus(page), `${width} px: focus (2.4.7, 2.4.11)`).toEqual([]);
  }
  // The layout does not depend on the font that happens to be there.
  for (const font of otherFonts) {
    await readersOwn(page, inFont(font));
    await applyToWholePage(page, { colorScheme: 'light', width: 320 });
    expect.soft([...(await cutOff(page)), ...(await overlapping(page))], `320 px, ${font}`).toEqual([]);
    expect.soft(await smallTargets(page), `320 px, ${font}: target size (2.5.8)`).toEqual([]);
  }
});
