// The form that connects, by the labels that a person reads.
import type { Locator } from '@playwright/test';
import { mouse, type Input } from './input';

export class ConnectForm {
  readonly endpoint: Locator;
  readonly user: Locator;
  readonly password: Locator;
  readonly token: Locator;
  /** What is said of a sign-in that the endpoint refused. */
  readonly refused: Locator;

  constructor(
    readonly root: Locator,
    private readonly input: Input = mouse,
  ) {
    this.endpoint = root.getByLabel('Endpoint', { exact: true });
    this.user = root.getByLabel('User', { exact: true });
    this.password = root.getByLabel('Password', { exact: true });
    this.token = root.getByRole('textbox', { name: 'Token' }).or(root.locator('input#token'));
    this.refused = root.getByRole('alert');
  }

  /** Fills in user and password, and sends the form. */
  async submit(endpoint: string, { user, password }: { user: string; password: string }) {
    await this.input.type(this.endpoint, endpoint);
    await this.input.type(this.user, user);
    await this.input.type(this.password, password);
    await this.send();
  }

  /** Signs in with a token in place of user and password. */
  async submitToken(endpoint: string, token: string) {
    await this.endpoint.fill(endpoint);
    await this.root.getByRole('radio', { name: 'Token' }).check({ force: true });
    await this.token.fill(token);
    await this.send();
  }

  async send() {
    await this.input.press(this.root.getByRole('button', { name: /^(Connect|Sign in)$/ }));
  }
}
