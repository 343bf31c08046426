// The table of close codes on the troubleshooting page: the one place from which the suite takes a code's name.
import type { Locator, Page } from '@playwright/test';

export class CodeTable {
  readonly rows: Locator;
  readonly search: Locator;

  constructor(readonly page: Page) {
    this.rows = page.locator('table.codes tbody tr[id]');
    this.search = page.getByLabel('Find a code');
  }

  row(code: number): Locator {
    return this.page.locator(`tr[id="${code}"]`);
  }

  /** The names of all rows by the number in their `id`. */
  async names(): Promise<Map<number, string>> {
    const pairs = await this.rows.evaluateAll((rows) =>
      rows.map((row): [number, string] => [Number(row.id), row.querySelector('td.name p')?.textContent ?? '']),
    );
    return new Map(pairs);
  }

  /** What a row holds beyond its one line. */
  body(code: number): Locator {
    return this.row(code).locator('details');
  }

  /** The codes that are folded away until somebody asks for them. */
  get rare(): Locator {
    return this.page.locator('.codes-rare');
  }

  visibleCodes(): Promise<number[]> {
    return this.rows.evaluateAll((rows) =>
      rows.filter((row) => (row as HTMLElement).checkVisibility()).map((row) => Number(row.id)),
    );
  }
}
