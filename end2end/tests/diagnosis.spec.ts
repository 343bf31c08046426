// The cause is named for each fault, with what the portal's server saw from its seat, and no guess is passed off as a fact.
import { expect, nowhere, signIn, test } from '../fixtures';
import type { Fault } from '../fixtures/drp';
import { Portal } from '../fixtures/portal';
import { MegaphonePage } from '../pages/MegaphonePage';

// All of it is told without a mouse as well.
test.use({ input: 'keyboard' });

interface Case {
  fault: Fault;
  /** The id of the cause; that of the fault unless said. */
  cause?: string;
  /** What the one sentence below the heading says, in either tense: a try may fail at any moment, and then it is past. */
  says?: RegExp;
  /** How sure it is, where that is known beforehand. */
  sure?: 'certain' | 'probable';
  /** How long until it is known, where something must first not answer. */
  within?: number;
}

/** Faults that are met on the way to an endpoint that has TLS. */
const onTheWay: Case[] = [
  { fault: { id: 'down' }, says: /Port \d+ on “localhost” refuse[sd] connections/ },
  // Eight seconds for the request for a token, then ten for the socket.
  { fault: { id: 'no-answer' }, within: 25_000 },
  { fault: { id: 'expired' }, says: /ended on .*, \d+ days ago/ },
  { fault: { id: 'not-yet-valid' }, says: /valid from .*A clock may be wrong/ },
  { fault: { id: 'self-signed' }, says: /self-signed, as DRP makes its own/ },
  { fault: { id: 'unknown-ca' }, says: /was issued by “.+”/ },
  { fault: { id: 'wrong-name' }, says: /You asked for “localhost”; it is for drp\.elsewhere\.example/ },
  { fault: { id: 'plain-http' }, says: /HTTP without TLS/ },
  { fault: { id: 'other-protocol' }, says: /starts with “SSH-2\.0/ },
  { fault: { id: 'old-tls' } },
];

/** Faults of an endpoint that is reached: met without TLS, where no certificate stands in the way. */
const onArrival: Case[] = [
  { fault: { id: 'not-drp', cors: true } },
  { fault: { id: 'not-drp', cors: false } },
  { fault: { id: 'bad-gateway', status: 502, cors: true }, says: /answer(s|ed) 502/ },
  { fault: { id: 'bad-gateway', status: 504, cors: false }, says: /answer(s|ed) 504/ },
];

/** Faults of a connection that had stood. */
const later: Case[] = [
  { fault: { id: 'sign-in' } },
  { fault: { id: 'token-expired' } },
  { fault: { id: 'no-rights' } },
  { fault: { id: 'no-upgrade', status: 200 }, says: /answer(s|ed) 200 in place of 101/ },
  { fault: { id: 'no-upgrade', status: 426 }, says: /answer(s|ed) 426 in place of 101/ },
  { fault: { id: 'clock-skew' }, sure: 'probable' },
  { fault: { id: 'down' }, cause: 'crash', says: /Port \d+ on “localhost” refuse[sd] connections/ },
];

const title = ({ fault: { id, ...parameters } }: Case) => [id, ...Object.values(parameters)].join(' ');

type Named = Omit<Case, 'fault'> & { cause: string };

async function expectNamed({ dialog }: MegaphonePage, { cause, says, sure, within = 15_000 }: Named) {
  await expect(dialog.heading).toHaveAttribute('data-cause', cause, { timeout: within });
  await expect(dialog.heading).toHaveAttribute('data-confidence', sure ?? /^(certain|probable)$/);
  if (says) await expect(dialog.lead).toContainText(says);
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
      await megaphone.expectAlarm('red', { timeout: it.within ?? 15_000 });
      await megaphone.openDialog();
      await expectNamed(megaphone, { cause: it.fault.id, ...it });
    });
  }
});

for (const it of onArrival) {
  test(`${title(it)} is named`, async ({ megaphone, drp }) => {
    await drp.fault(it.fault);
    await megaphone.open();
    await megaphone.form.submit(drp.url, signIn);
    await megaphone.openDialog();
    await expectNamed(megaphone, { cause: it.fault.id, ...it });
  });
}

