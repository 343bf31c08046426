// The megaphone itself: what it shows when, what a screen reader hears, and that it never cries wolf.
import { expect, signIn, test } from '../fixtures';
import type { Change } from '../pages/MegaphonePage';

const polite = 'div.sr-only[aria-live="polite"]:not(dialog *)';
const assertive = 'div.sr-only[aria-live="assertive"]:not(dialog *)';

/** Once a cause is known, it is said too. */
const KEEPS_TRYING = /^Unable to access DRP\.( .+\.)? The portal keeps trying\.$/;

test('each phase has its attributes, from idle over a slow try to connected, paused and back', async ({
  megaphone,
  drp,
  page,
}) => {
  await megaphone.open();
  await megaphone.expectPhase('idle');
  await megaphone.expectAlarm('calm');
  await expect(megaphone.button).not.toHaveAttribute('data-close-code');
  await drp.fault({ id: 'no-answer', stage: 'upgrade' });
  const changes = await megaphone.watchChanges();
  await megaphone.form.submit(drp.url, signIn);
  await megaphone.expectPhase('connecting');
  await megaphone.expectAlarm('amber');
  await drp.heal();
  await megaphone.openDialog();
  await megaphone.dialog.button('Disconnect').click();
  await megaphone.expectPhase('stopped');
  await expect.poll(async () => (await drp.state()).sockets_open).toBe(0);
  await megaphone.dialog.button('Resume').click();
  await megaphone.expectPhase('connected');
  await megaphone.expectAlarm('calm');
  await megaphone.dialog.close();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await megaphone.expectPhase('idle');
  const [first, second] = await changes();
  expect(first).toMatchObject({ phase: 'connecting', alarm: 'calm', closeCode: null, attempt: 1 });
  expect(second, 'a first try that is merely slow is amber after a second').toMatchObject({ alarm: 'amber' });
  expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThan(950);
});

test('a loss is amber at once, red after a second, and a shown alarm stays three', async ({ megaphone, drp }) => {
  await megaphone.open();
  await megaphone.connect(drp.url);
  const changes = await megaphone.watchChanges();
  await drp.fault({ id: 'slow', delay_ms: 2500, cut: true });
  await megaphone.expectAlarm('red');
  await megaphone.expectAlarm('calm');
  const seen = await changes();
  const when = (alarm: string) => seen.find((change) => change.alarm === alarm)?.at ?? NaN;
  const calm = seen.findLast((change: Change) => change.alarm === 'calm')?.at ?? NaN;
  expect(seen[0]).toMatchObject({ phase: 'waiting', alarm: 'amber', closeCode: 1006, attempt: 1 });
  expect(when('red') - when('amber')).toBeGreaterThan(900);
  expect(when('red') - when('amber')).toBeLessThan(2000);
  expect(calm - when('red')).toBeGreaterThan(2900);
  expect(calm - when('red')).toBeLessThan(6000);
});

test('the first retry that fails turns it red without waiting for the second to pass', async ({ megaphone, drp }) => {
  await megaphone.open();
  await megaphone.connect(drp.url);
  const changes = await megaphone.watchChanges();
  await drp.stop();
  await megaphone.expectAlarm('red');
  const seen = await changes();
  const red = seen.find((change) => change.alarm === 'red');
  expect(seen[0]).toMatchObject({ phase: 'waiting', alarm: 'amber', attempt: 1 });
  expect(red).toMatchObject({ phase: 'waiting', closeCode: 1006, attempt: 2 });
  // The first retry waits half a second at the most, and a closed port refuses it at once; the grace alone takes a second.
  expect((red?.at ?? NaN) - (seen[0]?.at ?? NaN)).toBeLessThan(900);
});

test('a loss that is made good at once is never red', async ({ megaphone, drp }) => {
  await megaphone.open();
  await megaphone.connect(drp.url);
  const changes = await megaphone.watchChanges();
  await drp.cut();
  await expect.poll(async () => (await changes()).at(-1)).toMatchObject({ phase: 'connected', alarm: 'calm' });
  expect((await changes()).map((change) => change.alarm)).not.toContain('red');
});

