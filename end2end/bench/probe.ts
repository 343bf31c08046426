// Runs in every page before its own scripts, and measures there: the same for all three pages, which know nothing of it. The
// driver asks it by name, as `bench.NAME`.

/** How a page has loaded. Times are in milliseconds since the navigation began. */
export interface Load {
  /** The first paint that has any content. */
  paint: number;
  /** The megaphone answers to the program. */
  live: number;
  /** A frame has been painted in which the megaphone says that it is connected. */
  connected: number;
  /** All of the overview works. */
  ready: number;
  /** What came until now, the page itself first. */
  files: { name: string; bytes: number; end: number }[];
  /** The sum of all layout shifts. */
  shift: number;
  /** Tasks of more than 50 ms, and how long they took together. */
  longTasks: number;
  longTasksMs: number;
}

type Moment = 'live' | 'connected' | 'ready';

/** Chromium's, which TypeScript does not know yet. */
declare const scheduler: { postTask(act: () => void, options: { priority: 'user-blocking' }): Promise<void> };

const moments: Partial<Record<Moment, number>> = {};
const sums = { shift: 0, longTasks: 0, longTasksMs: 0 };
let paintAsked = false;
let pressed = 0;

const megaphone = () => document.querySelector<HTMLButtonElement>('#megaphone');
const says = (phase: string) => megaphone()?.dataset.phase === phase;

/** Calls `act` once the next frame is painted, ahead of what the page itself has put off until then. */
function painted(act: () => void) {
  requestAnimationFrame(() => void scheduler.postTask(act, { priority: 'user-blocking' }));
}

/** Resolves once `holds`, which is asked at each change of the document. */
function until(holds: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (!holds()) return;
      observer.disconnect();
      resolve();
    };
    const observer = new MutationObserver(look);
    observer.observe(document, { attributes: true, childList: true, characterData: true, subtree: true });
    look();
  });
}

const untilPainted = async (holds: () => boolean) => {
  await until(holds);
  await new Promise<void>(painted);
};

function noteMoments(): boolean {
  const now = performance.now();
  if (megaphone()?.disabled === false) moments.live ??= now;
  if (document.documentElement?.dataset.ready === 'true') moments.ready ??= now;
  if (says('connected') && !paintAsked) {
    paintAsked = true;
    painted(() => (moments.connected = performance.now()));
  }
  return paintAsked && moments.live !== undefined && moments.ready !== undefined;
}

/** Resolves once the page is connected and works. */
const loaded = until(noteMoments).then(() => new Promise<void>(painted));

/** The first paint that has any content; the browser tells it only once the frame has reached the screen. */
const firstPaint = new Promise<number>((resolve) => {
  const told = (list: PerformanceObserverEntryList) => {
    const [paint] = list.getEntriesByName('first-contentful-paint');
    if (paint) resolve(paint.startTime);
  };
  new PerformanceObserver(told).observe({ type: 'paint', buffered: true });
});

new PerformanceObserver((list) => {
  for (const entry of list.getEntries() as (PerformanceEntry & { value: number; hadRecentInput: boolean })[]) {
    if (!entry.hadRecentInput) sums.shift += entry.value;
  }
}).observe({ type: 'layout-shift', buffered: true });

new PerformanceObserver((list) => {
  for (const { duration } of list.getEntries()) {
    sums.longTasks++;
    sums.longTasksMs += duration;
  }
}).observe({ type: 'longtask', buffered: true });

addEventListener('click', ({ timeStamp }) => (pressed = timeStamp), true);

const label = () => megaphone()?.textContent?.trim();

let lossSeen: (ms: number) => void = () => {};

/** From a close event, before the page hears of it, to the frame that shows another label. */
async function measureLoss() {
  const closed = performance.now();
  const before = label();
  await untilPainted(() => label() !== before);
  lossSeen(performance.now() - closed);
}

window.WebSocket = class extends WebSocket {
  constructor(...address: ConstructorParameters<typeof WebSocket>) {
    super(...address);
    this.addEventListener('close', () => void measureLoss(), { capture: true });
  }
};

const files = () => {
  const entries = [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')];
  return (entries as PerformanceResourceTiming[]).map(({ name, encodedBodySize, responseEnd }) => ({
    name,
    bytes: encodedBodySize,
    end: responseEnd,
  }));
};

const bench = {
  /** How the page has loaded, once it has. */
  async load(): Promise<Load> {
    await loaded;
    const { live = NaN, connected = NaN, ready = NaN } = moments;
    return { paint: await firstPaint, live, connected, ready, files: files(), ...sums };
  },

  /** Resolves once nothing was fetched for two seconds. What comes unseen is there by then: the portal waits for one with it. */
  async quiet() {
    await loaded;
    const count = () => performance.getEntriesByType('resource').length;
    for (let before = -1; before < count(); await new Promise((resolve) => setTimeout(resolve, 2_000)))
      before = count();
  },

  /** Resolves once the page is connected and has forgotten the last loss, and nothing of that is left to paint. */
  async calm() {
    await until(() => says('connected') && megaphone()?.dataset.alarm === 'calm');
    // A loss that comes with the frames in which another one is forgotten waits for them: that is no loss as people have it.
    await new Promise((resolve) => setTimeout(resolve, 500));
  },

  loss: Promise.resolve(0),
  /** Has `loss` be the next one. */
  expectLoss() {
    bench.loss = new Promise((resolve) => (lossSeen = resolve));
  },

  /** Resolves once the event with this key is painted. It asks at each frame, as the page may change at each message. */
  async shown(key: string) {
    const css = `.event-key[title="${key}"]`;
    while (!document.querySelector(css)) await new Promise(requestAnimationFrame);
    await new Promise<void>(painted);
  },

  /** How many elements the document has. */
  nodes: () => document.querySelectorAll('*').length,

  dialog: Promise.resolve(0),
  /** Has `dialog` be the time from a press on the megaphone to the frame that shows the dialog with its heading. */
  expectDialog() {
    // A line that says that its content is still coming has the same id, and is no heading.
    const open = () => Boolean(document.querySelector('dialog[open] h2#connection-dialog-title')?.textContent);
    bench.dialog = untilPainted(open).then(() => performance.now() - pressed);
  },
};

Object.assign(window, { bench });
