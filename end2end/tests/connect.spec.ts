// The way in: what may be typed, what is said when it does not work, and what is remembered of it.
import { expect, signIn, test } from '../fixtures';

/** The token that the endpoint gives out for the password. */
async function tokenOf(endpoint: string): Promise<string> {
  const authorization = `Basic ${btoa(`${signIn.user}:${signIn.password}`)}`;
  const answer = await fetch(`${endpoint}/api/v3/users/${signIn.user}/token?ttl=600`, { headers: { authorization } });
  return ((await answer.json()) as { Token: string }).Token;
}

test('user and password connect, and the page follows every event', async ({ megaphone, drp }) => {
  await megaphone.open();
  await megaphone.connect(drp.url);
  await megaphone.expectAlarm('calm');
  await expect(megaphone.button).toHaveAccessibleName('Connected');
  expect(await drp.state()).toMatchObject({ sockets_open: 1, registrations: 1, refused: {} });
});

test('a pasted token connects without asking for another', async ({ megaphone, drp }) => {
  const token = await tokenOf(drp.url);
  const { token_requests } = await drp.state();
  await megaphone.open();
  await megaphone.form.submitToken(drp.url, `  ${token}\n`);
  await megaphone.expectPhase('connected');
  expect((await drp.state()).token_requests).toBe(token_requests);
});

test('a wrong password is said in words of its own, and alarms nobody', async ({ megaphone, drp }) => {
  await megaphone.open();
  await megaphone.form.submit(drp.url, { user: signIn.user, password: 'r0cketsk8t' });
  await expect(megaphone.form.refused).toContainText('does not accept this user and password');
  await megaphone.expectAlarm('calm');
  await expect(megaphone.form.endpoint).toHaveValue(drp.url);
  await expect(megaphone.form.user).toHaveValue(signIn.user);
  await expect(megaphone.form.password).toHaveValue('r0cketsk8t');
  await megaphone.form.password.fill(signIn.password);
  await megaphone.form.send();
  await megaphone.expectPhase('connected');
});

test('a suggestion that comes late does not touch a field that the person is in', async ({ megaphone, page }) => {
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  await page.route('**/api/config', async (route) => {
    await held;
    await route.continue();
  });
  await megaphone.open();
  await megaphone.form.endpoint.focus();
  release();
  await expect(page.getByRole('heading', { name: 'Known endpoints' })).toBeVisible();
  await expect(megaphone.form.endpoint).toHaveValue('');
});

test('an endpoint where nothing listens alarms, and is connected once it is there', async ({ megaphone, drp }) => {
  await drp.stop();
  await megaphone.open();
  await megaphone.form.submit(drp.url, signIn);
  await megaphone.expectAlarm('red');
  await expect(megaphone.button).toHaveAccessibleName(/Unable to access DRP/);
  await drp.start();
  await megaphone.expectPhase('connected', { timeout: 20_000 });
});

test('another web server is told from DRP', async ({ megaphone, drp }) => {
  await drp.fault({ id: 'not-drp', cors: true });
  await megaphone.open();
  await megaphone.form.submit(drp.url, signIn);
  await megaphone.expectPhase('needs-you');
  await megaphone.openDialog();
  await expect(megaphone.dialog.heading).toContainText('not DRP');
});

test('an address that cannot be one is refused beside its field, before anything is sent', async ({
  megaphone,
  page,
}) => {
  await megaphone.open();
  const { endpoint } = megaphone.form;
  for (const [typed, said] of [
    ['', "Enter the endpoint's address"],
    ['ftp://drp.example', 'begins with https://'],
    ['drp.example:99999', 'is not a port'],
    ['drp..example', 'is not a host name'],
    ['https://user:secret@drp.example', 'Leave user and password out'],
    ['10.0.0.256', 'is not an IP address'],
  ] as const) {
    await megaphone.form.submit(typed, signIn);
    await expect(page.locator('#endpoint-error')).toContainText(said);
    await expect(endpoint).toBeFocused();
    await expect(endpoint).toHaveAttribute('aria-invalid', 'true');
    await expect(endpoint).toHaveValue(typed);
    await megaphone.expectPhase('idle');
  }
});

test('a bare host means https and port 8092', async ({ megaphone, page }) => {
  await megaphone.open();
  const asked = page.waitForRequest((request) => request.url().startsWith('https://nope.invalid'));
  await megaphone.form.submit('nope.invalid', signIn);
  expect(new URL((await asked).url()).origin).toBe('https://nope.invalid:8092');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('nope.invalid:8092');
});

test('an endpoint in the address is preselected, and nothing is sent to it', async ({ megaphone, drp, page }) => {
  await megaphone.open(`/?endpoint=${encodeURIComponent(drp.url)}`);
  await expect(megaphone.form.endpoint).toHaveValue(drp.url);
  await page.waitForLoadState('networkidle');
  await megaphone.expectPhase('idle');
  expect(await drp.state()).toMatchObject({ connections_accepted: 0, upgrade_attempts: 0 });
});

test('endpoints of the operator’s and those used before are offered, the last one first', async ({
  megaphone,
  drp,
  endpoints,
  page,
}) => {
  const known = page.locator('button.choice');
  await megaphone.open();
  await expect(known.filter({ hasText: endpoints['self-signed'].url })).toBeVisible();
  await megaphone.connect(drp.url);
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(known.first()).toContainText(drp.url);
  await page.reload();
  await megaphone.expectReady();
  await expect(megaphone.form.endpoint).toHaveValue(drp.url);
});

test('the password is stored nowhere, and the token for this tab only', async ({ megaphone, drp, page }) => {
  await megaphone.open();
  await megaphone.connect(drp.url);
  const [local, session] = await page.evaluate(() => [JSON.stringify(localStorage), JSON.stringify(sessionStorage)]);
  expect(local + session).not.toContain(signIn.password);
  expect(local + session).not.toContain(btoa(`${signIn.user}:${signIn.password}`));
  const { token } = JSON.parse(JSON.parse(session ?? '')['megaphone.session']) as { token: string };
  expect(token.length).toBeGreaterThan(100);
  expect(local).not.toContain(token.slice(0, 20));
  expect(local).not.toContain(signIn.user);
  await expect(megaphone.form.password).toHaveValue('');
});

test('a reload keeps the session without a password', async ({ megaphone, drp, page }) => {
  await megaphone.open();
  await megaphone.connect(drp.url);
  const { token_requests } = await drp.state();
  await page.reload();
  await megaphone.expectPhase('connected');
  expect((await drp.state()).token_requests).toBe(token_requests);
});

test('after signing out nothing is left of the session', async ({ megaphone, drp, page }) => {
  await megaphone.open();
  await megaphone.connect(drp.url);
  await page.getByRole('button', { name: 'Sign out' }).click();
  await megaphone.expectPhase('idle');
  await expect.poll(async () => (await drp.state()).sockets_open).toBe(0);
  expect(await page.evaluate(() => sessionStorage.getItem('megaphone.session'))).toBeNull();
  await page.reload();
  await megaphone.expectReady();
  await megaphone.expectPhase('idle');
});
