// Lighthouse's score for performance. It drives a tab of its own, and is no part of what is measured otherwise.
import type { Flags } from 'lighthouse';
import type { Chromium } from '../browser';

export type Device = 'mobile' | 'desktop';

/** From 0 to 100. */
export async function lighthouse(browser: Chromium, url: string, device: Device): Promise<number> {
  const { default: run, desktopConfig } = await import('lighthouse');
  const flags: Flags = { port: browser.port, onlyCategories: ['performance'], logLevel: 'error' };
  const result = await run(url, flags, device === 'desktop' ? desktopConfig : undefined);
  const { score } = result?.lhr.categories.performance ?? {};
  if (typeof score !== 'number') {
    throw new Error(`Lighthouse gave ${url} no score: ${result?.lhr.runtimeError?.message ?? 'it does not say why'}`);
  }
  return Math.round(score * 100);
}
