// Faults before the first byte of HTTP: ports, names, addresses, packets, and TLS beyond the certificate.
import { dark, either, probable, seenByServer } from '../expectation';
import { at, both, fault, ledTo, type Row, seen, start, stop } from './row';

const NO_CERTIFICATE = [/new certificate/i, /drpcli system certs/i];

export const NETWORK: readonly Row[] = [
  // Both wait in vain: what the server meets is what this browser meets.
  { id: 'no-answer', ...fault('no-answer'), server: either('no-answer'), alone: probable('no-answer') },
  {
    id: 'no-answer to the upgrade',
    ...fault('no-answer', { stage: 'upgrade' }),
    server: either('no-answer', 'socket-only'),
    alone: probable('no-answer', 'socket-only'),
    repeated: true,
  },
  { id: 'down', first: true, make: stop, heal: start, ...seen('down', dark) },
  {
    id: 'no-name',
    first: true,
    host: 'nope.invalid',
    heal: 'a name cannot be given an address from here',
    ...seen('no-name', dark),
  },
  {
    id: 'accepts, then closes',
    ...fault('accept-then-close'),
    server: { ...seenByServer('nobody-behind'), never: NO_CERTIFICATE },
    alone: dark,
  },
  {
    id: 'accepts, then resets',
    ...fault('accept-then-close', { how: 'reset' }),
    server: { ...seenByServer('nobody-behind'), never: NO_CERTIFICATE },
    alone: dark,
  },
  {
    id: 'a PROXY header demanded',
    ...fault('proxy-protocol'),
    server: { ...seenByServer('nobody-behind', 'tls-failed'), never: NO_CERTIFICATE },
    alone: dark,
  },
  ...['silent', 'ssh'].map((says): Row => ({
    id: `the second address, ${says}`,
    ...fault('some-addresses', { says }),
    server: { ...seenByServer('some-addresses'), says: [/::1/] },
    alone: probable('unreachable-or-untrusted', 'no-answer'),
  })),
  {
    id: 'the second address, reset',
    ...fault('some-addresses', { says: 'reset' }),
    // The browser may come to the other address by the next try: then it was a cut, and is over.
    server: either('some-addresses', 'cut', 'socket-only'),
    alone: either('unreachable-or-untrusted', 'no-answer', 'cut', 'socket-only', 'no-upgrade'),
  },
  { id: 'plain-http', ...fault('plain-http'), ...seen('plain-http', dark) },
  { id: 'other-protocol', ...fault('other-protocol'), ...seen('other-protocol', dark) },
  { id: 'old-tls', ...fault('old-tls'), ...seen('old-tls', dark) },
  { id: 'a client certificate requested', first: true, ...fault('client-certificate'), ...both(null) },
  {
    id: 'a client certificate demanded',
    ...fault('client-certificate', { required: true }),
    server: { ...seenByServer('client-cert'), never: NO_CERTIFICATE },
    alone: dark,
  },
  {
    id: 'an unknown name, alert',
    ...fault('wrong-site'),
    server: { ...seenByServer('wrong-site'), never: NO_CERTIFICATE },
    alone: dark,
  },
  {
    id: 'an unknown name, default certificate',
    ...fault('wrong-site', { others: 'default-certificate' }),
    server: { ...seenByServer('wrong-site'), says: [/traefik/i] },
    alone: dark,
  },
  {
    id: 'an unknown name for the browser only',
    endpoint: 'trusted',
    browser: ledTo(({ unaccepted }) => at(unaccepted)),
    first: true,
    make: ({ endpoints }) => endpoints.unaccepted.fault({ id: 'wrong-site' }),
    heal: 'the browser has been sent elsewhere for good',
    server: probable('browser-only', 'wrong-site'),
    alone: dark,
  },
  ...['reset', 'stall'].map((then): Row => ({
    id: `a large greeting, ${then}`,
    ...fault('large-hello', { then }),
    server: probable('large-packets', 'browser-only'),
    alone: probable('unreachable-or-untrusted', 'no-answer', 'large-packets'),
  })),
  {
    id: 'large packets lost on the way to the browser',
    browser: ledTo(({ unaccepted }) => at(unaccepted)),
    first: true,
    make: ({ endpoints }) => endpoints.unaccepted.fault({ id: 'large-packets', from: 'start', limit: 200 }),
    heal: 'the browser has been sent elsewhere for good',
    server: probable('browser-only', 'large-packets'),
    alone: probable('no-answer', 'unreachable-or-untrusted'),
  },
  {
    id: 'large packets lost on an open connection',
    ...fault('large-packets'),
    make: async ({ drp, clients }) => {
      await drp.fault({ id: 'large-packets' });
      await Promise.all(clients.map((client) => client.megaphone.expectPhase('connected', { timeout: 20_000 })));
      await drp.send({ size: 60_000 });
      await clients[0]?.page.waitForTimeout(1_100);
      await Promise.all(clients.map((client) => client.comeBack()));
    },
    ...both(either('large-packets', 'silence')),
  },
  { id: 'WebSockets over HTTP/2 promised', first: true, ...fault('http2'), ...both(null) },
];
