// What the scenarios run with: the engine of the project, real programs, and a portal in a fresh tab.
import { test as base } from '@playwright/test';
import { Drp } from '../fixtures/drp';
import { Authorities } from '../faults/setup';
import { Portal } from '../fixtures/portal';
import { START_LIMIT, type Browser, type Engine, type EngineName, type LaunchOptions } from './engine';
import { PortalPage } from './page';
import { chromium, firefox } from './puppeteer';
import { webkit } from './webkit';

export { expect } from '@playwright/test';

export const ENGINES: Record<EngineName, Engine> = { chromium, firefox, webkit };

export interface Options {
  engineName: EngineName;
}

interface Fixtures {
  /** Skips what the engine cannot play because it is not installed. */
  present: void;
  /** The plain endpoint as if just started. */
  drp: Drp;
  /** The portal in a tab that no other scenario has used. */
  megaphone: PortalPage;
  /** Starts a program or a browser that ends with the scenario. */
  own: Own;
}

interface WorkerFixtures {
  engine: Engine;
  /** The one browser that most scenarios share. */
  running: Browser;
  /** One that takes every certificate, as if a person had accepted it. */
  trusting: Browser;
  endpoints: Record<'none' | 'self-signed' | 'private-ca', Drp>;
  portal: Portal;
}

/** What a scenario starts for itself. */
interface Own {
  portal(endpoints: string[], more?: string[]): Promise<Portal>;
  browser(options: LaunchOptions): Promise<Browser>;
}

export const test = base.extend<Fixtures, Options & WorkerFixtures>({
  engineName: ['chromium', { option: true, scope: 'worker' }],

  engine: [async ({ engineName }, use) => use(ENGINES[engineName]), { scope: 'worker' }],

  present: [
    async ({ engine }, use) => {
      base.skip(!engine.installed(), `${engine.title} is not installed`);
      await use();
    },
    { auto: true },
  ],

  running: [
    async ({ engine }, use) => {
      const browser = await engine.launch();
      await use(browser);
      await browser.close();
    },
    { scope: 'worker', timeout: 2 * START_LIMIT },
  ],

  trusting: [
    async ({ engine }, use) => {
      const browser = await engine.launch({ acceptInsecureCerts: true });
      await use(browser);
      await browser.close();
    },
    { scope: 'worker', timeout: 2 * START_LIMIT },
  ],

  endpoints: [
    async ({}, use) => {
      const kinds = ['none', 'self-signed', 'private-ca'] as const;
      const started = await Promise.all(kinds.map(async (kind) => [kind, await Drp.start(kind)] as const));
      await use(Object.fromEntries(started) as WorkerFixtures['endpoints']);
      await Promise.all(started.map(([, drp]) => drp.end()));
    },
    { scope: 'worker' },
  ],

  portal: [
    async ({ endpoints }, use) => {
      const authorities = await Authorities.of([endpoints['private-ca']]);
      const portal = await Portal.start(
        Object.values(endpoints).map(({ url }) => url),
        authorities.options,
      );
      await use(portal);
      await portal.stop();
      await authorities.remove();
    },
    { scope: 'worker', timeout: 90_000 },
  ],

  drp: async ({ endpoints }, use) => {
    await endpoints.none.reset();
    await use(endpoints.none);
  },

  megaphone: async ({ running, portal }, use, testInfo) => {
    const tab = await running.newTab();
    await use(new PortalPage(tab, portal.url));
    if (testInfo.status !== testInfo.expectedStatus) {
      await testInfo.attach(running.version, { body: await tab.screenshot(), contentType: 'image/png' });
    }
    await tab.evaluate(() => localStorage.clear()).catch(() => undefined);
    await tab.close();
  },

  own: async ({ engine }, use) => {
    const ends: (() => Promise<unknown>)[] = [];
    const until = async <T>(started: Promise<T>, end: (it: T) => Promise<unknown>) => {
      const it = await started;
      ends.push(() => end(it));
      return it;
    };
    await use({
      portal: (endpoints, more) => until(Portal.start(endpoints, more), (portal) => portal.stop()),
      browser: (options) => until(engine.launch(options), (browser) => browser.close()),
    });
    for (const end of ends.reverse()) await end();
  },
});
