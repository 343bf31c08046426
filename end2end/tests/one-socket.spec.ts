// At most one live socket, in the page too: whatever is pressed, wherever from, the endpoint counts one open socket while
// the portal says that it is connected, and none otherwise.
import type { BrowserContext, Page } from '@playwright/test';
import { expect, signIn, test } from '../fixtures';
import type { Drp } from '../fixtures/drp';
import type { MegaphonePage, Phase } from '../pages/MegaphonePage';

const PRESSES = {
  'Stop trying': /^(Stop trying|Disconnect)$/,
  'Retry now': /^(Retry now|Check connection|Resume)$/,
  'Sign out': /^Sign out$/,
  Connect: /^(Connect|Sign in)$/,
};

type Press = keyof typeof PRESSES;

const NAMES = Object.keys(PRESSES) as Press[];

/** Where the portal rests once one of them was pressed: without a press it would be connected. */
const RESTS: Record<Press, Phase> = {
  'Stop trying': 'stopped',
  'Retry now': 'connected',
  'Sign out': 'idle',
  Connect: 'connected',
};

/** Signed out, the portal has an endpoint and nothing to sign in with: a retry from there ends with a person being asked. */
const restsAfter = (press: Press, phase: Phase): Phase =>
  phase === 'idle' && press === 'Retry now' ? 'needs-you' : RESTS[press];

/** A phase that the portal enters from a standing connection. */
interface Entry {
  enter: (drp: Drp, context: BrowserContext) => Promise<unknown>;
  /** The press from inside the first change to `waiting` that leads on to the phase. */
  by?: Press;
}

const cut: Entry = { enter: (drp) => drp.cut('reset') };

/**
 * Every phase, and how it is entered. What an event's listener finds on the page was drawn before the change, so each of the
 * four buttons can be pressed from inside each change: where the connection has just been lost, those of the connection that
 * stood. A press leads to `idle` and `stopped`; it comes from inside another change, as no button can be pressed from inside
 * its own press.
 */
const ENTRIES: Record<Phase, Entry> = {
  connecting: cut,
  connected: cut,
  waiting: cut,
  idle: { ...cut, by: 'Sign out' },
  stopped: { ...cut, by: 'Stop trying' },
  offline: {
    enter: async (drp, context) => {
      await context.setOffline(true);
      await drp.cut('reset');
    },
  },
  // By this code the endpoint asks for a new sign-in. The token goes on working, so that a retry is enough.
  'needs-you': { enter: (drp) => drp.close(3000) },
};

/**
 * The phases that last, and which of the buttons the dialog and the page behind it show in each. What is not named is not
 * there: signed out, there is no connection to stop, to retry or to sign out of; where nothing is tried before the person
 * comes back, and where everything has been stopped, there is nothing to stop; the form is hidden unless a sign-in is missing.
 */
const LASTING: [phase: Phase, shows: Partial<Record<Press, RegExp>>][] = [
  ['idle', { Connect: /^Connect$/ }],
  ['offline', { 'Stop trying': /^Stop trying$/, 'Retry now': /^Retry now$/, 'Sign out': /^Sign out$/ }],
  ['needs-you', { 'Retry now': /^Retry now$/, 'Sign out': /^Sign out$/, Connect: /^Sign in$/ }],
  ['stopped', { 'Retry now': /^Resume$/, 'Sign out': /^Sign out$/ }],
];

type WithPress = typeof window & { press: (label: string) => boolean; presses: { made: number } };

/** Connects, opens the dialog, and gives the page `press`. Resolves with how many tokens have been asked for. */
async function begin(megaphone: MegaphonePage, drp: Drp): Promise<number> {
  await megaphone.open();
  await megaphone.connect(drp.url);
  // Only the dialog has every button that there is.
  await megaphone.openDialog();
  // What is still to be fetched would not come once the network is away.
  await megaphone.expectWhole();
  await megaphone.page.evaluate((password) => {
    // Presses the first button with such a label, and tells whether there is one.
    const press = (source: string) => {
      const label = new RegExp(source);
      const button = [...document.querySelectorAll('button')].find((it) => label.test(it.textContent.trim()));
      if (!button) return false;
      // The form clears its secret when a connection stands, and takes no press without one.
      const secret = button.form?.querySelector<HTMLInputElement>('input[type=password]');
      if (button.type === 'submit' && secret) secret.value = password;
      button.click();
      return true;
    };
    Object.assign(window, { press });
  }, signIn.password);
  return (await drp.state()).token_requests;
}

/** Presses a button so many times, all in one task of the page. */
const press = (page: Page, label: RegExp, times: number) =>
  page.evaluate(
    ([source, times]) => {
      for (let made = 0; made < times; made += 1)
        if (!(window as unknown as WithPress).press(source)) throw new Error(`no button ${source}`);
    },
    [label.source, times] as const,
  );

