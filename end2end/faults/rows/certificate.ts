// Faults of the certificate: what is in it, who signed it, and who has accepted it.
import { ACCEPT, dark, either, probable, seenByServer } from '../expectation';
import { elsewhere } from '../setup';
import { fault, type Row, type Setting, seen } from './row';

/** A certificate that the browser refuses: with the server the portal knows that a person has to deal with it. */
const certificate = (id: string): Row => ({ id, ...fault(id), ...seen(id, dark) });

/** The same, of a kind that the endpoint is told to show, and with what is right to say of it. */
const kind = (name: string, causes: string[], more: Partial<Row> = {}): Row => ({
  id: `certificate ${name}`,
  ...fault('certificate', { kind: name }),
  server: seenByServer(...causes),
  alone: dark,
  ...more,
});

/** One of those that the browser offers no way past. */
const refused = (name: string, words: RegExp): Row => ({
  ...kind(name, ['cannot-accept']),
  server: { ...seenByServer('cannot-accept'), says: [words], never: [ACCEPT] },
});

/** Signed by an authority that the server trusts and this browser does not. */
const company = (name: string, causes: string[], more: Partial<Row> = {}): Row => ({
  ...kind(name, causes),
  endpoint: 'company',
  first: true,
  heal: 'the browser does not trust the authority either way',
  ...more,
});

const STILL_UNACCEPTED = 'the browser has not accepted the one before either';

export const CERTIFICATES: readonly Row[] = [
  certificate('expired'),
  certificate('not-yet-valid'),
  {
    id: 'self-signed',
    endpoint: 'unaccepted',
    first: true,
    person: (client, { endpoint }) => client.accept(endpoint),
    ...seen('self-signed', dark),
  },
  { ...certificate('unknown-ca'), first: true },
  certificate('wrong-name'),
  { ...certificate('replaced'), ready: certificateSeen },
  {
    id: 'self-signed under a preloaded top domain',
    endpoint: 'unaccepted',
    host: 'drp.dev',
    first: true,
    heal: 'only another name or another certificate would',
    // The server finds no such name; that alone does not explain what this browser met.
    server: { ...probable('cannot-accept', 'no-name'), never: [ACCEPT] },
    alone: { ...probable('cannot-accept', 'unreachable-or-untrusted'), never: [ACCEPT] },
  },
  {
    id: 'self-signed after HSTS',
    endpoint: 'trusted',
    host: elsewhere,
    first: true,
    make: async ({ drp, endpoint, clients }) => {
      await drp.fault({ id: 'hsts' });
      for (const { context } of clients) {
        const tab = await context.newPage();
        await tab.goto(endpoint);
        await tab.close();
      }
      await drp.fault({ id: 'self-signed' });
    },
    heal: ({ drp }) => drp.heal(),
    // The page cannot know that the browser remembers; it must not promise a button.
    server: probable('cannot-accept', 'no-name', 'browser-only', 'untrusted'),
    alone: probable('cannot-accept', 'unreachable-or-untrusted', 'untrusted'),
  },
  {
    ...kind('same-serial', ['replaced', 'self-signed']),
    id: 'the same serial number twice',
    ready: certificateSeen,
  },
  refused('no-digital-signature', /digitalSignature|sign the connection|key ?usage/i),
  refused('p521', /P-521/),
  refused('ed25519', /Ed25519/),
  kind('ca-as-leaf', ['self-signed'], {
    endpoint: 'unaccepted',
    first: true,
    heal: STILL_UNACCEPTED,
    server: { ...seenByServer('self-signed'), never: [/import the certificate/i] },
  }),
  kind('ten-years', ['self-signed'], { endpoint: 'unaccepted', first: true, heal: STILL_UNACCEPTED }),
  kind('common-name-only', ['wrong-name'], {
    server: { ...seenByServer('wrong-name'), says: [/alternative|subjectAltName/i] },
  }),
  kind('broken-der', ['bad-certificate', 'cannot-accept'], {
    server: { ...seenByServer('bad-certificate', 'cannot-accept'), never: [ACCEPT] },
  }),
  kind('markup-names', ['wrong-name', 'self-signed', 'bad-certificate']),
  company('incomplete-chain', ['chain-incomplete'], {
    server: { ...seenByServer('chain-incomplete'), says: [/chain/i], never: [/import/i] },
  }),
  company('expired-intermediate', ['expired', 'bad-certificate', 'chain-incomplete']),
  company('name-constraints', ['bad-certificate', 'wrong-name', 'cannot-accept'], {
    server: {
      ...seenByServer('bad-certificate', 'wrong-name', 'cannot-accept'),
      never: [/OtherError|NameConstraintViolation/],
    },
  }),
  company('new-authority', ['stale-ca'], {
    server: { ...seenByServer('stale-ca'), never: [/is broken/i] },
  }),
  company('not-loaded', ['not-loaded'], {
    server: { ...seenByServer('not-loaded'), says: [/renew/i] },
  }),
  company('valid-in-two-hours', ['not-yet-valid']),
  company('zscaler', ['unknown-ca', 'intercepted']),
  {
    ...company('private-ca', []),
    id: 'an authority that only the server trusts',
    make: undefined,
    server: probable('untrusted', 'browser-only', 'unknown-ca'),
  },
  {
    id: 'this computer’s clock is wrong',
    endpoint: 'company',
    first: true,
    prepare: (context) => context.addInitScript(yearsAhead),
    heal: 'the clock stays wrong',
    // Of three clocks, this computer's is the odd one out.
    server: { ...either('your-clock'), says: [/clock/i] },
    alone: probable('unreachable-or-untrusted', 'your-clock'),
  },
  {
    id: 'the browser has forgotten the certificate',
    endpoint: 'unaccepted',
    first: true,
    make: async (setting) => {
      const { clients, endpoint } = setting;
      for (const client of clients) {
        await client.accept(endpoint);
        await client.connect(endpoint);
      }
      await certificateSeen({ ...setting, clients: clients.slice(0, 1) });
      for (const [index, client] of clients.entries()) {
        // The second page's server is away, and a browser that restarts has to load the page once more.
        if (index === 1) await client.server.reopen();
        await client.forget();
        if (index === 1) await client.server.shut();
      }
    },
    person: (client, { endpoint }) => client.accept(endpoint),
    server: either('forgotten'),
    alone: probable('unreachable-or-untrusted', 'forgotten'),
  },
];

/** The pages remember the certificate in use from a look of the server's, and that look is no longer its newest word. */
export async function certificateSeen({ clients }: Setting) {
  const remembered = () => localStorage.getItem('megaphone.certificates');
  await Promise.all(clients.map(({ page }) => page.waitForFunction(remembered, undefined, { timeout: 20_000 })));
  await clients[0]?.page.waitForTimeout(1_100);
}

/** Runs in the page: its clock is two years ahead, as that of a computer that was set wrongly. */
function yearsAhead() {
  const ahead = 2 * 365 * 24 * 3_600_000;
  const real = Date.now.bind(Date);
  Date.now = () => real() + ahead;
}
