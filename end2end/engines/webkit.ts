// WebKitGTK: its MiniBrowser by its WebDriver, on a display that nobody sees.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import net from 'node:net';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { began, ended } from '../fixtures/reaper';
import {
  APPEARS,
  START_LIMIT,
  findDeep,
  type Browser,
  type Engine,
  type Json,
  type Key,
  type LaunchOptions,
  type Tab,
} from './engine';
import { below, onPath } from './search';
import { type ElementReference, Session } from './webdriver';

/** Milliseconds. How long the driver may take to end its browser in order. */
const CLOSING_LIMIT = 5_000;

/** CSS pixels. As wide as the narrowest window is. */
const NARROWEST = 447;

/** CSS pixels. The bars of a window, which are part of its height, are no higher. */
const BARS = 100;

/** CSS pixels. By so much that differs from theme to theme. */
const SLACK = 15;

const driverProgram = () => onPath('WebKitWebDriver');
const displayProgram = () => onPath('Xvfb');
const browserProgram = () => below('/usr/lib', 'webkit2gtk-4.1/MiniBrowser');

export const webkit: Engine = {
  name: 'webkit',
  title: 'WebKitGTK',
  installed: () => [driverProgram(), displayProgram(), browserProgram()].every((program) => program !== undefined),
  launch,
};

