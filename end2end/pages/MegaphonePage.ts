// The parts of every page that the contracts promise: the megaphone, its dialog, and the word that the app is ready.
import { expect, type Locator, type Page } from '@playwright/test';
import { signIn } from '../fixtures/drp';
import { ConnectForm } from './ConnectForm';
import { Dialog } from './Dialog';
import { mouse, type Input } from './input';

export type Phase = 'idle' | 'connecting' | 'connected' | 'waiting' | 'offline' | 'needs-you' | 'stopped';
export type Alarm = 'calm' | 'amber' | 'red';

/** The detail of a `connectionchange` event, and when it came by the page's own clock. */
export interface Change {
  phase: Phase;
  alarm: Alarm;
  closeCode: number | null;
  attempt: number;
  at: number;
}

export class MegaphonePage {
  readonly button: Locator;
  readonly dialog: Dialog;
  readonly form: ConnectForm;

  constructor(
    readonly page: Page,
    readonly input: Input = mouse,
  ) {
    this.button = page.locator('button#megaphone');
    this.dialog = new Dialog(page.locator('dialog#connection-dialog'), input);
    this.form = new ConnectForm(page.locator('form#connect'), input);
  }

  /** Opens an address of the app and waits until it can be used. */
  async open(address = '/') {
    await this.page.goto(address);
    await this.expectReady();
  }

  async expectReady() {
    await expect(this.page.locator('html')).toHaveAttribute('data-ready', 'true');
  }

  /** Waits until every part of the program has come, the last of them unseen. */
  async expectWhole() {
    await this.expectReady();
    await this.page.waitForFunction(() =>
      performance.getEntriesByType('resource').some(({ name }) => name.includes('/portal_report-')),
    );
  }

  /** Signs in through the form; resolves when the connection stands. */
  async connect(endpoint: string, { user, password } = signIn) {
    await this.form.submit(endpoint, { user, password });
    await this.expectPhase('connected');
  }

  async openDialog() {
    await this.input.press(this.button);
    await expect(this.dialog.root).toBeVisible();
  }

  async expectPhase(phase: Phase, options?: { timeout: number }) {
    await expect(this.button).toHaveAttribute('data-phase', phase, options);
  }

  async expectAlarm(alarm: Alarm, options?: { timeout: number }) {
    await expect(this.button).toHaveAttribute('data-alarm', alarm, options);
  }

  /** Starts to note every `connectionchange`; the function returned tells what there was since. */
  async watchChanges(): Promise<() => Promise<Change[]>> {
    await this.page.evaluate(() => {
      const changes: object[] = [];
      Object.assign(window, { changes });
      addEventListener('connectionchange', (event) =>
        changes.push({ ...(event as CustomEvent).detail, at: performance.now() }),
      );
    });
    return () => this.page.evaluate(() => (window as unknown as { changes: Change[] }).changes);
  }

  /** Marks the page as it stands; a page that was loaded again has lost the mark. */
  async mark() {
    await this.page.evaluate(() => Object.assign(window, { mark: 'still here' }));
  }

  async expectNotReloaded() {
    expect(await this.page.evaluate(() => 'mark' in window), 'the page was not loaded again').toBe(true);
  }
}
