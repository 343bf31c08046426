// The parts of every page that the contracts promise: the megaphone, its dialog, and the word that the app is ready.
import { expect, type Locator, type Page } from '@playwright/test';
import { signIn } from '../fixtures/drp';

export type Phase = 'idle' | 'connecting' | 'connected' | 'waiting' | 'offline' | 'needs-you' | 'stopped';
export type Alarm = 'calm' | 'amber' | 'red';

export class MegaphonePage {
  readonly button: Locator;
  readonly dialog: Locator;

  constructor(readonly page: Page) {
    this.button = page.locator('button#megaphone');
    this.dialog = page.locator('dialog#connection-dialog');
  }

  /** Opens an address of the app and waits until it can be used. */
  async open(address = '/') {
    await this.page.goto(address);
    await expect(this.page.locator('html')).toHaveAttribute('data-ready', 'true');
  }

  /** Signs in through the form; resolves when the connection stands. */
  async connect(endpoint: string, { user, password } = signIn) {
    const form = this.page.locator('form#connect');
    await form.getByLabel('Endpoint', { exact: true }).fill(endpoint);
    await form.getByLabel('User', { exact: true }).fill(user);
    await form.getByLabel('Password', { exact: true }).fill(password);
    await form.getByRole('button', { name: 'Connect' }).click();
    await this.expectPhase('connected');
  }

  async openDialog() {
    await this.button.click();
    await expect(this.dialog).toBeVisible();
  }

  async expectPhase(phase: Phase) {
    await expect(this.button).toHaveAttribute('data-phase', phase);
  }

  async expectAlarm(alarm: Alarm) {
    await expect(this.button).toHaveAttribute('data-alarm', alarm);
  }
}
