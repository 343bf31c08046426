// What assistive technology gets of every state, line by line against what is stored.
import { expect } from '../../fixtures';
import { applyAppearance } from '../../fixtures/appearance';
import { eachState, states, treeOf } from '../../fixtures/states';

eachState('the accessibility tree is the stored one, wide and narrow', states, async (page, state) => {
  // On the narrowest screens an alarm takes the place of the product's name.
  for (const width of [1280, 400]) {
    await applyAppearance(page, { colorScheme: 'light', width });
    // An open dialog leaves nothing else to be read.
    const open = page.locator('dialog[open]');
    const tree = await ((await open.count()) ? open : page.locator('body')).ariaSnapshot();
    expect.soft(`${tree}\n`, `${width} px`).toMatchSnapshot(treeOf(state));
  }
});
