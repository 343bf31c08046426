// How a state of each shape looks, against what is stored: light on a wide screen, dark on a narrow one, and, where colour
// carries meaning, in the system's own colours. Layout depends on the width alone and colour on the theme alone, so these
// show both themes and both widths. Which states have pictures is said in `crates/states/src/pictures.rs`.
import type { Page } from '@playwright/test';
import { expect, test } from '../../fixtures';
import { hasOwnFonts } from '../../fixtures/fonts';
import { applyAppearance, applyToWholePage } from '../../fixtures/appearance';
import { squeeze } from '../../fixtures/png';
import { appearances, eachState, pictureOf, readmePicture, show, states } from '../../fixtures/states';

/** Other letters make another picture, which says nothing about the product: then none is compared, and the run says so. */
async function skipIfFontsDiffer(page: Page) {
  const why =
    process.platform !== 'linux'
      ? 'other systems draw the same letters a little differently'
      : (await hasOwnFonts(page))
        ? undefined
        : 'this browser does not use the fonts of the suite';
  if (why) console.log(`pictures are not compared: ${why}`);
  test.skip(why !== undefined, `not compared: ${why}`);
}

// Half as large is a fifth of the bytes, and shows a changed colour, a moved line or a missing icon all the same.
test.use({ deviceScaleFactor: 0.5 });

const pictured = states.filter(({ pictures }) => pictures.length > 0);

eachState('looks as it is stored', pictured, async (page, state) => {
  await skipIfFontsDiffer(page);
  for (const picture of state.pictures) {
    await applyToWholePage(page, appearances[picture]);
    const taken = squeeze(await page.screenshot());
    // Threshold: of a pixel's colour, 1 being black for white. Less than this is a newer browser, not another look.
    expect.soft(taken, picture).toMatchSnapshot(pictureOf(state, picture), { threshold: 0.05, maxDiffPixels: 20 });
  }
});

test.describe('in the README', () => {
  test.use({ deviceScaleFactor: 1 });

  test('the picture is that of a state, as it looks now', async ({ page }) => {
    await show(page, { id: 'cause-down', address: '/preview/cause-down' });
    await skipIfFontsDiffer(page);
    await applyAppearance(page, appearances['light-1280']);
    const taken = squeeze(await page.screenshot());
    expect(taken).toMatchSnapshot(readmePicture, { threshold: 0.05, maxDiffPixels: 80 });
  });
});
