// Opening the portal's dialog for the first time: from the press to the frame that shows it. The peers have none.
import type { Chromium } from '../browser';
import type { Contender } from '../contenders';

/** On a line that is warm: everything that the page fetches unseen is there. */
export async function dialogWarm(browser: Chromium, contender: Contender): Promise<number> {
  return dialog(browser, contender, contender.fast, 'bench.quiet()');
}

/** Over the slow line, pressed as soon as the overview works. */
export async function dialogSlow(browser: Chromium, contender: Contender): Promise<number> {
  return dialog(browser, contender, contender.slow, 'bench.load()');
}

async function dialog(browser: Chromium, contender: Contender, place: Contender['fast'], first: string) {
  const tab = await browser.newTab(contender.session(place));
  await tab.open(`${place.url}/`);
  await tab.ask(first);
  await tab.ask('bench.expectDialog()');
  await tab.press('#megaphone');
  const ms = await tab.ask<number>('bench.dialog');
  await tab.close();
  return ms;
}
