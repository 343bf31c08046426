// More events than anybody reads: what they cost, and how long the page has to catch up once they have ended.
import type { Drp } from '../../fixtures/drp';
import type { Chromium } from '../browser';
import type { Contender } from '../contenders';

const RATE = 10_000;
const SECONDS = 10;
/** How many events come where the machine has time for all of them. */
export const WANTED = RATE * SECONDS;
const LAST = 'the-very-last';

export interface Flood {
  /** From the last event to the frame that shows it, in milliseconds. */
  catchUp: number;
  /** CPU time of the whole browser until then, in seconds. */
  cpu: number;
  /** How many events came: fewer where the endpoint, which shares the machine, had no time for them or a full queue. */
  events: number;
  /** How many elements the document has then. */
  nodes: number;
}

export async function flood(browser: Chromium, contender: Contender): Promise<Flood> {
  const { drp } = contender;
  const tab = await browser.newTab(contender.session(contender.fast));
  await tab.open(`${contender.fast.url}/`);
  await tab.ask('bench.quiet()');
  const [before, cpuBefore] = [await drp.state(), await browser.cpu()];
  await drp.events(RATE);
  await new Promise((resolve) => setTimeout(resolve, SECONDS * 1_000));
  const { events_dropped } = await drp.events(0);
  const ended = performance.now();
  await publishLast(drp, events_dropped);
  await tab.ask(`bench.shown('${LAST}')`);
  const catchUp = performance.now() - ended;
  const cpu = (await browser.cpu()) - cpuBefore;
  const nodes = await tab.ask<number>('bench.nodes()');
  const after = await drp.state();
  await tab.close();
  if (after.upgrades_accepted !== before.upgrades_accepted) {
    throw new Error(`${contender.name} lost its connection while ${RATE} events came each second`);
  }
  return { catchUp, cpu, events: after.events_delivered - before.events_delivered, nodes };
}

/** Publishes the last event. As DRP, the simulator drops one that finds the queue of the socket full: then once more. */
async function publishLast(drp: Drp, dropped: number) {
  for (let taken = false; !taken;) {
    await drp.event({ Type: 'machines', Action: 'update', Key: LAST });
    const { events_dropped } = await drp.state();
    taken = events_dropped === dropped;
    dropped = events_dropped;
  }
}
