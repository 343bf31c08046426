// How a person works the page: by mouse, or by keyboard alone.
import { expect, type Locator } from '@playwright/test';

export interface Input {
  /** Presses a button or follows a link. */
  press(target: Locator): Promise<void>;
  /** Puts a text into a field in place of what stands there. */
  type(target: Locator, text: string): Promise<void>;
}

export const mouse: Input = {
  press: (target) => target.click(),
  type: (target, text) => target.fill(text),
};

export const keyboard: Input = {
  async press(target) {
    await reach(target);
    await target.page().keyboard.press('Enter');
  },
  async type(target, text) {
    const { keyboard } = target.page();
    await reach(target);
    await keyboard.press('ControlOrMeta+a');
    await keyboard.press('Delete');
    await keyboard.type(text);
  },
};

/** Presses Tab until the focus is there, as often as a page of this size may take. */
export async function reach(target: Locator) {
  await expect(target).toBeVisible();
  for (let presses = 0; presses < 120; presses++) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await target.page().keyboard.press('Tab');
  }
  await expect(target).toBeFocused();
}
