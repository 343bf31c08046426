// Chromium over its own protocol and Firefox over WebDriver BiDi, both as installed on this machine: Playwright drives
// only a Firefox of its own making.
import puppeteer, {
  type Browser as PuppeteerBrowser,
  type ElementHandle,
  type LaunchOptions as PuppeteerOptions,
  type Page,
} from 'puppeteer-core';
import fs from 'node:fs';
import { chromium as playwrights } from '@playwright/test';
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
import { onPath } from './search';

const firefoxProgram = () => onPath('firefox-esr', 'firefox');
/** The one of the suite: named, on this machine, or Playwright's own. */
const chromiumProgram = () =>
  process.env.MEGAPHONE_CHROMIUM ||
  onPath('chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable') ||
  [playwrights.executablePath()].find(fs.existsSync);

export const firefox: Engine = {
  name: 'firefox',
  title: 'Firefox',
  installed: () => firefoxProgram() !== undefined,
  launch: (options) =>
    launch(options, { browser: 'firefox', executablePath: firefoxProgram(), protocol: 'webDriverBiDi' }),
};

export const chromium: Engine = {
  name: 'chromium',
  title: 'Chromium',
  installed: () => chromiumProgram() !== undefined,
  launch: (options) =>
    launch(options, {
      browser: 'chrome',
      executablePath: chromiumProgram(),
      args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking'],
    }),
};

async function launch({ acceptInsecureCerts = false }: LaunchOptions = {}, engine: PuppeteerOptions): Promise<Browser> {
  const browser = await puppeteer.launch({
    ...engine,
    headless: true,
    acceptInsecureCerts,
    defaultViewport: null,
    timeout: START_LIMIT,
  });
  const pid = browser.process()?.pid;
  if (pid) {
    began(pid);
    browser.process()?.once('exit', () => ended(pid));
  }
  return new PuppeteerEngine(browser, await browser.version());
}

class PuppeteerEngine implements Browser {
  constructor(
    private readonly browser: PuppeteerBrowser,
    readonly version: string,
  ) {}

  newTab = async () => new PuppeteerTab(await this.browser.newPage());
  tabs = async () => (await this.browser.pages()).map((page) => new PuppeteerTab(page));
  close = () => this.browser.close();

  async lookAway() {
    const other = await this.browser.newPage();
    await other.close();
  }
}

class PuppeteerTab implements Tab {
  constructor(private readonly page: Page) {}

  async goto(url: string) {
    await this.page.goto(url);
  }

  async reload() {
    await this.page.reload();
  }

  evaluate<T, A extends Json[]>(script: string | ((...args: A) => T | Promise<T>), ...args: A): Promise<T> {
    return this.page.evaluate(script as (...args: Json[]) => T, ...args) as Promise<T>;
  }

  async click(css: string, text?: string) {
    const element = await this.find(css, text);
    await element.click();
    await element.dispose();
  }

  async type(css: string, text: string) {
    const element = await this.find(css);
    await element.click({ count: 3 });
    await this.page.keyboard.press('Delete');
    await element.type(text);
    await element.dispose();
  }

  key = (key: Key) => this.page.keyboard.press(key);
  screenshot = async () => Buffer.from(await this.page.screenshot());
  size = (width: number, height: number) => this.page.setViewport({ width, height });
  close = () => this.page.close();

  async offline(offline: boolean) {
    await this.page.setOfflineMode(offline);
    return true;
  }

  private async find(css: string, text: string | null = null): Promise<ElementHandle<Element>> {
    const end = Date.now() + APPEARS;
    do {
      const handle = await this.page.evaluateHandle(findDeep, css, text);
      const element = handle.asElement();
      if (element) return element as ElementHandle<Element>;
      await new Promise((resolve) => setTimeout(resolve, 50));
    } while (Date.now() < end);
    throw new Error(`nothing visible matches ${css}${text === null ? '' : ` “${text}”`}`);
  }
}
