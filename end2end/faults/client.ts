// One page that meets a fault, with the profile that it lives in.
import type { Browser, BrowserContext, Page } from '@playwright/test';
import { signIn } from '../fixtures';
import { MegaphonePage, type Phase } from '../pages/MegaphonePage';
import { type Moment, moments, watch } from './reading';
import type { TcpProxy } from './tcp_proxy';

/** Where profiles come from. */
export type Profiles = Pick<Browser, 'newContext' | 'close'>;

/** What is done to a profile before the page is opened in it. */
export type Prepare = (context: BrowserContext) => Promise<unknown>;

export class Client {
  private constructor(
    private readonly browser: Profiles,
    /** Between this page and its server. */
    readonly server: TcpProxy,
    private readonly address: string,
    private readonly prepare: Prepare | undefined,
    public context: BrowserContext,
    public page: Page,
    public megaphone: MegaphonePage,
  ) {}

  /** Opens the portal in a profile of its own. */
  static async open(browser: Profiles, server: TcpProxy, address = server.url, prepare?: Prepare): Promise<Client> {
    const opened = await profile(browser, address, prepare);
    return new Client(browser, server, address, prepare, ...opened);
  }

  close = () => this.context.close();

  /** As after a restart of a browser that has forgotten every certificate a person accepted, and nothing else. */
  async forget() {
    const storageState = await this.context.storageState();
    await this.close();
    [this.context, this.page, this.megaphone] = await profile(this.browser, this.address, this.prepare, storageState);
  }

  submit = (endpoint: string) => this.megaphone.form.submit(endpoint, signIn);

  async connect(endpoint: string) {
    await this.submit(endpoint);
    await this.megaphone.expectPhase('connected', { timeout: 20_000 });
  }

  async openDialog() {
    if (!(await this.megaphone.dialog.root.isVisible())) await this.megaphone.openDialog();
  }

  async phase(): Promise<Phase> {
    return (await this.megaphone.button.getAttribute('data-phase')) as Phase;
  }

  /** What the page has said since then. */
  async since(moment: number): Promise<Moment[]> {
    return (await moments(this.page)).filter(({ at }) => at >= moment);
  }

  /** Waits up to `limit` ms until the newest word of the page is `wanted`; then takes what there is. */
  async verdict(since: number, limit: number, wanted: (moment: Moment) => boolean): Promise<Moment | undefined> {
    const end = Date.now() + limit;
    for (;;) {
      const newest = (await this.since(since)).findLast(({ cause }) => cause !== null);
      if ((newest && wanted(newest)) || Date.now() >= end) return newest;
      await this.page.waitForTimeout(100);
    }
  }

  /** The same, where what the page has gone on saying since before counts as well. */
  async current(since: number, limit: number, wanted: (moment: Moment) => boolean): Promise<Moment | undefined> {
    const end = Date.now() + limit;
    for (;;) {
      const newest = (await moments(this.page)).at(-1);
      if ((newest?.cause && newest.at >= since && wanted(newest)) || Date.now() >= end) return newest;
      await this.page.waitForTimeout(100);
    }
  }

  /** Waits up to `limit` ms for the connection; how many ms after `since` it stood, or undefined if it did not. */
  async back(since: number, limit: number): Promise<number | undefined> {
    const connected = this.megaphone.expectPhase('connected', { timeout: limit });
    if (!(await connected.then(() => true).catch(() => false))) return undefined;
    const all = await moments(this.page);
    const lost = all.findLast(({ phase }) => phase !== 'connected')?.at ?? since;
    const stood = all.find(({ at, phase }) => at > lost && phase === 'connected')?.at ?? since;
    return Math.max(0, stood - since);
  }

  /** The person comes back to the tab. Playwright keeps every page focused, so the browser's event is given by hand. */
  comeBack = () => this.page.evaluate(() => dispatchEvent(new Event('focus')));

  /** Past the browser's warning, as a person does who knows the word for it. */
  async accept(endpoint: string) {
    const tab = await this.context.newPage();
    await tab.goto(endpoint).catch(() => undefined);
    await tab.locator('#details-button').waitFor();
    await tab.keyboard.type('thisisunsafe');
    await tab.waitForURL(`${endpoint}/**`);
    await tab.close();
  }

  async signInAgain(endpoint: string) {
    await this.megaphone.dialog.close();
    await this.submit(endpoint);
  }
}

type StorageState = Awaited<ReturnType<BrowserContext['storageState']>>;

async function profile(
  browser: Profiles,
  address: string,
  prepare?: Prepare,
  storageState?: StorageState,
): Promise<[BrowserContext, Page, MegaphonePage]> {
  const context = await browser.newContext({ storageState });
  await prepare?.(context);
  const page = await context.newPage();
  await watch(page);
  const megaphone = new MegaphonePage(page);
  await megaphone.open(address);
  // Its server may go away from now on.
  await megaphone.expectWhole();
  return [context, page, megaphone];
}
