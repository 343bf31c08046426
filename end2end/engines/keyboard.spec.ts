// The way through the dialog and back by keyboard alone.
import type { PortalPage } from './page';
import { signIn } from '../fixtures/drp';
import { expect, test } from './fixtures';

test('opens the dialog, closes it, and is where it was', async ({ megaphone, drp }) => {
  await megaphone.open();
  await megaphone.connect(drp.url);
  await focusMegaphone(megaphone);
  await megaphone.tab.key('Enter');
  await expect.poll(() => focused(megaphone)).toBe('connection-dialog-title');
  await megaphone.tab.key('Escape');
  await expect.poll(() => megaphone.dialogIsOpen()).toBe(false);
  await expect.poll(() => focused(megaphone)).toBe('megaphone');
});

test('signs in by Enter', async ({ megaphone, drp }) => {
  const { tab } = megaphone;
  await megaphone.open();
  await tab.type('#endpoint', drp.url);
  await tab.type('#user', signIn.user);
  // The caret is in the field that was filled last.
  await tab.type('#password', signIn.password);
  await tab.evaluate(() => document.querySelector<HTMLElement>('#password')?.focus());
  await tab.key('Enter');
  await megaphone.phase('connected');
});

test('closes the dialog by its button, and is where it was', async ({ megaphone, drp }) => {
  await megaphone.open();
  await megaphone.connect(drp.url);
  await megaphone.openDialog();
  await megaphone.tab.click('dialog [aria-label="Close"]');
  await expect.poll(() => megaphone.dialogIsOpen()).toBe(false);
  await expect.poll(() => focused(megaphone)).toBe('megaphone');
});

test('is where it was, also after Tab has gone all the way round', async ({ engineName, megaphone, drp }) => {
  await megaphone.open();
  await megaphone.connect(drp.url);
  await focusMegaphone(megaphone);
  await megaphone.tab.key('Enter');
  await expect.poll(() => focused(megaphone)).toBe('connection-dialog-title');
  const controls = await megaphone.tab.evaluate(
    () => document.querySelectorAll('dialog :is(a[href], button, summary, input, [tabindex="0"])').length,
  );
  let left = false;
  for (let presses = 0; presses < controls + 4; presses++) {
    await megaphone.tab.key('Tab');
    left ||= await megaphone.tab.evaluate(() => document.activeElement === document.body || !document.hasFocus());
  }
  // From the last control Firefox goes on to its own bar.
  if (engineName === 'firefox') expect(left, 'the focus has left the page').toBe(true);
  await megaphone.tab.key('Escape');
  await expect.poll(() => megaphone.dialogIsOpen()).toBe(false);
  await expect.poll(() => focused(megaphone)).toBe('megaphone');
});

/** Nothing of a page that was just loaded has the focus, and the megaphone is the first thing on it. */
async function focusMegaphone(megaphone: PortalPage) {
  await megaphone.tab.reload();
  await megaphone.ready();
  await megaphone.phase('connected');
  await megaphone.tab.key('Tab');
  expect(await focused(megaphone)).toBe('megaphone');
}

const focused = ({ tab }: PortalPage) => tab.evaluate(() => document.activeElement?.id ?? '');
