// A Chromium, driven over its own protocol and nothing else: the libraries that are made for tests turn on the protocol's
// Network domain, which has every message of a WebSocket copied to the driver, and so would measure themselves.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import CDP from 'chrome-remote-interface';
import { transformSync } from 'esbuild';
import { chromiumFlags } from '../fixtures/chromium';
import { began, ended } from '../fixtures/reaper';
import { Tab } from './tab';

const START_LIMIT = 30_000;

const flags = [
  '--headless=new',
  '--remote-debugging-port=0',
  ...chromiumFlags,
  '--disable-extensions',
  // A page whose window is covered is measured like any other.
  '--disable-renderer-backgrounding',
  '--disable-backgrounding-occluded-windows',
  '--disable-background-timer-throttling',
];

const probe = transformSync(fs.readFileSync(path.join(__dirname, 'probe.ts'), 'utf8'), {
  loader: 'ts',
  format: 'iife',
});

export class Chromium {
  private constructor(
    private readonly child: ChildProcess,
    private readonly profile: string,
    private readonly client: CDP.Client,
    /** The port of its protocol. */
    readonly port: number,
    /** Its name and version. */
    readonly version: string,
  ) {}

  static async start(): Promise<Chromium> {
    const profile = fs.mkdtempSync(path.join(os.tmpdir(), 'megaphone-bench-'));
    const child = spawn(program(), [...flags, `--user-data-dir=${profile}`, 'about:blank'], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const { pid } = child;
    if (pid) {
      began(pid);
      child.once('exit', () => ended(pid));
    }
    const address = await announced(child);
    const client = await CDP({ target: address, local: true });
    const { product } = await client.send('Browser.getVersion');
    return new Chromium(child, profile, client, Number(new URL(address).port), product);
  }

  /** A tab with a cache and a storage of its own. `script` runs in its pages before theirs. */
  async newTab(script = ''): Promise<Tab> {
    const { browserContextId } = await this.client.send('Target.createBrowserContext');
    const { targetId } = await this.client.send('Target.createTarget', {
      url: 'about:blank',
      browserContextId,
      newWindow: true,
    });
    const { sessionId } = await this.client.send('Target.attachToTarget', { targetId, flatten: true });
    const tab = new Tab(this.client, sessionId, browserContextId);
    await tab.prepare(`${script}\n${probe.code}`);
    return tab;
  }

  /** The CPU time of all its processes so far, in seconds. */
  async cpu(): Promise<number> {
    const { processInfo } = await this.client.send('SystemInfo.getProcessInfo');
    return processInfo.reduce((sum, { cpuTime }) => sum + cpuTime, 0);
  }

  async close() {
    const gone = once(this.child, 'exit');
    await this.client.send('Browser.close');
    await gone;
    await this.client.close();
    fs.rmSync(this.profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** The browser that the caller names, else the one that Playwright has installed. */
function program(): string {
  const named = process.env.MEGAPHONE_CHROMIUM;
  if (named) return named;
  const { chromium } = require('@playwright/test') as typeof import('@playwright/test');
  return chromium.executablePath();
}

/** The address of the protocol, once the browser has printed it. */
function announced(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let printed = '';
    const fail = (why: string) => reject(new Error(`Chromium ${why}; it printed:\n${printed}`));
    const limit = setTimeout(() => fail(`did not name its protocol's address in ${START_LIMIT} ms`), START_LIMIT);
    child.stderr?.on('data', (chunk) => {
      printed += chunk;
      const address = /DevTools listening on (ws:\S+)/.exec(printed)?.[1];
      if (!address) return;
      clearTimeout(limit);
      resolve(address);
    });
    child.once('exit', (code) => fail(`ended with ${code}`));
    child.once('error', ({ message }) => fail(`could not be started (${message})`));
  });
}
