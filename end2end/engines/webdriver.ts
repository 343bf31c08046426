// The few commands of W3C WebDriver that are needed, over plain HTTP.
import type { Json } from './engine';

/** Milliseconds. No command takes as long, not even the one that loads a page. */
const COMMAND_LIMIT = 60_000;

/** The key under which the protocol hands over an element. */
const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';

/** An element of the page that is in front. */
export type ElementReference = Record<typeof ELEMENT, string>;

/** A session with a driver: one browser. */
export class Session {
  private constructor(
    private readonly address: string,
    readonly capabilities: Record<string, Json>,
  ) {}

  static async start(driver: string, capabilities: Json): Promise<Session> {
    const body = { capabilities: { alwaysMatch: capabilities } };
    const { sessionId, capabilities: got } = await call<{ sessionId: string; capabilities: Record<string, Json> }>(
      'POST',
      `${driver}/session`,
      body,
    );
    return new Session(`${driver}/session/${sessionId}`, got);
  }

  get = <T>(path: string) => call<T>('GET', this.address + path);
  post = <T>(path: string, body: Json = {}) => call<T>('POST', this.address + path, body);
  delete = <T>(path = '') => call<T>('DELETE', this.address + path);

  /** Runs a function in the page; resolves with what it returns, or rejects with what it throws. */
  async run<T>(script: string, args: Json[]): Promise<T> {
    const source = `
      const done = arguments[arguments.length - 1];
      const run = async (...args) => (${script})(...args);
      run(...[].slice.call(arguments, 0, -1)).then((value) => done({ value }), (error) => done({ error: String(error) }));`;
    const answer = await this.post<{ value?: T; error?: string }>('/execute/async', { script: source, args });
    if (answer.error !== undefined) throw new Error(answer.error);
    return answer.value as T;
  }

  click = (element: ElementReference) => this.post(`/element/${element[ELEMENT]}/click`);

  async type(element: ElementReference, text: string) {
    // As a person does: in the field first, so that no suggestion comes between what is cleared and what is typed.
    await this.click(element);
    await this.post(`/element/${element[ELEMENT]}/clear`);
    await this.post(`/element/${element[ELEMENT]}/value`, { text });
  }
}

async function call<T>(method: string, url: string, body?: Json): Promise<T> {
  const sent =
    body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  const response = await fetch(url, { method, signal: AbortSignal.timeout(COMMAND_LIMIT), ...sent });
  const { value } = (await response.json()) as { value: T & { error?: string; message?: string } };
  if (!response.ok) throw new Error(`${method} ${new URL(url).pathname}: ${value.error} ${value.message}`);
  return value;
}
