// The cause is named for each fault, with what the portal's server saw from its seat, and no guess is passed off as a fact.
import { expect, nowhere, signIn, test } from '../fixtures';
import type { Fault } from '../fixtures/drp';
import { Portal } from '../fixtures/portal';
import { MegaphonePage } from '../pages/MegaphonePage';

// Whoever has no mouse is told all of it as well.
test.use({ hand: 'keyboard' });

interface Case {
  fault: Fault;
  /** What the dialog says of it. */
  says: RegExp;
  /** How sure it is. */
  sure?: 'Certain' | 'Probable';
  /** How long until it is known, where something must first not answer. */
  within?: number;
}

/** Faults that are met on the way to an endpoint that has TLS. */
const onTheWay: Case[] = [
  { fault: { id: 'down' }, says: /Nothing answers: port \d+ on “localhost” refuses connections/ },
  { fault: { id: 'no-answer' }, says: /takes connections but does not answer/, within: 25_000 },
  { fault: { id: 'expired' }, says: /certificate expired on .*, \d+ days ago/ },
  { fault: { id: 'not-yet-valid' }, says: /certificate is not valid before .* A clock is wrong/ },
  { fault: { id: 'self-signed' }, says: /self-signed certificate, .* fingerprint is ([0-9A-F]{2}:){31}/ },
  { fault: { id: 'unknown-ca' }, says: /was issued by “.+”, which is not trusted/ },
  { fault: { id: 'wrong-name' }, says: /You asked for “localhost”, but .* is for drp\.elsewhere\.example/ },
  { fault: { id: 'plain-http' }, says: /speaks plain HTTP; there is no TLS/ },
  { fault: { id: 'other-protocol' }, says: /does not speak TLS\. What it says starts with “SSH-2\.0/ },
  { fault: { id: 'old-tls' }, says: /only TLS versions that browsers no longer accept/ },
];

/** Faults of an endpoint that is reached: met without TLS, where no certificate stands in the way. */
const onArrival: Case[] = [
  { fault: { id: 'not-drp', cors: true }, says: /Another server answers at this address, not DRP/ },
  { fault: { id: 'not-drp', cors: false }, says: /not DRP: it gave 404/ },
  { fault: { id: 'bad-gateway', status: 502, cors: true }, says: /A proxy in front of DRP answered 502/ },
  { fault: { id: 'bad-gateway', status: 504, cors: false }, says: /A proxy in front of DRP answered 504/ },
];

/** Faults of a connection that had stood. */
const later: Case[] = [
  { fault: { id: 'sign-in' }, says: /needs you to sign in/ },
  { fault: { id: 'token-expired' }, says: /Your sign-in has run out/ },
  { fault: { id: 'no-rights' }, says: /lacks the right to follow events/ },
  { fault: { id: 'no-upgrade', status: 200 }, says: /was answered 200: a proxy in between lacks WebSocket support/ },
  { fault: { id: 'no-upgrade', status: 426 }, says: /was answered 426: a proxy in between/ },
  { fault: { id: 'clock-skew' }, says: /clock differs/, sure: 'Probable' },
  { fault: { id: 'down' }, says: /went down .* ago: port \d+ on “localhost” refuses connections/ },
];

const title = ({ fault: { id, ...parameters } }: Case) => [id, ...Object.values(parameters)].join(' ');

async function expectNamed({ dialog }: MegaphonePage, { says, sure = 'Certain', within = 15_000 }: Omit<Case, 'fault'>) {
  await expect(dialog.why).toContainText(says, { timeout: within });
  await expect(dialog.why.getByRole('heading')).toContainText(sure);
  await expect(dialog.steps.getByRole('listitem').first()).not.toBeEmpty();
}

test.describe('on the way', () => {
  test.use({ tls: 'self-signed' });
  for (const it of onTheWay) {
    test(`${title(it)} is named`, async ({ megaphone, drp }) => {
      test.slow(Boolean(it.within));
      await drp.fault(it.fault);
      await megaphone.open();
      await megaphone.form.submit(drp.url, signIn);
      await megaphone.expectAlarm('red', { timeout: 15_000 });
      await megaphone.openDialog();
      await expectNamed(megaphone, it);
    });
  }
});

