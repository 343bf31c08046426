// At most one live socket, in the page too: whatever is pressed, wherever from, the endpoint counts one open socket while
// the portal says that it is connected, and none otherwise.
import { expect, signIn, test } from '../fixtures';
import type { Drp } from '../fixtures/drp';
import type { MegaphonePage, Phase } from '../pages/MegaphonePage';

const PRESSES = {
  'Stop trying': /^(Stop trying|Disconnect)$/,
  'Retry now': /^(Retry now|Check connection|Resume)$/,
  'Sign out': /^Sign out$/,
  Connect: /^(Connect|Sign in)$/,
};

/** Where the portal rests once one of them was pressed: without a press it would be connected. */
const RESTS: Record<keyof typeof PRESSES, Phase> = {
  'Stop trying': 'stopped',
  'Retry now': 'connected',
  'Sign out': 'idle',
  Connect: 'connected',
};

/**
 * Presses a button from inside the event, each time the portal comes to this phase, three times at the most. The function
 * returned tells how many presses there were.
 */
async function pressWithin({ page }: MegaphonePage, phase: Phase, label: RegExp) {
  await page.evaluate(
    ([phase, source, password]) => {
      const presses = { made: 0 };
      Object.assign(window, { presses });
      addEventListener('connectionchange', (event) => {
        if ((event as CustomEvent).detail.phase !== phase || presses.made === 3) return;
        const label = new RegExp(source);
        const button = [...document.querySelectorAll('button')].find((it) => label.test(it.textContent.trim()));
        if (!button) return;
        // The form clears its secret when a connection stands, and takes no press without one.
        const secret = document.querySelector<HTMLInputElement>('#password');
        if (button.type === 'submit' && secret) secret.value = password;
        presses.made += 1;
        button.click();
      });
    },
    [phase, label.source, signIn.password] as const,
  );
  return () => page.evaluate(() => (window as unknown as { presses: { made: number } }).presses.made);
}

/** In milliseconds, more than the longest wait before a first retry, which is half a second. */
const QUIET = 750;

/** Waits until the portal rests, and holds the endpoint's count against what it says. */
async function expectOneSocketOrNone({ button }: MegaphonePage, drp: Drp) {
  const settled = async () => {
    const phase = await button.getAttribute('data-phase');
    const { sockets_open } = await drp.state();
    return `${phase}: ${sockets_open}`;
  };
  await expect.poll(settled, { timeout: 20_000 }).toMatch(/^(connected: 1|(idle|stopped|needs-you): 0)$/);
  // What was let go too late would show once no try has been made for longer than a retry waits.
  let attempts = NaN;
  const rests = async () => {
    const before = attempts;
    attempts = (await drp.state()).upgrade_attempts;
    return attempts === before;
  };
  await expect.poll(rests, { timeout: 20_000, intervals: [QUIET] }).toBe(true);
  expect(await settled()).toMatch(/^(connected: 1|(idle|stopped|needs-you): 0)$/);
}

for (const name of Object.keys(PRESSES) as (keyof typeof PRESSES)[]) {
  const label = PRESSES[name];
  for (const phase of ['connecting', 'connected', 'waiting'] as const) {
    test(`${name} from inside the change to ${phase} leaves no socket over`, async ({ megaphone, drp }) => {
      await megaphone.open();
      await megaphone.connect(drp.url);
      // Only the dialog has every button in every phase.
      await megaphone.openDialog();
      const { token_requests } = await drp.state();
      const presses = await pressWithin(megaphone, phase, label);
      await drp.cut('reset');
      // Until the page has noticed, it says that it is connected, and so does the endpoint.
      await expect.poll(presses, { timeout: 20_000 }).toBeGreaterThan(0);
      await expectOneSocketOrNone(megaphone, drp);
      await drp.restart(200, 'reset');
      await expectOneSocketOrNone(megaphone, drp);
      await megaphone.expectPhase(RESTS[name]);
      // A retry goes by the token that is there: only who signs in anew asks for one.
      const asked = (await drp.state()).token_requests - token_requests;
      expect(asked > 0, `${asked} tokens asked for`).toBe(name === 'Connect');
    });
  }
}

test('a password whose endpoint hangs and comes back while the checks run opens one socket', async ({
  megaphone,
  drp,
}) => {
  test.slow();
  await megaphone.open();
  await drp.fault({ id: 'no-answer', stage: 'tcp' });
  await megaphone.form.submit(drp.url, signIn);
  // The request for a token has its limit, and so has the socket: the checks begin after both. The code stays, while the
  // wait before the next try is too short to be seen for certain.
  await expect(megaphone.button).toHaveAttribute('data-close-code', '1006', { timeout: 40_000 });
  await drp.heal();
  await expect(megaphone.button).toHaveAttribute('data-phase', 'connected', { timeout: 40_000 });
  await megaphone.page.evaluate(() => dispatchEvent(new Event('focus')));
  await expectOneSocketOrNone(megaphone, drp);
});

test('two hundred presses in twenty seconds leave one socket or none', async ({ megaphone, drp }) => {
  test.slow();
  await megaphone.open();
  await megaphone.connect(drp.url);
  await megaphone.openDialog();
  const labels = [PRESSES['Stop trying'], PRESSES['Retry now']].map(({ source }) => source);
  const pressing = megaphone.page.evaluate(async (labels) => {
    // A fixed sequence, so that a failure can be run again.
    let random = 20_261_126;
    for (let press = 0; press < 200; press += 1) {
      random = (random * 1_103_515_245 + 12_345) % 2_147_483_648;
      const label = new RegExp(labels[random % labels.length] ?? '');
      const button = [...document.querySelectorAll('button')].find((it) => label.test(it.textContent.trim()));
      button?.click();
      await new Promise((resolve) => setTimeout(resolve, random % 190));
    }
  }, labels);
  for (let cut = 0; cut < 8; cut += 1) {
    await drp.cut('reset');
    await megaphone.page.waitForTimeout(2_000);
  }
  await pressing;
  await expectOneSocketOrNone(megaphone, drp);
});
