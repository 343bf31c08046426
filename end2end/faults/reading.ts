// The one place that knows how a page tells its verdict: the losses that it keeps for its tab, each with the id of its
// cause and how sure it is, and the parts of the dialog that say what it is, why, and what to do.
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
  // A person has unfolded everything; what is folded is not there.
  for (const fold of ['further', 'for-good', 'details']) sessionStorage.setItem(`fold-${fold}`, 'open');
  // The cause, its facts, the steps of today and those for good, what speaks for it and what else fits.
  const parts =
    '#connection-dialog-title, .dialog-lead, .dialog-now, [data-fold="further"], [data-fold="for-good"], [data-fold="details"] section';
  const said = () =>
    [...document.querySelectorAll<HTMLElement>('dialog#connection-dialog')]
      .flatMap((dialog) => [...dialog.querySelectorAll<HTMLElement>(parts)])
      .filter((part) => !part.hidden && (part.querySelector('h3')?.textContent ?? 'What').startsWith('What'))
      .map((part) => part.innerText.trim())
      .filter(Boolean)
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
      text: newest?.down == null ? said() : '',
    };
    const { at: _, ...last } = noted.at(-1) ?? { at: 0 };
    if (JSON.stringify(last) !== JSON.stringify(moment)) noted.push({ ...moment, at: now() } as Moment);
  }, 50);
}
