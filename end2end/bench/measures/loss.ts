// From a close event to the first painted word of the loss. The pages lose their connections in turn, so that whatever else
// this machine does meets all of them.
import type { Chromium } from '../browser';
import type { Contender, Name } from '../contenders';

/** Milliseconds of `count` losses of each page. */
export async function losses(
  browser: Chromium,
  contenders: Contender[],
  count: number,
): Promise<Record<Name, number[]>> {
  const taken: Record<Name, number[]> = { 'by-hand': [], react: [], portal: [] };
  const tabs = await Promise.all(
    contenders.map(async (contender) => {
      const tab = await browser.newTab(contender.session(contender.fast));
      await tab.open(`${contender.fast.url}/`);
      await tab.ask('bench.quiet()');
      return { contender, tab };
    }),
  );
  for (let nth = 0; nth < count; nth++) {
    for (const { contender, tab } of tabs) {
      await tab.ask('bench.calm()');
      await tab.ask('bench.expectLoss()');
      await contender.drp.cut();
      taken[contender.name].push(await tab.ask<number>('bench.loss'));
    }
  }
  await Promise.all(tabs.map(({ tab }) => tab.close()));
  return taken;
}
