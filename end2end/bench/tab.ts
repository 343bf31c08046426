// One tab of the browser, and what is asked of the page in it.
import type CDP from 'chrome-remote-interface';

const ANSWER_LIMIT = 60_000;

export class Tab {
  constructor(
    private readonly client: CDP.Client,
    private readonly session: string,
    private readonly context: string,
  ) {}

  /** Sets its size, and what runs in its pages before their own scripts. */
  async prepare(source: string) {
    await this.client.send('Page.enable', undefined, this.session);
    const size = { width: 1280, height: 800, deviceScaleFactor: 1, mobile: false };
    await this.client.send('Emulation.setDeviceMetricsOverride', size, this.session);
    await this.client.send('Emulation.setFocusEmulationEnabled', { enabled: true }, this.session);
    await this.client.send('Page.addScriptToEvaluateOnNewDocument', { source }, this.session);
  }

  /** Makes its CPU so many times slower. */
  async slowDown(rate: number) {
    await this.client.send('Emulation.setCPUThrottlingRate', { rate }, this.session);
  }

  /** Goes to an address; resolves when the page has begun. */
  async open(url: string) {
    const { errorText } = await this.client.send('Page.navigate', { url }, this.session);
    if (errorText) throw new Error(`${url}: ${errorText}`);
  }

  /** What an expression comes to in the page; a promise is waited for. */
  async ask<Answer>(expression: string): Promise<Answer> {
    const asked = this.client.send(
      'Runtime.evaluate',
      { expression, awaitPromise: true, returnByValue: true },
      this.session,
    );
    const { result, exceptionDetails } = await inTime(asked, expression);
    if (exceptionDetails) {
      throw new Error(`${expression}: ${exceptionDetails.exception?.description ?? exceptionDetails.text}`);
    }
    return result.value as Answer;
  }

  /** Presses the middle of an element as a mouse does. */
  async press(css: string) {
    const middle = `(({ x, y, width, height }) => [x + width / 2, y + height / 2])(document.querySelector('${css}').getBoundingClientRect())`;
    const [x, y] = await this.ask<[number, number]>(middle);
    for (const type of ['mousePressed', 'mouseReleased'] as const) {
      await this.client.send('Input.dispatchMouseEvent', { type, x, y, button: 'left', clickCount: 1 }, this.session);
    }
  }

  async close() {
    await this.client.send('Target.disposeBrowserContext', { browserContextId: this.context });
  }
}

/** Fails where nothing comes in time, and says what was waited for. */
async function inTime<T>(answer: Promise<T>, what: string): Promise<T> {
  let limit: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const fail = () => reject(new Error(`the page did not answer in ${ANSWER_LIMIT / 1_000} s: ${what}`));
    limit = setTimeout(fail, ANSWER_LIMIT);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(limit);
  }
}
