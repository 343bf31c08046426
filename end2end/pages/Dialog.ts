// The connection dialog, by its headings and the names of its facts.
import { expect, type Locator } from '@playwright/test';
import { mouse, type Hand } from './hand';

export class Dialog {
  /** The clause that says why, once a cause is known. */
  readonly why: Locator;
  /** The numbered steps. */
  readonly steps: Locator;
  readonly closeButton: Locator;

  constructor(
    readonly root: Locator,
    private readonly hand: Hand = mouse,
  ) {
    this.why = this.section('Why');
    this.steps = this.section('What to do');
    this.closeButton = root.getByRole('button', { name: 'Close', exact: true });
  }

  /** The part below a heading. */
  section(heading: string): Locator {
    const named = this.root.page().getByRole('heading', { name: new RegExp(`^${heading}`) });
    return this.root.locator('section').filter({ has: named });
  }

  button(name: string): Locator {
    return this.root.getByRole('button', { name, exact: true });
  }

  async press(name: string) {
    await this.hand.press(this.button(name));
  }

  /** What stands under the name of a fact of the last loss. */
  lossFact(name: string): Locator {
    const named = this.root.page().locator('dt', { hasText: name });
    return this.section('The last loss').locator('dl > div').filter({ has: named }).locator('dd');
  }

  async close() {
    await this.hand.press(this.closeButton);
    await expect(this.root).not.toBeVisible();
  }
}
