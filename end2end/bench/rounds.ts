// Takes the measurements, round by round and page by page within each, so that whatever else this machine does meets all
// three pages.
import type { Chromium } from './browser';
import { dialogSlow, dialogWarm } from './measures/dialog';
import { type Flood, flood } from './measures/flood';
import { type Device, lighthouse } from './measures/lighthouse';
import { loadFast, loadSlow } from './measures/load';
import { losses } from './measures/loss';
import type { Load } from './probe';
import type { Contender, Name } from './contenders';

/** How often each thing is measured. */
export interface Plan {
  rounds: number;
  /** Losses of each page in a round. */
  losses: number;
  /** Rounds that flood the pages. */
  floods: number;
  /** Runs of Lighthouse on each page and device. */
  scores: number;
}

/** How many runs of Lighthouse on one page may come to nothing. */
const UNRECORDED = 2;

type Each<T> = Record<Name, T[]>;

export interface Measured {
  fast: Each<Load>;
  slow: Each<Load>;
  /** Milliseconds, by round. */
  losses: Each<number[]>;
  floods: Each<Flood>;
  dialogs: { warm: number[]; slow: number[] };
  scores: { page: string; device: Device; samples: number[] }[];
}

const each = <T>(): Each<T> => ({ 'by-hand': [], react: [], portal: [] });

export async function measure(browser: Chromium, contenders: Contender[], plan: Plan): Promise<Measured> {
  const measured: Measured = {
    fast: each(),
    slow: each(),
    losses: each(),
    floods: each(),
    dialogs: { warm: [], slow: [] },
    scores: [],
  };
  const portal = contenders.find(({ name }) => name === 'portal');
  if (!portal) throw new Error('the portal is not among the pages');
  for (let round = 0; round < plan.rounds; round++) {
    console.log(`round ${round + 1} of ${plan.rounds}: loads, losses${round < plan.floods ? ', floods' : ''}`);
    // The first contender finds the machine in another state than the others do.
    const turn = contenders.map((_, place) => contenders[(place + round) % contenders.length] ?? portal);
    for (const contender of turn) measured.fast[contender.name].push(await loadFast(browser, contender));
    for (const contender of turn) measured.slow[contender.name].push(await loadSlow(browser, contender));
    measured.dialogs.warm.push(await dialogWarm(browser, portal));
    measured.dialogs.slow.push(await dialogSlow(browser, portal));
    const lost = await losses(browser, turn, plan.losses);
    for (const { name } of turn) measured.losses[name].push(lost[name]);
    if (round >= plan.floods) continue;
    for (const contender of turn) measured.floods[contender.name].push(await flood(browser, contender));
  }
  measured.scores = await scores(browser, portal, plan.scores);
  return measured;
}

async function scores(browser: Chromium, portal: Contender, runs: number): Promise<Measured['scores']> {
  const scores: Measured['scores'] = [];
  if (runs === 0) return scores;
  for (const [page, address] of [
    ['overview', '/'],
    ['troubleshooting', '/troubleshooting'],
  ] as const) {
    for (const device of ['mobile', 'desktop'] as const) {
      console.log(`Lighthouse: ${page}, ${device}`);
      const samples: number[] = [];
      // A run that was not recorded measured nothing, so another stands in for it; each is said.
      for (let tried = 0; samples.length < runs && tried < runs + UNRECORDED; tried++) {
        const score = await lighthouse(browser, portal.fast.url + address, device);
        if (typeof score === 'number') samples.push(score);
        else console.log(`Lighthouse gave no score: ${score}`);
      }
      scores.push({ page, device, samples });
    }
  }
  return scores;
}