async function launch({ acceptInsecureCerts = false }: LaunchOptions = {}): Promise<Browser> {
  const programs: ChildProcess[] = [];
  const end = () => programs.reverse().forEach((program) => program.kill('SIGKILL'));
  try {
    const display = start(
      displayProgram(),
      ['-displayfd', '3', '-screen', '0', '1600x1200x24', '-nolisten', 'tcp'],
      {},
    );
    programs.push(display);
    const [number] = (await within(
      Promise.race([once(display.stdio[3] as Readable, 'data'), failed(display)]),
      'Xvfb named no display',
    )) as [Buffer];

    const port = await freePort();
    const driver = start(driverProgram(), [`--port=${port}`, '--host=127.0.0.1'], {
      DISPLAY: `:${number.toString().trim()}`,
      // There is no graphics card, no accessibility bus, and for root no sandbox.
      LIBGL_ALWAYS_SOFTWARE: '1',
      NO_AT_BRIDGE: '1',
      ...(process.getuid?.() === 0 && { WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1' }),
    });
    programs.push(driver);
    const address = `http://127.0.0.1:${port}`;
    await within(Promise.race([ready(address), failed(driver)]), 'WebKitWebDriver does not answer');

    const session = await Session.start(address, {
      browserName: 'MiniBrowser',
      acceptInsecureCerts,
      'webkitgtk:browserOptions': { binary: browserProgram(), args: ['--automation'] },
    });
    await session.post('/timeouts', { script: 30_000, pageLoad: 30_000 });
    return new WebKitBrowser(session, end);
  } catch (error) {
    end();
    throw error;
  }
}

class WebKitBrowser implements Browser {
  readonly version: string;
  private current = '';

  constructor(
    private readonly session: Session,
    private readonly end: () => void,
  ) {
    const { browserName, browserVersion } = session.capabilities;
    this.version = `${browserName} ${browserVersion}`;
  }

  /** A window: MiniBrowser opens tabs behind the others, and has no way to bring one to the front. */
  async newTab() {
    const { handle } = await this.session.post<{ handle: string }>('/window/new', { type: 'window' });
    return new WebKitTab(this, handle);
  }

  async tabs() {
    const handles = await this.session.get<string[]>('/window/handles');
    return handles.map((handle) => new WebKitTab(this, handle));
  }

  /** By hand: without a window manager no window loses the focus to another. */
  async lookAway(tab: Tab) {
    await tab.evaluate(() => void window.dispatchEvent(new Event('focus')));
  }

  async close() {
    await Promise.race([this.session.delete().catch(() => undefined), sleep(CLOSING_LIMIT)]);
    this.end();
  }

  /** The session, set on this tab. */
  async on(handle: string): Promise<Session> {
    if (this.current !== handle) await this.session.post('/window', { handle });
    this.current = handle;
    return this.session;
  }

  async closeTab(handle: string) {
    const session = await this.on(handle);
    const [left] = await session.delete<string[]>('/window');
    // No command works while the session is still set on a window that is gone.
    if (left) await this.on(left);
  }
}

const KEYS: Record<Key, string> = { Tab: '\uE004', Enter: '\uE007', Escape: '\uE00C' };

class WebKitTab implements Tab {
  constructor(
    private readonly browser: WebKitBrowser,
    private readonly handle: string,
  ) {}

  goto = (url: string) => this.post('/url', { url });
  reload = () => this.post('/refresh');

  async evaluate<T, A extends Json[]>(script: string | ((...args: A) => T | Promise<T>), ...args: A): Promise<T> {
    const session = await this.session();
    if (typeof script === 'string') return session.post<T>('/execute/sync', { script, args: [] });
    return session.run<T>(script.toString(), args);
  }

  async click(css: string, text?: string) {
    const element = await this.find(css, text);
    await (await this.session()).click(element);
  }

  async type(css: string, text: string) {
    const element = await this.find(css);
    await (await this.session()).type(element, text);
  }

  key(key: Key) {
    const actions = ['keyDown', 'keyUp'].map((type) => ({ type, value: KEYS[key] }));
    return this.post('/actions', { actions: [{ type: 'key', id: 'keyboard', actions }] });
  }

  async screenshot() {
    return Buffer.from(await (await this.session()).get<string>('/screenshot'), 'base64');
  }

  /** The driver may answer before the page has the size, and on a busy machine before the window has it: it is waited for. */
  async size(width: number, height: number) {
    const end = Date.now() + APPEARS;
    const [wanted, slack] = width < NARROWEST ? [NARROWEST, SLACK] : [width, 0];
    let here: { width: number; height: number };
    do {
      await this.post('/window/rect', { width, height });
      const asked = Date.now();
      do {
        here = await this.evaluate(() => ({ width: innerWidth, height: innerHeight }));
        if (Math.abs(here.width - wanted) <= slack && here.height <= height && here.height >= height - BARS) return;
        await sleep(20);
      } while (Date.now() < asked + 1_000);
    } while (Date.now() < end);
    throw new Error(`the page has ${here.width} × ${here.height} px in place of ${wanted} × ${height}`);
  }

  offline = async () => false;
  close = () => this.browser.closeTab(this.handle);

  private session = () => this.browser.on(this.handle);

  private async post(path: string, body: Json = {}) {
    await (await this.session()).post(path, body);
  }

  private async find(css: string, text: string | null = null): Promise<ElementReference> {
    const end = Date.now() + APPEARS;
    do {
      const element = await (await this.session()).run<ElementReference | null>(findDeep.toString(), [css, text]);
      if (element) return element;
      await sleep(50);
    } while (Date.now() < end);
    throw new Error(`nothing visible matches ${css}${text === null ? '' : ` “${text}”`}`);
  }
}

function start(program: string | undefined, args: string[], env: NodeJS.ProcessEnv): ChildProcess {
  if (!program) throw new Error('WebKitGTK is not installed');
  const stdio: ('ignore' | 'pipe')[] = ['ignore', 'ignore', 'ignore', 'pipe'];
  const child = spawn(program, args, { env: { ...process.env, ...env }, stdio });
  const { pid } = child;
  if (pid) {
    began(pid);
    child.once('exit', () => ended(pid));
  }
  return child;
}

/** Rejects once the program has ended or cannot be started. */
async function failed(program: ChildProcess): Promise<never> {
  const [code] = (await once(program, 'exit')) as [number | null];
  throw new Error(`${program.spawnfile} ended with ${code}`);
}

async function ready(address: string) {
  while (
    !(await fetch(`${address}/status`).then(
      (response) => response.ok,
      () => false,
    ))
  )
    await sleep(50);
}

async function within<T>(promise: Promise<T>, otherwise: string): Promise<T> {
  const limit = new AbortController();
  const late = sleep(START_LIMIT, undefined, { signal: limit.signal }).then(() => Promise.reject(new Error(otherwise)));
  try {
    return await Promise.race([promise, late]);
  } finally {
    limit.abort();
    late.catch(() => undefined);
  }
}

async function freePort(): Promise<number> {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as net.AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
