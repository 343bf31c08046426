// The portal in a tab: what the contracts promise of it, worked as a person would.
import { expect } from '@playwright/test';
import axe from 'axe-core';
import { type Moment, record } from '../faults/reading';
import { options, told } from '../fixtures/axe';
import { signIn } from '../fixtures/drp';
import type { Alarm, Phase } from '../pages/MegaphonePage';
import type { Tab } from './engine';

/** What the megaphone says. */
export interface Summary {
  phase: Phase;
  alarm: Alarm;
  code: number | null;
}

export class PortalPage {
  constructor(
    readonly tab: Tab,
    /** Where it is served. */
    readonly url: string,
  ) {}

  /** Opens the portal and waits until it can be used. */
  async open(address = '/') {
    await this.tab.goto(this.url + address);
    await this.ready();
  }

  async ready() {
    const ready = () => this.tab.evaluate(() => document.documentElement.dataset.ready ?? 'not yet');
    await expect.poll(ready, { message: 'the app is ready', timeout: 30_000 }).toBe('true');
  }

  async submit(endpoint: string, { user, password } = signIn) {
    await this.tab.type('#endpoint', endpoint);
    await this.tab.type('#user', user);
    await this.tab.type('#password', password);
    await this.tab.click('form#connect button[type=submit]');
  }

  /** Signs in and waits for the connection; from then on every change of what the page shows is noted. */
  async connect(endpoint: string) {
    await this.submit(endpoint);
    await this.phase('connected', 20_000);
    await this.watch();
  }

  /** Notes every change of what the page shows from now on. */
  watch = () => this.tab.evaluate(record);

  /** Every change of what the page showed, oldest first. */
  moments = () => this.tab.evaluate(() => JSON.stringify((window as Recorded).moments ?? [])).then(read<Moment[]>);

  /** The clock by which the moments are noted: no other program sets it meanwhile. */
  now = () => this.tab.evaluate(() => performance.timeOrigin + performance.now());

  summary = () =>
    this.tab
      .evaluate(() => JSON.stringify({ ...document.querySelector<HTMLElement>('#megaphone')?.dataset }))
      .then(read<{ phase: Phase; alarm: Alarm; closeCode?: string }>)
      .then(({ phase, alarm, closeCode }): Summary => ({ phase, alarm, code: closeCode ? Number(closeCode) : null }));

  /** Waits for a phase. */
  async phase(phase: Phase, timeout = 15_000) {
    await expect.poll(async () => (await this.summary()).phase, { message: 'the phase', timeout }).toBe(phase);
  }

  /** How many losses this tab has had. */
  losses = () =>
    this.tab.evaluate(() => Number(JSON.parse(sessionStorage.getItem('megaphone.losses') ?? '{"total":0}').total));

  async openDialog() {
    await this.tab.click('#megaphone');
    await expect.poll(() => this.dialogIsOpen()).toBe(true);
  }

  dialogIsOpen = () => this.tab.evaluate(() => document.querySelector('dialog')?.open ?? false);

  /** What a person reads in the dialog. */
  dialogText = () => this.tab.evaluate(() => document.querySelector<HTMLElement>('dialog')?.innerText ?? '');

  press = (name: string) => this.tab.click('button', name);

  /** The keys of the events that are shown, the newest first. */
  events = () =>
    this.tab.evaluate(() => [...document.querySelectorAll<HTMLElement>('.feed .event-key')].map(({ title }) => title));

  /** The losses of this tab that are kept, the newest last. */
  kept = () =>
    this.tab
      .evaluate(() => sessionStorage.getItem('megaphone.losses') ?? '{"losses":[]}')
      .then(read<{ losses: { code: number; cause: [string, string] | null; down: number | null }[] }>)
      .then(({ losses }) => losses);

  /** What axe has against the page. */
  async accessibility(): Promise<string[]> {
    if (!(await this.tab.evaluate(() => 'axe' in window))) await this.tab.evaluate(axe.source);
    // Halfway through a change of colours no contrast is what it will be.
    const moving = () => document.getAnimations().some((it) => it.effect?.getComputedTiming().endTime !== Infinity);
    await expect.poll(() => this.tab.evaluate(moving), { message: 'something moves' }).toBe(false);
    const results = await this.tab.evaluate(
      async (options) => JSON.stringify(await window.axe.run(JSON.parse(options))),
      JSON.stringify(options),
    );
    return told(read<axe.AxeResults>(results));
  }

  /** Marks the document; one that was loaded again has lost the mark. */
  mark = () => this.tab.evaluate(() => void Object.assign(window, { mark: true }));
  marked = () => this.tab.evaluate(() => 'mark' in window);
}

/** Has the connection back as a person would: by waiting, by signing in, by pressing the button; `true` where the person
 *  had to sign in, which begins anew. */
export async function comeBack(megaphone: PortalPage, endpoint: string): Promise<boolean> {
  const phase = async () => (await megaphone.summary()).phase;
  await expect
    .poll(phase, { timeout: 3_000 })
    .toBe('connected')
    .catch(() => undefined);
  if ((await phase()) === 'connected') return false;
  const signsIn = await megaphone.tab.evaluate(
    () => document.querySelector('form#connect')?.checkVisibility() ?? false,
  );
  if (signsIn) {
    await megaphone.submit(endpoint);
  } else {
    await megaphone.openDialog();
    // It may be back by itself before the button could be pressed.
    await megaphone.press('Retry now').catch(() => undefined);
    await megaphone.tab.key('Escape');
  }
  await megaphone.phase('connected', 45_000);
  return signsIn;
}

type Recorded = typeof window & { moments?: Moment[] };

const read = <T>(json: string) => JSON.parse(json) as T;
