// One page that meets a fault, and what is read off it: what it shows in its dialog, and the losses that it keeps for
// this tab, where each has the id of its cause.
import type { Browser, BrowserContext, Page } from '@playwright/test';
import { signIn } from '../fixtures';
import { MegaphonePage, type Phase } from '../pages/MegaphonePage';
import type { Door } from './door';

/** How sure a cause is, in the words of the losses. */
export type Sure = 'possible' | 'probable' | 'certain';

/** What the page says of its newest loss. */
export interface Verdict {
  code: number;
  /** A cause's id. */
  cause: string;
  sure: Sure;
  /** When the page first said so, in milliseconds since 1970. */
  at: number;
  /** The sentence that a person reads, if the loss was not over before there was one. */
  sentence: string;
  /** The word beside it. */
  badge: string;
}

/** The page at one moment; there is one for each change. */
export interface Moment {
  at: number;
  phase: Phase;
  losses: number;
  code: number | null;
  cause: string | null;
  sure: Sure | null;
  sentence: string;
  badge: string;
}

export class Seat {
  private constructor(
    readonly context: BrowserContext,
    readonly page: Page,
    readonly megaphone: MegaphonePage,
    /** What stands between this page and its server. */
    readonly door: Door,
  ) {}

  /** Opens the portal in a browser profile of its own. */
  static async take(
    browser: Browser,
    door: Door,
    address = door.url,
    prepare?: (context: BrowserContext) => Promise<unknown>,
  ) {
    const context = await browser.newContext();
    await prepare?.(context);
    const page = await context.newPage();
    await page.addInitScript(record);
    const seat = new Seat(context, page, new MegaphonePage(page), door);
    await seat.megaphone.open(address);
    return seat;
  }

  leave = () => this.context.close();

  submit = (endpoint: string) => this.megaphone.form.submit(endpoint, signIn);

  async connect(endpoint: string) {
    await this.submit(endpoint);
    await this.megaphone.expectPhase('connected', { timeout: 20_000 });
  }

  async openDialog() {
    if (!(await this.megaphone.dialog.root.isVisible())) await this.megaphone.openDialog();
  }

  async phase(): Promise<Phase> {
    return (await this.megaphone.button.getAttribute('data-phase')) as Phase;
  }

  /** Waits up to `limit` ms for a cause of the newest loss: `wanted`, or any; then takes what there is. */
  async verdict(since: number, limit: number, wanted?: string): Promise<Verdict | undefined> {
    const found = (moments: Moment[]) =>
      moments.findLast(({ at, cause }) => at >= since && cause !== null && (wanted === undefined || cause === wanted));
    const end = Date.now() + limit;
    let moments = await this.moments();
    while (!found(moments) && Date.now() < end) {
      await this.page.waitForTimeout(100);
      moments = await this.moments();
    }
    const newest = found(moments) ?? moments.findLast(({ at, cause }) => at >= since && cause !== null);
    if (!newest?.cause || !newest.sure) return undefined;
    const { code, cause, sure, sentence, badge } = newest;
    // Numbers in a sentence go on counting.
    const same = (other: string) => sentence !== '' && other.replace(/\d+/g, '') === sentence.replace(/\d+/g, '');
    const first = moments.find((it) => it.at >= since && (it.cause === cause || same(it.sentence)));
    return { code: code ?? 0, cause, sure, sentence, badge, at: first?.at ?? newest.at };
  }

  /** Waits up to `limit` ms for the connection; how many ms after `since` it stood, or undefined if it did not. */
  async back(since: number, limit: number): Promise<number | undefined> {
    const connected = this.megaphone.expectPhase('connected', { timeout: limit });
    if (!(await connected.then(() => true).catch(() => false))) return undefined;
    const lost = (await this.moments()).findLast(({ phase }) => phase !== 'connected')?.at ?? since;
    const stood = (await this.moments()).find(({ at, phase }) => at > lost && phase === 'connected')?.at ?? since;
    return Math.max(0, stood - since);
  }

  private moments(): Promise<Moment[]> {
    return this.page.evaluate(() => (window as unknown as { moments: Moment[] }).moments);
  }

  /** The person comes back to the tab. Playwright keeps every page focused, so the browser's event is given by hand. */
  comeBack = () => this.page.evaluate(() => dispatchEvent(new Event('focus')));
}

/** Runs in the page: notes what it shows, from now on. */
export function record() {
  const moments: Moment[] = [];
  Object.assign(window, { moments });
  setInterval(() => {
    const { losses = [], total = 0 } = JSON.parse(sessionStorage.getItem('megaphone.losses') ?? '{}');
    const newest = losses.at(-1);
    const heading = [...document.querySelectorAll('dialog h3')].find((it) => it.textContent?.startsWith('Why'));
    const phase = document.querySelector<HTMLElement>('button#megaphone')?.dataset.phase;
    // Without a network nothing is tried, so nothing is looked into: the phase itself is the word.
    // A sentence still drawn belongs to the loss while it stands, not to what is kept of it once it is over.
    const drawn = newest?.down == null;
    const [cause, sure] = newest?.cause ?? (phase === 'offline' ? ['offline', 'certain'] : []);
    const moment = {
      phase,
      losses: total,
      code: newest?.code ?? null,
      cause: cause ?? null,
      sure: sure ?? null,
      sentence: (drawn && heading?.nextElementSibling?.textContent) || '',
      badge: (drawn && heading?.querySelector('.badge')?.textContent) || '',
    };
    const { at: _, ...last } = moments.at(-1) ?? { at: 0 };
    if (JSON.stringify(last) !== JSON.stringify(moment)) moments.push({ ...moment, at: Date.now() } as Moment);
  }, 50);
}
