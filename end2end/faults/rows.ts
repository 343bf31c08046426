// The table of faults: how each is made and healed for real, and what the portal has to say of it, with its server
// and from the page alone.
import type { Drp } from '../fixtures/drp';
import type { Seat, Sure } from './seat';
import { elsewhere, type Kind } from './setup';
import type { Served } from './stage';

/** A cause's id, and how sure the page has to be of it. */
export type Named = readonly [cause: string, sure: Sure];

/** Where a row plays. */
export interface Scene {
  drp: Drp;
  /** What the pages have as the endpoint's address. */
  endpoint: string;
  /** A page with its server, and one without. */
  seats: Seat[];
}

export interface Row {
  id: string;
  /** Which endpoint, if not the one whose certificate the browser has accepted. */
  endpoint?: Kind;
  /** The name by which it is called, if not localhost. */
  host?: string;
  /** How the page is served, if not plainly; `secure` is over https. */
  portal?: Served | 'secure';
  /** Whether the fault stands before the first try; otherwise it ends a connection. */
  first?: true;
  /** What the connection must have seen before the fault. */
  ready?: (scene: Scene) => Promise<unknown>;
  /** What brings the fault about, if it is not there from the start. */
  make?: (scene: Scene) => Promise<unknown>;
  /** What makes the fault end, where it does not by itself; a text says why nothing here can. */
  heal?: ((scene: Scene) => Promise<unknown>) | string;
  /** What only a person does, once it is healed; otherwise they at most come back to the tab. */
  person?: (seat: Seat, scene: Scene) => Promise<unknown>;
  /** The verdict with the portal's server; null where nothing is lost. */
  server: Named | null;
  /** The verdict of the page alone: one of these. */
  alone: readonly (Named | null)[];
  /** Whether the portal waits for a person while the fault stands: with the server, and alone. */
  waits?: readonly [server: boolean, alone: boolean];
  /** Whether it takes more than one loss, or more than one try, until the cause can be named. */
  repeated?: true;
  /** Whether the verdict is the one that is kept of the loss after the connection came back. */
  kept?: true;
  /** Whether to press “Retry now” after the loss, because the portal means to wait long. */
  hurry?: true;
}

const fault = (id: string, more: Record<string, string | number | boolean> = {}) => ({
  make: ({ drp }: Scene) => drp.fault({ id, ...more }),
  heal: ({ drp }: Scene) => drp.heal(),
});

const stop = ({ drp }: Scene) => drp.stop('reset');
const start = ({ drp }: Scene) => drp.start();

const both = (...named: Named) => ({ server: named, alone: [named] });
/** What the server sees, and the page alone can only guess at. */
const seen = (cause: string, ...alone: Named[]) => ({ server: [cause, 'certain'], alone }) as const;
/** All that the page can know when nothing arrives. */
const dark: Named = ['unreachable-or-untrusted', 'probable'];
/** All that it can know where an answer arrives that the browser does not let it read. */
const unread: Named = ['not-drp-or-bad-gateway', 'probable'];

/** A certificate that the browser refuses: with the server the portal knows that a person has to deal with it. */
const certificate = (id: string): Row => ({ id, ...fault(id), ...seen(id, dark), waits: [true, false] });

/** A close frame from a healthy endpoint. */
const closed = (code: number | null, cause = 'closed'): Row => ({
  id: `closed ${code ?? 'without a code'}`,
  make: ({ drp }) => drp.close(code, code ? `the endpoint's own words for ${code}` : ''),
  ...both(cause, 'certain'),
});

