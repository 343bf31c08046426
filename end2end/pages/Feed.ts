// The list of live events.
import type { Locator, Page } from '@playwright/test';

export class Feed {
  readonly list: Locator;
  /** Messages, newest first. */
  readonly rows: Locator;

  constructor(readonly page: Page) {
    this.list = page.locator('ol.feed');
    this.rows = this.list.locator('[data-event-key]');
  }

  /** The row of the event with this key. */
  row(text: string): Locator {
    return this.rows.filter({ hasText: text });
  }
}
