// The connection dialog, by its parts and the names of its facts.
import { expect, type Locator } from '@playwright/test';
import { mouse, type Input } from './input';

export class Dialog {
  /** What happened: the cause, once it is known, with its id in `data-cause` and how sure it is in `data-confidence`. */
  readonly heading: Locator;
  /** The one sentence below it. */
  readonly lead: Locator;
  /** What brings the person back. */
  readonly steps: Locator;
  readonly closeButton: Locator;

  constructor(
    readonly root: Locator,
    private readonly input: Input = mouse,
  ) {
    this.heading = root.locator('#connection-dialog-title');
    this.lead = root.locator('.dialog-lead');
    this.steps = root.locator('.dialog-now');
    this.closeButton = root.getByRole('button', { name: 'Close', exact: true });
  }

  /** The part below a heading of the details. */
  section(heading: string): Locator {
    const named = this.root.page().getByRole('heading', { name: new RegExp(`^${heading}`) });
    return this.root.locator('section').filter({ has: named });
  }

  button(name: string): Locator {
    return this.root.getByRole('button', { name, exact: true });
  }

  /** The close code of the loss, in words, as the link to its row. */
  closeCode(words: string): Locator {
    return this.root.getByRole('link', { name: `Close code ${words}`, exact: true });
  }

  async press(name: string) {
    await this.input.press(this.button(name));
  }

  /** Unfolds all that does not stand on the first screen. */
  async openDetails() {
    const details = this.root.locator('details[data-fold="details"]');
    if (!(await details.evaluate((it: HTMLDetailsElement) => it.open)))
      await this.input.press(details.locator('summary').first());
    await expect(details).toHaveAttribute('open');
  }

  /** What stands under the name of a fact of the last loss, in the details. */
  lossFact(name: string): Locator {
    const named = this.root.page().locator('dt', { hasText: name });
    return this.section('The last loss').locator('dl > div').filter({ has: named }).locator('dd');
  }

  async close() {
    await this.input.press(this.closeButton);
    await expect(this.root).not.toBeVisible();
  }
}
