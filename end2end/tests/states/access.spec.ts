// Every state through axe, in both themes at both widths, where none may be wider than its screen.
import { expect } from '../../fixtures';
import { findings } from '../../fixtures/axe';
import { applyToWholePage, fourAppearances } from '../../fixtures/appearance';
import { eachState, states } from '../../fixtures/states';

eachState('axe finds nothing', states, async (page) => {
  for (const appearance of fourAppearances) {
    await applyToWholePage(page, appearance);
    const where = `${appearance.colorScheme}, ${appearance.width} px`;
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect.soft(overflow, `${where}: sideways scrolling`).toBeLessThanOrEqual(0);
    expect.soft(await findings(page), where).toEqual([]);
  }
});