for (const it of onArrival) {
  test(`${title(it)} is named`, async ({ megaphone, drp }) => {
    await drp.fault(it.fault);
    await megaphone.open();
    await megaphone.form.submit(drp.url, signIn);
    await megaphone.openDialog();
    await expectNamed(megaphone, it);
  });
}

for (const it of later) {
  test(`${title(it)} after a connection had stood is named`, async ({ megaphone, drp }) => {
    await megaphone.open();
    await megaphone.connect(drp.url);
    await drp.fault(it.fault);
    await megaphone.openDialog();
    await expectNamed(megaphone, it);
  });
}

test('a name that does not resolve is named', async ({ megaphone }) => {
  await megaphone.open();
  await megaphone.form.submit(nowhere, signIn);
  await megaphone.expectAlarm('red');
  await megaphone.openDialog();
  await expectNamed(megaphone, { says: /The name “nope\.invalid” does not resolve/ });
});

test('an account without rights is told from a wrong password', async ({ megaphone, drp }) => {
  await megaphone.open();
  await megaphone.form.submit(drp.url, { user: 'bystander', password: 'just-l00king' });
  await megaphone.expectPhase('needs-you');
  await megaphone.openDialog();
  await expectNamed(megaphone, { says: /lacks the right to follow events/ });
  await megaphone.dialog.close();
  await megaphone.form.submit(drp.url, signIn);
  await megaphone.expectPhase('connected');
});

test('a policy of the portal’s own that forbids the endpoint is named with its directive', async ({ page, megaphone, drp }) => {
  test.slow();
  const portal = await Portal.start([drp.url], ['--connect-src', "'self'"]);
  try {
    await page.goto(portal.url);
    await megaphone.expectReady();
    await megaphone.form.submit(drp.url, signIn);
    // Chromium tells of such a socket by an error without a close; the portal does not wait for one.
    await megaphone.expectPhase('needs-you', { timeout: 5_000 });
    await megaphone.openDialog();
    await expectNamed(megaphone, { says: /content security policy does not allow this endpoint: connect-src/ });
    expect(await drp.state(), 'only the server was there').toMatchObject({ upgrades_accepted: 0, token_requests: 0 });
  } finally {
    await portal.stop();
  }
});

test('the permission for local networks is named when the browser withholds it', async ({
  playwright,
  launchOptions,
  portal,
  drp,
}) => {
  // As if the portal came from the internet and the endpoint stood in this network.
  const asPublic = `--ip-address-space-overrides=${new URL(portal.url).host}=public`;
  const browser = await playwright.chromium.launch({ ...launchOptions, args: [...(launchOptions.args ?? []), asPublic] });
  try {
    const megaphone = new MegaphonePage(await browser.newPage({ baseURL: portal.url }));
    await megaphone.open();
    await megaphone.form.submit(drp.url, signIn);
    await megaphone.expectAlarm('red', { timeout: 20_000 });
    await megaphone.openDialog();
    await expect(megaphone.dialog.why).toContainText('permission for local networks is missing', { timeout: 15_000 });
    await expect(megaphone.dialog.steps.getByRole('button', { name: 'Ask for permission' })).toBeVisible();
  } finally {
    await browser.close();
  }
});

test.describe('without the portal’s server', () => {
  test.use({ tls: 'self-signed' });

  test('the page goes on alone, says so, and claims no more than it can know', async ({ page, megaphone, drp }) => {
    test.slow();
    const portal = await Portal.start([drp.url]);
    await page.goto(portal.url);
    await megaphone.expectReady();
    await portal.stop();
    await megaphone.form.submit(drp.url, signIn);
    await megaphone.expectAlarm('red');
    await megaphone.openDialog();
    await expectNamed(megaphone, { says: /cannot be reached|cannot make a trusted TLS connection/, sure: 'Probable' });
    await expect(megaphone.dialog.root).toContainText('The portal goes on from this browser alone');
    await expect(megaphone.dialog.why).not.toContainText('Certain');
  });
});
