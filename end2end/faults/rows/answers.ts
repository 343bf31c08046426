// Faults that an HTTP answer tells: DRP's own refusals, and those of what stands in front of it.
import { certain, either, probable, seenByServer, unread } from '../expectation';
import { both, fault, type Row, seen } from './row';

const NO_RIGHTS = [/\brole\b/i, /lacks? the right/i];
const NO_WEBSOCKET = [/lacks? WebSocket support/i];

/** 3 kB of another app's cookies for the endpoint's host: cookies know no port. */
const cookies: Row['prepare'] = (context) =>
  context.addCookies([{ name: 'other', value: '0'.repeat(3_000), domain: 'localhost', path: '/' }]);

export const ANSWERS: readonly Row[] = [
  { id: 'sign-in', ...fault('sign-in'), ...both(certain('sign-in')) },
  {
    id: 'token-expired',
    ...fault('token-expired'),
    person: (client, { endpoint }) => client.signInAgain(endpoint),
    ...both(certain('token-expired')),
  },
  { id: 'no-rights', ...fault('no-rights'), ...both(certain('no-rights')) },
  { id: 'not-drp', ...fault('not-drp', { cors: true }), ...both(certain('not-drp')) },
  { id: 'not-drp, unreadable', ...fault('not-drp'), ...seen('not-drp', unread) },
  { id: 'bad-gateway 502', ...fault('bad-gateway', { status: 502, cors: true }), ...both(certain('bad-gateway')) },
  ...[503, 504].map((status): Row => ({
    id: `bad-gateway ${status}, unreadable`,
    ...fault('bad-gateway', { status }),
    ...seen('bad-gateway', unread),
  })),
  ...[522, 525, 526].map((status): Row => ({
    id: `bad-gateway ${status} of Cloudflare, unreadable`,
    ...fault('cloudflare', { status }),
    ...seen('bad-gateway', unread),
  })),
  {
    id: 'too-many 429',
    ...fault('too-many', { status: 429, cors: true }),
    ...both(either('too-many')),
  },
  ...[429, 503].map((status): Row => ({
    id: `too-many ${status}, unreadable`,
    ...fault('too-many', { status }),
    // A 503 with Retry-After is what an overloaded gateway says as well.
    server: status === 503 ? seenByServer('too-many', 'bad-gateway') : seenByServer('too-many'),
    alone: unread,
  })),
  ...(['first', 'after a cut'] as const).map((when): Row => ({
    id: `login-wall, ${when}`,
    ...fault('login-wall'),
    ...(when === 'first' && { first: true }),
    server: { ...seenByServer('login-wall'), says: [/login\.example/] },
    alone: probable('login-wall', 'not-drp-or-bad-gateway', 'unreachable-or-untrusted'),
  })),
  ...[301, 308].map((status): Row => ({
    id: `moved ${status}`,
    ...fault('moved', { status }),
    server: { ...seenByServer('moved'), says: [/drp\.moved\.example/] },
    alone: probable('moved', 'not-drp-or-bad-gateway', 'unreachable-or-untrusted'),
  })),
  {
    id: 'a captive portal',
    ...fault('captive-portal'),
    server: seenByServer('login-wall', 'not-drp'),
    alone: unread,
  },
  {
    id: 'a web firewall, everything',
    ...fault('firewall'),
    server: { ...seenByServer('firewall'), says: [/cloudflare/i], never: NO_RIGHTS },
    alone: { ...unread, never: NO_RIGHTS },
  },
  {
    id: 'a web firewall, the upgrade only',
    ...fault('firewall', { scope: 'upgrade' }),
    // The server was refused as this browser was: at the upgrade, and only there.
    server: { ...either('firewall'), never: [...NO_RIGHTS, ...NO_WEBSOCKET] },
    alone: { ...probable('socket-only', 'no-upgrade', 'firewall'), never: NO_RIGHTS },
    repeated: true,
  },
  {
    id: 'a web firewall, after 3 s in use',
    ...fault('firewall', { scope: 'late', seconds: 3 }),
    ...both(either('cut-in-use', 'firewall')),
    repeated: true,
  },
  {
    id: 'the portal’s origin refused',
    ...fault('origin-refused'),
    server: { ...either('origin-refused'), says: [/portal's address/], never: [...NO_RIGHTS, ...NO_WEBSOCKET] },
    alone: { ...probable('socket-only', 'origin-refused', 'no-upgrade'), never: NO_RIGHTS },
    repeated: true,
  },
  ...['431', '413', '400', 'reset'].map((answer): Row => ({
    id: `a head too large, ${answer}`,
    // Private profiles send no cookies to another site than the page's, and the same host over TLS is another one.
    portal: 'same-host',
    endpoint: 'plain',
    prepare: cookies,
    ...fault('head-too-large', { answer }),
    server: { ...probable('head-too-large'), says: [/cookie/i], never: NO_WEBSOCKET },
    alone: { ...probable('socket-only', 'head-too-large', 'no-upgrade'), never: NO_RIGHTS },
    repeated: true,
  })),
  { id: 'exactly Connection: Upgrade', first: true, ...fault('exact-connection'), ...both(null) },
  { id: 'HSTS of a healthy endpoint', first: true, ...fault('hsts'), ...both(null) },
  ...[200, 426].map((status): Row => ({
    id: `no-upgrade ${status}`,
    ...fault('no-upgrade', { status }),
    // Requests get through, and the server was answered the same to its upgrade.
    server: either('no-upgrade'),
    alone: probable('no-upgrade', 'socket-only'),
    repeated: true,
  })),
  ...['wrong-accept', 'protocol', 'extension'].map((how): Row => ({
    id: `an upgrade against the rules, ${how}`,
    ...fault('odd-upgrade', { how }),
    // The server's look has no credentials, so that its upgrade is refused before the rules are broken.
    ...both(probable('socket-only', 'no-upgrade', 'violation')),
    repeated: true,
  })),
  { id: 'clock-skew', ...fault('clock-skew'), ...both(probable('clock-skew')) },
];
