// How every state looks, against what is stored: light on a wide screen, dark on a narrow one, and in the system's own
// colours. Layout hangs on the width alone and colour on the theme alone, so these three show both themes, both widths
// and forced colours.
import { expect, test } from '../../fixtures';
import { dressWhole } from '../../fixtures/looks';
import { squeeze } from '../../fixtures/png';
import { everyState, pictureOf, storedLooks } from '../../fixtures/states';

// Half as large is a fifth of the bytes, and shows a changed colour, a moved line or a missing icon all the same.
test.use({ deviceScaleFactor: 0.5 });
test.skip(process.platform !== 'linux', 'other systems draw the same letters a little differently');

everyState('looks as it is stored', async (page, state) => {
  // What a system takes for its font of equal width differs; Lato comes with the app.
  await page.evaluate(() => document.documentElement.style.setProperty('--font-mono', 'Lato'));
  for (const look of storedLooks) {
    await dressWhole(page, look);
    const picture = squeeze(await page.screenshot());
    // Threshold: of a pixel's colour, 1 being black for white. Less than this is a newer browser, not another look.
    expect.soft(picture, state.id).toMatchSnapshot(pictureOf(state, look), { threshold: 0.05, maxDiffPixels: 20 });
  }
});