for (const it of later) {
  test(`${title(it)} after a connection had stood is named`, async ({ megaphone, drp }) => {
    await megaphone.open();
    await megaphone.connect(drp.url);
    await drp.fault(it.fault);
    await megaphone.openDialog();
    await expectNamed(megaphone, { cause: it.fault.id, ...it });
  });
}

test('a name that does not resolve is named', async ({ megaphone }) => {
  await megaphone.open();
  await megaphone.form.submit(nowhere, signIn);
  await megaphone.expectAlarm('red');
  await megaphone.openDialog();
  await expectNamed(megaphone, { cause: 'no-name', says: /“nope\.invalid” ha[sd] no address/ });
});

test('an account without rights is told from a wrong password', async ({ megaphone, drp }) => {
  await megaphone.open();
  await megaphone.form.submit(drp.url, { user: 'bystander', password: 'just-l00king' });
  await megaphone.expectPhase('needs-you');
  await megaphone.openDialog();
  await expectNamed(megaphone, { cause: 'no-rights' });
  await megaphone.dialog.close();
  await megaphone.form.submit(drp.url, signIn);
  await megaphone.expectPhase('connected');
});

test('a policy of the portal’s own that forbids the endpoint is named with its directive', async ({
  page,
  megaphone,
  drp,
}) => {
  test.slow();
  const portal = await Portal.start([drp.url], ['--connect-src', "'self'"]);
  try {
    await page.goto(portal.url);
    await megaphone.expectReady();
    await megaphone.form.submit(drp.url, signIn);
    // Chromium tells of such a socket by an error without a close; the portal does not wait for one.
    await megaphone.expectPhase('needs-you', { timeout: 5_000 });
    await megaphone.openDialog();
    await expectNamed(megaphone, { cause: 'csp', says: /connect-src/ });
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
  const browser = await playwright.chromium.launch({
    ...launchOptions,
    args: [...(launchOptions.args ?? []), asPublic],
  });
  try {
    const megaphone = new MegaphonePage(await browser.newPage({ baseURL: portal.url }));
    await megaphone.open();
    await megaphone.form.submit(drp.url, signIn);
    await megaphone.expectAlarm('red', { timeout: 20_000 });
    await megaphone.openDialog();
    await expect(megaphone.dialog.heading).toHaveAttribute('data-cause', 'local-network', { timeout: 15_000 });
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
    // What explains a loss is there, before the server goes.
    await megaphone.expectWhole();
    await portal.stop();
    await megaphone.form.submit(drp.url, signIn);
    await megaphone.expectAlarm('red');
    await megaphone.openDialog();
    await expectNamed(megaphone, { cause: 'unreachable-or-untrusted', sure: 'probable' });
    await megaphone.dialog.openDetails();
    await expect(megaphone.dialog.root).toContainText('The portal goes on from this browser alone');
  });
});

test('a page in place of the server’s answer is no answer', async ({ page, megaphone, drp }) => {
  // As a proxy gives that knows one page for every address.
  const html = { contentType: 'text/html', body: '<!doctype html><title>A page</title>' };
  await page.route('**/healthz', (route) => route.fulfill(html));
  await megaphone.open();
  await megaphone.connect(drp.url);
  await drp.fault({ id: 'down' });
  await megaphone.openDialog();
  await megaphone.dialog.openDetails();
  const row = (check: string) => page.getByRole('listitem').filter({ hasText: check });
  await expect(row("The portal's server answers")).toContainText(
    'No answer. The portal goes on from this browser alone.',
  );
});

for (const [how, answer] of [
  ['is busy', { status: 503 }],
  ['does not answer', undefined],
] as const) {
  test(`a server that ${how} when it is asked what it offers is still asked to look`, async ({
    page,
    megaphone,
    drp,
  }) => {
    await page.route('**/api/config', (route) => (answer ? route.fulfill(answer) : route.abort()));
    await megaphone.open();
    await megaphone.connect(drp.url);
    const look = page.waitForRequest(/\/api\/diagnosis/);
    await drp.fault({ id: 'down' });
    await megaphone.openDialog();
    await look;
    await expectNamed(megaphone, { cause: 'crash' });
  });
}
