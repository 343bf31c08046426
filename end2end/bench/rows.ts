// Which figures there are, in the order of the table, and what the portal is held to.
import { type Figure, median, quantile } from './figures';
import type { Flood } from './measures/flood';
import { sent } from './measures/load';
import type { Load } from './probe';
import type { Measured } from './rounds';
import { NAMES, type Name } from './contenders';
import type { Row } from './table';

const SLOW = 'slow 4G, CPU 4× slower';

export function rows(measured: Measured): Row[] {
  const { fast, slow, losses, floods, dialogs, scores } = measured;
  const each = (figure: (name: Name) => Figure) => Object.fromEntries(NAMES.map((name) => [name, figure(name)]));
  const ofFast = (pick: (load: Load) => number) => each((name) => median(fast[name].map(pick)));
  const ofSlow = (pick: (load: Load) => number) => each((name) => median(slow[name].map(pick)));
  const ofFlood = (pick: (flood: Flood) => number) => each((name) => median(floods[name].map(pick)));
  const ours = (samples: number[]) => (samples.length > 0 ? { portal: median(samples) } : {});
  return [
    {
      title: 'sent until the megaphone is live',
      unit: 'kB',
      figures: ofFast((load) => sent(load, load.live).bytes / 1_000),
      budget: { atMost: 75 },
    },
    { title: 'requests until then', unit: 'number', figures: ofFast((load) => sent(load, load.live).requests) },
    {
      title: 'wasm of it',
      unit: 'kB',
      figures: ours(fast.portal.map((load) => sent(load, load.live, '.wasm').bytes / 1_000)),
      budget: { atMost: 55 },
    },
    {
      title: 'sent until the overview works',
      unit: 'kB',
      figures: ofFast((load) => sent(load, load.ready).bytes / 1_000),
      budget: { atMost: 170 },
    },
    { title: 'requests until then', unit: 'number', figures: ofFast((load) => sent(load, load.ready).requests) },
    {
      title: `first paint, ${SLOW}`,
      unit: 'ms',
      figures: ofSlow(({ paint }) => paint),
      budget: { to: 'react', atMost: 0.45 },
    },
    {
      title: `megaphone says connected, ${SLOW}`,
      unit: 'ms',
      figures: ofSlow(({ connected }) => connected),
      budget: { to: 'react', atMost: 0.75 },
    },
    { title: 'first paint, this machine', unit: 'ms', figures: ofFast(({ paint }) => paint) },
    { title: 'megaphone says connected, this machine', unit: 'ms', figures: ofFast(({ connected }) => connected) },
    {
      title: 'close event → first word painted, p50',
      unit: 'ms',
      figures: each((name) => quantile(losses[name], 0.5)),
      budget: { to: 'by-hand', atMost: 1.3 },
    },
    {
      title: 'close event → first word painted, p95',
      unit: 'ms',
      figures: each((name) => quantile(losses[name], 0.95)),
      budget: { to: 'by-hand', atMost: 1.5 },
    },
    {
      title: '10,000 events/s for 10 s: catch-up',
      unit: 's',
      figures: ofFlood(({ catchUp }) => catchUp / 1_000),
      budget: { atMost: 0.2 },
    },
    {
      // By the number that came: a machine that is busy brings one page fewer than another.
      title: 'the same: CPU of the browser for 100,000 of them',
      unit: 's',
      figures: ofFlood(({ cpu, events }) => (cpu / events) * 100_000),
      budget: { to: 'react', atMost: 0.9 },
    },
    { title: 'the same: events that came', unit: 'number', figures: ofFlood(({ events }) => events) },
    { title: 'dialog opened first, warm line', unit: 'ms', figures: ours(dialogs.warm), budget: { atMost: 100 } },
    { title: 'dialog opened first, slow 4G', unit: 'ms', figures: ours(dialogs.slow), budget: { atMost: 1_000 } },
    ...scores.map(({ page, device, samples }): Row => {
      const budget = { atLeast: device === 'mobile' ? 95 : 100 };
      return { title: `Lighthouse performance, ${page}, ${device}`, unit: 'number', figures: ours(samples), budget };
    }),
    { title: `layout shift, ${SLOW}`, unit: 'shift', figures: ofSlow(({ shift }) => shift), budget: { atMost: 0 } },
    { title: `long tasks, ${SLOW}`, unit: 'number', figures: ofSlow(({ longTasks }) => longTasks) },
    { title: `long tasks together, ${SLOW}`, unit: 'ms', figures: ofSlow(({ longTasksMs }) => longTasksMs) },
    { title: 'DOM elements of a full list', unit: 'number', figures: ofFlood(({ nodes }) => nodes) },
  ];
}
