// Lighthouse's score for performance. It drives a tab of its own, and is no part of what is measured otherwise.
import type { Flags } from 'lighthouse';
import type { Chromium } from '../browser';

export type Device = 'mobile' | 'desktop';

/** From 0 to 100; what Lighthouse says where it could not measure, as when its recording of the page does not begin with the page. */
export async function lighthouse(browser: Chromium, url: string, device: Device): Promise<number | string> {
  const { default: run, desktopConfig } = await import('lighthouse');
  const flags: Flags = { port: browser.port, onlyCategories: ['performance'], logLevel: 'error' };
  const config = device === 'desktop' ? desktopConfig : undefined;
  const result = await run(url, flags, config).catch((error: unknown) => String(error));
  if (typeof result === 'string') return result;
  const { score } = result?.lhr.categories.performance ?? {};
  if (typeof score === 'number') return Math.round(score * 100);
  return result?.lhr.runtimeError?.message ?? 'it does not say why';
}
