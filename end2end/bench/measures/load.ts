// How a page loads in a tab that is signed in already and has nothing in its cache.
import type { Chromium } from '../browser';
import type { Load } from '../probe';
import type { Contender, Place } from '../contenders';

/** How many times slower the CPU of a slow device is. */
export const SLOW_CPU = 4;

/** Over the fast line. */
export const loadFast = (browser: Chromium, contender: Contender) => load(browser, contender, contender.fast, 1);

/** Over the slow line, on a slow device. */
export const loadSlow = (browser: Chromium, contender: Contender) => load(browser, contender, contender.slow, SLOW_CPU);

async function load(browser: Chromium, contender: Contender, place: Place, slower: number): Promise<Load> {
  const tab = await browser.newTab(contender.session(place));
  await tab.slowDown(slower);
  await tab.open(`${place.url}/`);
  const figures = await tab.ask<Load>('bench.load()');
  await tab.close();
  const missing = Object.entries(figures).filter(([, figure]) => figure === null);
  if (missing.length > 0) throw new Error(`${contender.name} has no ${missing.map(([name]) => name).join(', ')}`);
  return figures;
}

/** The bytes and the requests of what had come by a time; `only` is the end of the names that count. */
export function sent({ files }: Load, by: number, only = ''): { bytes: number; requests: number } {
  const counted = files.filter(({ name, end }) => end <= by && name.endsWith(only));
  return { bytes: counted.reduce((sum, { bytes }) => sum + bytes, 0), requests: counted.length };
}