test('a countdown says when the next try comes, and Retry now does not wait for it', async ({ megaphone, drp }) => {
  await megaphone.open();
  await megaphone.connect(drp.url);
  await drp.close(1013);
  await megaphone.openDialog();
  const countdown = megaphone.dialog.root.locator('[data-countdown]');
  await expect(countdown).toHaveText(/^Next try in (1 min( \d+ s)?|5\d s), by itself$/);
  const shown = await countdown.innerText();
  await expect(countdown).not.toHaveText(shown);
  const live = '[aria-live], [role=status], [role=alert], [role=timer]';
  expect(await countdown.evaluate((element, live) => element.closest(live), live)).toBeNull();
  await megaphone.dialog.button('Retry now').click();
  await megaphone.expectPhase('connected');
});

test('while the portal tries, screen readers hear it politely, and that it is over', async ({
  megaphone,
  drp,
  page,
}) => {
  await megaphone.open();
  await expect(page.locator(polite)).toHaveText('');
  await expect(page.locator(assertive)).toHaveText('');
  await megaphone.connect(drp.url);
  await drp.stop();
  await expect(page.locator(polite)).toHaveText(KEEPS_TRYING);
  await expect(page.locator(assertive)).toHaveText('');
  await drp.start();
  await expect(page.locator(polite)).toHaveText(/^Connected again after/, { timeout: 20_000 });
  await expect(page.locator(polite)).toHaveText('', { timeout: 15_000 });
});

test('while the dialog is open it is said in there, since nobody hears what is behind it', async ({
  megaphone,
  drp,
}) => {
  await megaphone.open();
  await megaphone.connect(drp.url);
  await megaphone.openDialog();
  const polite = megaphone.dialog.root.locator('div.sr-only[aria-live="polite"]');
  await expect(polite).toHaveText('');
  await drp.stop();
  await expect(polite).toHaveText(KEEPS_TRYING);
  await drp.start();
  await expect(polite).toHaveText(/^Connected again after/, { timeout: 20_000 });
});

test('that a person is needed is said at once, with what for', async ({ megaphone, drp, page }) => {
  await megaphone.open();
  await megaphone.connect(drp.url);
  await drp.fault({ id: 'token-expired' });
  await megaphone.expectPhase('needs-you');
  await megaphone.expectAlarm('red');
  await expect(page.locator(assertive)).toHaveText(
    /^Unable to access DRP\. Your sign-in has run out\. Sign in to connect\./,
  );
  await expect(page.locator(polite)).toHaveText('');
  await expect(megaphone.dialog.root).not.toBeVisible();
});

test('leaving, reloading and coming back alarm nobody', async ({ megaphone, drp, page }) => {
  // Kept where a page that is going away can still write, and the next one can read.
  await page.addInitScript(() => {
    addEventListener('connectionchange', (event) => {
      const { phase, alarm, closeCode } = (event as CustomEvent).detail;
      sessionStorage.setItem('seen', `${sessionStorage.getItem('seen') ?? ''}${phase}:${alarm}:${closeCode} `);
    });
  });
  await megaphone.open();
  await megaphone.connect(drp.url);
  await page.reload();
  await megaphone.expectPhase('connected');
  await page.goto('about:blank');
  await page.goBack();
  await megaphone.expectPhase('connected');
  await page.evaluate(() => {
    dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
  });
  await drp.cut();
  await expect.poll(async () => (await drp.state()).sockets_open).toBe(0);
  await page.evaluate(() => dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })));
  await expect.poll(async () => (await drp.state()).sockets_open).toBe(1);
  await megaphone.expectPhase('connected');
  const seen = await page.evaluate(() => sessionStorage.getItem('seen') ?? '');
  expect(seen).toContain('connected:calm');
  // A try that takes longer than a second is amber, on a busy machine; but nothing was lost.
  expect(seen).not.toMatch(/red|waiting|100\d/);
});

test('it flashes three times, once a second, and not at all where motion is unwanted', async ({
  megaphone,
  drp,
  page,
}) => {
  await megaphone.open();
  await megaphone.connect(drp.url);
  const flashing = () =>
    megaphone.button.evaluate((button) => button.getAnimations().map((it) => it.effect?.getComputedTiming()));
  expect(await flashing()).toEqual([]);
  await drp.stop();
  await megaphone.expectAlarm('red');
  const [timing] = await flashing();
  expect(Number(timing?.duration)).toBeGreaterThanOrEqual(1000);
  expect(Number(timing?.activeDuration)).toBeLessThanOrEqual(3000);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  expect(await flashing()).toEqual([]);
  await page.emulateMedia({ reducedMotion: 'no-preference' });
  await expect.poll(flashing, { timeout: 8000 }).toEqual([]);
  await megaphone.expectAlarm('red');
});
