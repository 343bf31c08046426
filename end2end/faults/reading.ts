// The one place that knows how a page tells its verdict: the losses that it keeps for its tab, each with the id of its
// cause and how sure it is, and the sections of the dialog that say why and what to do.
import type { Page } from '@playwright/test';
import type { Phase } from '../pages/MegaphonePage';

/** How sure a cause is, from the least to the most. */
export const CONFIDENCES = ['possible', 'probable', 'certain'] as const;
export type Confidence = (typeof CONFIDENCES)[number];

/** What the page says at one moment; there is one for each change. */
export interface Moment {
  /** In milliseconds since 1970. */
  at: number;
  phase: Phase;
  /** The close code of the newest loss. */
  code: number | null;
  cause: string | null;
  confidence: Confidence | null;
  /** Why and what to do, as the dialog shows it; empty once the loss is over. */
  text: string;
}

/** Starts to note what the page says, before its app runs. */
export const watch = (page: Page) => page.addInitScript(record);

/** Everything noted so far, oldest first. */
export const moments = (page: Page): Promise<Moment[]> =>
  page.evaluate(() => (window as unknown as { moments: Moment[] }).moments);

/** Runs in the page: notes what it says, from now on. */
export function record() {
  const noted: Moment[] = [];
  // The clock that no row turns.
  const now = () => performance.timeOrigin + performance.now();
  Object.assign(window, { moments: noted });
  const visible = (heading: string) =>
    [...document.querySelectorAll<HTMLElement>('dialog#connection-dialog section')]
      .filter((section) => section.querySelector('h2, h3')?.textContent?.startsWith(heading))
      .map((section) => section.innerText)
      .join('\n');
  setInterval(() => {
    const { losses = [] } = JSON.parse(sessionStorage.getItem('megaphone.losses') ?? '{}');
    const newest = losses.at(-1);
    const phase = document.querySelector<HTMLElement>('button#megaphone')?.dataset.phase;
    // Without a network nothing is tried, so nothing is looked into: the phase itself is the verdict.
    const [cause, confidence] = newest?.cause ?? (phase === 'offline' ? ['offline', 'certain'] : []);
    const moment = {
      phase,
      code: newest?.code ?? null,
      cause: cause ?? null,
      confidence: confidence ?? null,
      // What is still drawn belongs to the loss while it lasts, not to what is kept of it afterwards.
      text: newest?.down == null ? `${visible('Why')}\n${visible('What to do')}`.trim() : '',
    };
    const { at: _, ...last } = noted.at(-1) ?? { at: 0 };
    if (JSON.stringify(last) !== JSON.stringify(moment)) noted.push({ ...moment, at: now() } as Moment);
  }, 50);
}