/**
 * Presses a button from inside the event, each time the portal comes to this phase, so many times at the most. The function
 * returned tells how many presses there were.
 */
async function pressWithin({ page }: MegaphonePage, phase: Phase, label: RegExp, times: number, by?: RegExp) {
  await page.evaluate(
    ([phase, source, times, by]) => {
      const { press } = window as unknown as WithPress;
      const presses = { made: 0 };
      Object.assign(window, { presses });
      let leads = by;
      addEventListener('connectionchange', (event) => {
        const here = (event as CustomEvent).detail.phase;
        if (leads && here === 'waiting') {
          press(leads);
          leads = undefined;
        } else if (here === phase && presses.made < times && press(source)) {
          presses.made += 1;
        }
      });
    },
    [phase, label.source, times, by?.source] as const,
  );
  return () => page.evaluate(() => (window as unknown as WithPress).presses.made);
}

/** In milliseconds, more than the longest wait before a first retry, which is half a second. */
const QUIET = 750;

/** What the portal says when it rests, and what the endpoint counts then. */
const AT_REST = /^(connected: 1|(idle|stopped|needs-you): 0)$/;
/** The same while there is no network, where the portal may go on trying. */
const WITHOUT_NETWORK = /^(connected: 1|(?!connected)[a-z-]+: 0)$/;

/** Waits until the portal rests, and holds the endpoint's count against what it says. */
async function expectOneSocketOrNone({ button }: MegaphonePage, drp: Drp, count = AT_REST) {
  const settled = async () => {
    const phase = await button.getAttribute('data-phase');
    const { sockets_open } = await drp.state();
    return `${phase}: ${sockets_open}`;
  };
  await expect.poll(settled, { timeout: 20_000 }).toMatch(count);
  // What was let go too late would show once no try has been made for longer than a retry waits.
  let attempts = NaN;
  const rests = async () => {
    const before = attempts;
    attempts = (await drp.state()).upgrade_attempts;
    return attempts === before;
  };
  await expect.poll(rests, { timeout: 20_000, intervals: [QUIET] }).toBe(true);
  expect(await settled()).toMatch(count);
}

/** Counts the sockets after a press in this phase, and after a restart of the endpoint. `tokens` were asked for before. */
async function expectAfter(megaphone: MegaphonePage, drp: Drp, name: Press, phase: Phase, tokens: number) {
  if (phase === 'offline') {
    await expectOneSocketOrNone(megaphone, drp, WITHOUT_NETWORK);
    await megaphone.page.context().setOffline(false);
  }
  await expectOneSocketOrNone(megaphone, drp);
  await drp.restart(200, 'reset');
  await expectOneSocketOrNone(megaphone, drp);
  await megaphone.expectPhase(restsAfter(name, phase));
  // A retry goes by the token that is there: only a new sign-in asks for one.
  const asked = (await drp.state()).token_requests - tokens;
  expect(asked > 0, `${asked} tokens asked for`).toBe(name === 'Connect');
}

for (const [phase, { enter, by }] of Object.entries(ENTRIES) as [Phase, Entry][]) {
  for (const name of NAMES) {
    test(`${name} from inside the change to ${phase} leaves no socket over`, async ({ megaphone, drp, context }) => {
      const tokens = await begin(megaphone, drp);
      // Without a network a press leads to a try that fails at once, and each of these to a longer wait afterwards.
      const times = phase === 'offline' ? 1 : 3;
      const presses = await pressWithin(megaphone, phase, PRESSES[name], times, by && PRESSES[by]);
      await enter(drp, context);
      // Until the page has noticed, it says that it is connected, and so does the endpoint.
      await expect.poll(presses, { timeout: 20_000 }).toBeGreaterThan(0);
      await expectAfter(megaphone, drp, name, phase, tokens);
    });
  }
}

for (const [phase, shows] of LASTING) {
  for (const [name, label] of Object.entries(shows) as [Press, RegExp][]) {
    test(`${name}, pressed three times at once while ${phase}, leaves no socket over`, async ({
      megaphone,
      drp,
      page,
      context,
    }) => {
      const tokens = await begin(megaphone, drp);
      const { enter, by } = ENTRIES[phase];
      await (by ? press(page, PRESSES[by], 1) : enter(drp, context));
      await megaphone.expectPhase(phase);
      const shown = (label: RegExp) => page.locator('button').filter({ hasText: label, visible: true });
      for (const name of NAMES) {
        const here = shows[name];
        if (here) await expect(shown(here), name).not.toHaveCount(0);
        else await expect(shown(PRESSES[name]), name).toHaveCount(0);
      }
      await press(page, label, 3);
      await expectAfter(megaphone, drp, name, phase, tokens);
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