/** The slow ones first, so that no worker is left with one in the end. */
export const ROWS: readonly Row[] = [
  { id: 'no-answer', ...fault('no-answer'), ...seen('no-answer', ['no-answer', 'probable']) },
  {
    id: 'no-answer to the upgrade',
    ...fault('no-answer', { stage: 'upgrade' }),
    ...seen('no-answer', ['no-answer', 'probable']),
    repeated: true,
  },
  { id: 'idle-cut', ...fault('idle-cut', { seconds: 6 }), ...both('idle-cut', 'probable'), repeated: true },
  {
    id: 'silence',
    ...fault('silence'),
    make: async ({ drp, seats }) => {
      await drp.fault({ id: 'silence' });
      // Otherwise the portal asks only after 20 s. It believes whatever was heard within the last second.
      await seats[0]?.page.waitForTimeout(1_100);
      await Promise.all(seats.map((seat) => seat.comeBack()));
    },
    ...both('silence', 'certain'),
  },
  { id: 'down', first: true, make: stop, heal: start, ...seen('down', dark) },
  {
    id: 'no-name',
    first: true,
    host: 'nope.invalid',
    heal: 'a name cannot be given an address from here',
    ...seen('no-name', dark),
  },
  certificate('expired'),
  certificate('not-yet-valid'),
  {
    id: 'self-signed',
    endpoint: 'unaccepted',
    first: true,
    person: accept,
    ...seen('self-signed', dark),
    waits: [true, false],
  },
  { ...certificate('unknown-ca'), first: true },
  certificate('wrong-name'),
  { ...certificate('replaced'), ready: certificateSeen },
  { id: 'plain-http', ...fault('plain-http'), ...seen('plain-http', dark) },
  { id: 'other-protocol', ...fault('other-protocol'), ...seen('other-protocol', dark) },
  { id: 'old-tls', ...fault('old-tls'), ...seen('old-tls', dark) },
  { id: 'sign-in', ...fault('sign-in'), ...both('sign-in', 'certain'), waits: [true, true] },
  {
    id: 'token-expired',
    ...fault('token-expired'),
    person: signInAgain,
    ...both('token-expired', 'certain'),
    waits: [true, true],
  },
  { id: 'no-rights', ...fault('no-rights'), ...both('no-rights', 'certain'), waits: [true, true] },
  { id: 'not-drp', ...fault('not-drp', { cors: true }), ...both('not-drp', 'certain'), waits: [true, true] },
  { id: 'not-drp, unreadable', ...fault('not-drp'), ...seen('not-drp', unread), waits: [true, false] },
  { id: 'bad-gateway 502', ...fault('bad-gateway', { status: 502, cors: true }), ...both('bad-gateway', 'certain') },
  ...[503, 504].map((status): Row => ({
    id: `bad-gateway ${status}, unreadable`,
    ...fault('bad-gateway', { status }),
    ...seen('bad-gateway', unread),
  })),
  ...[200, 426].map((status): Row => ({
    id: `no-upgrade ${status}`,
    ...fault('no-upgrade', { status }),
    ...seen('no-upgrade', ['no-upgrade', 'probable']),
    repeated: true,
  })),
  { id: 'clock-skew', ...fault('clock-skew'), ...both('clock-skew', 'probable') },
  { id: 'restart', make: ({ drp }) => drp.restart(1_500, 'reset'), kept: true, ...both('restart', 'probable') },
  { id: 'crash', make: stop, heal: start, ...seen('crash', dark) },
  { id: 'flapping', ...fault('flapping', { up_ms: 300 }), ...both('flapping', 'certain'), repeated: true },
  { id: 'too-large', ...fault('too-large'), ...both('too-large', 'certain'), repeated: true },
  { id: 'violation', make: ({ drp }) => drp.violate(), ...both('violation', 'probable') },
  ...[1000, 1001, 1011, 4001].map((code) => closed(code)),
  ...[1012, 1013].map((code): Row => ({ ...closed(code), hurry: true })),
  closed(null, 'cut'),
  { ...closed(1008), person: signInAgain, waits: [true, true] },
  {
    id: 'offline',
    host: elsewhere,
    make: async ({ drp, seats }) => {
      await Promise.all(seats.map(({ context }) => context.setOffline(true)));
      await drp.cut();
    },
    heal: ({ seats }) => Promise.all(seats.map(({ context }) => context.setOffline(false))),
    ...both('offline', 'certain'),
  },
  {
    id: 'mixed',
    portal: 'secure',
    endpoint: 'plain',
    host: elsewhere,
    first: true,
    heal: 'only another address of the portal or of the endpoint would',
    ...both('mixed', 'certain'),
    waits: [true, true],
  },
  {
    id: 'csp',
    portal: 'strict',
    first: true,
    heal: 'only another policy and a reload would',
    ...both('csp', 'certain'),
    waits: [true, true],
  },
  {
    id: 'local-network',
    portal: 'public',
    endpoint: 'plain',
    first: true,
    heal: ({ seats }) => Promise.all(seats.map(({ context }) => context.grantPermissions(['local-network-access']))),
    ...seen('local-network', ['local-network', 'probable']),
    waits: [true, true],
  },
  { id: 'no-portal', server: null, alone: [null] },
];

/** The pages remember the certificate in use from a look of the server's, and that look is no longer its newest word. */
async function certificateSeen({ seats }: Scene) {
  const remembered = () => localStorage.getItem('megaphone.certificates');
  await Promise.all(seats.map(({ page }) => page.waitForFunction(remembered, undefined, { timeout: 20_000 })));
  await seats[0]?.page.waitForTimeout(1_100);
}

/** Past the browser's warning, as a person does who knows the word for it. */
async function accept({ context }: Seat, { endpoint }: Scene) {
  const tab = await context.newPage();
  await tab.goto(endpoint).catch(() => undefined);
  await tab.locator('#details-button').waitFor();
  await tab.keyboard.type('thisisunsafe');
  await tab.waitForURL(`${endpoint}/**`);
  await tab.close();
}

async function signInAgain(seat: Seat, { endpoint }: Scene) {
  await seat.megaphone.dialog.close();
  await seat.submit(endpoint);
}
