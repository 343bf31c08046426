// Loses the connection thousands of times in one page and looks at what is left over: sockets, memory, nodes, listeners.
//
// Each reconnection is the product's own. Only its wait is cut short, by the way that the product has for that: a
// person who comes back to the tab. So every `waiting` is answered by the window's focus event, which costs no step
// of the machine that a real return would not take as well.
import type { CDPSession, Page } from '@playwright/test';
import type { Drp } from '../fixtures/drp';

/** How a connection is ended, in turn. */
const ENDS: readonly ((drp: Drp) => Promise<unknown>)[] = [
  (drp) => drp.cut('fin'),
  (drp) => drp.cut('reset'),
  (drp) => drp.close(1001, 'going away'),
  (drp) => drp.close(1011, 'x'.repeat(123)),
  (drp) => drp.close(null),
  (drp) => drp.violate('reserved-bit'),
  (drp) => drp.close(4001, 'of our own'),
  // Tries fail meanwhile, and the checks of a diagnosis begin and are called off.
  (drp) => drp.restart(30, 'reset'),
];

/** Before this many losses the page still fills the lists that it keeps, the longest of them with 50 entries. */
const WARM_UP = 56;
/** How many times it is measured. */
const SAMPLES = 20;

/** What the page holds at one moment, after its garbage was collected. */
export interface Sample {
  /** Bytes of JavaScript objects. */
  heap: number;
  /** Bytes of the app's own memory, which never shrinks. */
  wasm: number;
  nodes: number;
  listeners: number;
}

export interface Figures {
  flaps: number;
  seconds: number;
  /** Sockets and other connections that the endpoint still has open in the end. */
  sockets: number;
  /** The least of the first and of the last quarter of the samples: what a change still holds on to for a moment adds to
   *  some of them, what is left over for good adds to all. */
  first: Sample;
  last: Sample;
}

/** Loses a standing connection `flaps` times, or for `seconds`, whichever is reached first. */
export async function soak(page: Page, drp: Drp, flaps: number, seconds = Infinity): Promise<Figures> {
  await page.addInitScript(keepMemory);
  await page.reload();
  await page.locator('#megaphone[data-phase=connected]').waitFor();
  await page.evaluate(() => {
    const count = { connected: 0 };
    Object.assign(window, { count });
    addEventListener('connectionchange', (event) => {
      const { phase } = (event as CustomEvent<{ phase: string }>).detail;
      if (phase === 'connected') count.connected++;
      if (phase === 'waiting') setTimeout(() => dispatchEvent(new Event('focus')), 5);
    });
  });
  const browser = await page.context().newCDPSession(page);
  const flap = async (number: number) => {
    await ENDS[number % ENDS.length]?.(drp);
    const connected = (number: number) =>
      (window as unknown as { count: { connected: number } }).count.connected > number;
    await page.waitForFunction(connected, number, { polling: 10, timeout: 30_000 });
  };
  for (let number = 0; number < WARM_UP; number++) await flap(number);

  const began = Date.now();
  const elapsed = () => (Date.now() - began) / 1_000;
  const samples = [await sample(page, browser)];
  let done = 0;
  for (let nth = 1; nth < SAMPLES && elapsed() < seconds; nth++) {
    for (const end = Math.round((flaps * nth) / (SAMPLES - 1)); done < end && elapsed() < seconds; done++) {
      await flap(WARM_UP + done);
    }
    samples.push(await sample(page, browser));
  }
  const quarter = Math.max(1, Math.floor(samples.length / 4));
  const { sockets_open } = await drp.state();
  return {
    flaps: done,
    seconds: elapsed(),
    sockets: sockets_open,
    first: least(samples.slice(0, quarter)),
    last: least(samples.slice(-quarter)),
  };
}

/** What grew by more than noise, in words; nothing if all is well. Wasm memory grows by whole pages of 64 KiB. */
export function grown({ first, last }: Figures): string[] {
  const noise: Sample = { heap: 300_000, wasm: 70_000, nodes: 50, listeners: 10 };
  const keys = Object.keys(noise) as (keyof Sample)[];
  return keys
    .filter((key) => last[key] - first[key] > noise[key] + first[key] * (key === 'wasm' ? 0 : 0.02))
    .map((key) => `${key}: ${first[key]} → ${last[key]}`);
}

/** The figures as a person reads them. */
export function told({ flaps, seconds, sockets, first, last }: Figures): string {
  const rate = flaps / seconds;
  const line = (name: string, key: keyof Sample, unit = 1) => {
    const [from, to] = [first, last].map((it) => (it[key] / unit).toFixed(unit > 1 ? 2 : 0));
    return `  ${name.padEnd(22)} ${from} → ${to}`;
  };
  return [
    `${flaps} losses in ${seconds.toFixed(0)} s, ${rate.toFixed(1)} a second; ${sockets} socket open in the end`,
    'first quarter → last quarter, after collecting garbage:',
    line('JavaScript heap, MB', 'heap', 1e6),
    line('wasm memory, MB', 'wasm', 1e6),
    line('DOM nodes', 'nodes'),
    line('event listeners', 'listeners'),
  ].join('\n');
}

async function sample(page: Page, browser: CDPSession): Promise<Sample> {
  // What a first collection sets free may hold on to more.
  for (const _ of [1, 2]) await browser.send('HeapProfiler.collectGarbage');
  const { usedSize } = await browser.send('Runtime.getHeapUsage');
  const { nodes, jsEventListeners } = await browser.send('Memory.getDOMCounters');
  return { heap: usedSize, wasm: await wasmMemory(page), nodes, listeners: jsEventListeners };
}

/** Runs in the page before its program: keeps hold of the memory, which the app keeps to itself. */
function keepMemory() {
  const memories = new Set<WebAssembly.Memory>();
  Object.assign(window, { memories });
  const { instantiate, instantiateStreaming } = WebAssembly;
  const noted = <T extends WebAssembly.WebAssemblyInstantiatedSource | WebAssembly.Instance>(made: T): T => {
    const instance: WebAssembly.Instance = 'instance' in made ? made.instance : made;
    const { memory } = instance.exports;
    if (memory instanceof WebAssembly.Memory) memories.add(memory);
    return made;
  };
  Object.assign(WebAssembly, {
    instantiate: (...of: Parameters<typeof instantiate>) => instantiate(...of).then(noted),
    instantiateStreaming: (...of: Parameters<typeof instantiateStreaming>) => instantiateStreaming(...of).then(noted),
  });
}

/** Bytes of the app's memory. */
const wasmMemory = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const { memories } = window as unknown as { memories: Set<WebAssembly.Memory> };
    if (memories.size === 0) throw new Error('the app was never seen to take memory');
    return [...memories].reduce((sum, { buffer }) => sum + buffer.byteLength, 0);
  });

function least(samples: Sample[]): Sample {
  const of = (key: keyof Sample) => Math.min(...samples.map((it) => it[key]));
  return { heap: of('heap'), wasm: of('wasm'), nodes: of('nodes'), listeners: of('listeners') };
}
