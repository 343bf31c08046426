// Faults on this side: the browser, its network, its proxy, its resolver, and how the portal is served.
import type { Drp } from '../../fixtures/drp';
import { ConnectProxy } from '../connect_proxy';
import { type Blocked, Extension } from '../extension';
import { ACCEPT, certain, dark, either, probable, seenByServer } from '../expectation';
import { elsewhere, FORBIDDEN_PORT } from '../setup';
import { at, both, ledTo, type OwnBrowser, type Row } from './row';

const LED_ELSEWHERE = 'the browser has been sent elsewhere for good';

/** Behind a proxy that lets the portal through and refuses the endpoint. */
function behindProxy(): OwnBrowser {
  let proxy: ConnectProxy | undefined;
  return {
    args: async () => {
      proxy = await ConnectProxy.start();
      // Loopback goes past a proxy unless told otherwise; the portal is 127.0.0.1, the endpoint localhost.
      return [`--proxy-server=${proxy.address}`, '--proxy-bypass-list=<-loopback>;127.0.0.1'];
    },
    end: () => proxy?.stop(),
  };
}

/** With an extension that stops some of the page's requests. */
function shielded(...blocked: Blocked[]): OwnBrowser {
  let extension: Extension | undefined;
  return {
    args: async ({ drp }) => {
      extension = await Extension.blocking(new URL(drp.url).port, blocked);
      return extension.args;
    },
    onDisk: true,
    end: () => extension?.remove(),
  };
}

/** Another endpoint, which only the browser meets, shows this certificate. */
const intercepted = (kind: string, endpoint: 'trusted' | 'unaccepted'): Row => ({
  id: `a security program in between, ${kind}, endpoint ${endpoint}`,
  endpoint,
  browser: ledTo(({ company }) => at(company)),
  first: true,
  make: ({ endpoints }) => endpoints.company.fault({ id: 'certificate', kind }),
  heal: LED_ELSEWHERE,
  // The certificate that the server sees is not the one that this browser was shown.
  server: probable('intercepted', 'browser-only', 'untrusted', 'self-signed'),
  alone: dark,
});

/** The server reaches the endpoint, this browser does not. */
const browserOnly = (id: string, place: string, endpoint: 'trusted' | 'unaccepted'): Row => ({
  id,
  endpoint,
  browser: ledTo(() => place),
  first: true,
  heal: LED_ELSEWHERE,
  server:
    endpoint === 'trusted'
      ? { ...probable('browser-only'), never: [ACCEPT] }
      : probable('browser-only', 'untrusted', 'self-signed'),
  // Where there is no route, some systems say so at once, and others wait.
  alone: probable('unreachable-or-untrusted', 'no-answer'),
});

export const BROWSER: readonly Row[] = [
  {
    id: 'offline',
    host: elsewhere,
    make: async ({ drp, clients }) => {
      await Promise.all(clients.map(({ context }) => context.setOffline(true)));
      await drp.cut();
    },
    heal: ({ clients }) => Promise.all(clients.map(({ context }) => context.setOffline(false))),
    ...both(certain('offline')),
  },
  {
    id: 'mixed',
    portal: 'secure',
    endpoint: 'plain',
    host: elsewhere,
    first: true,
    heal: 'only another address of the portal or of the endpoint would',
    ...both(certain('mixed')),
  },
  {
    id: 'csp',
    portal: 'strict',
    first: true,
    heal: 'only another policy and a reload would',
    ...both(certain('csp')),
  },
  {
    id: 'local-network',
    portal: 'public',
    endpoint: 'plain',
    first: true,
    heal: ({ clients }) =>
      Promise.all(clients.map(({ context }) => context.grantPermissions(['local-network-access']))),
    ...both(either('local-network')),
  },
  {
    id: 'a port that browsers refuse',
    port: FORBIDDEN_PORT,
    first: true,
    heal: 'only another port would',
    ...both(certain('browser-refuses')),
  },
  {
    // At a 407 the browser itself asks for a password, and stops the page meanwhile.
    id: 'a proxy that answers 403',
    endpoint: 'trusted',
    browser: behindProxy(),
    first: true,
    heal: 'the proxy stays',
    server: { ...probable('proxy', 'browser-only'), says: [/proxy/i], never: [ACCEPT] },
    alone: probable('unreachable-or-untrusted', 'proxy'),
  },
  {
    id: 'an extension that blocks the endpoint',
    endpoint: 'trusted',
    browser: shielded('xmlhttprequest', 'websocket'),
    first: true,
    heal: 'the extension stays',
    server: { ...probable('browser-only'), says: [/extension/i], never: [ACCEPT] },
    alone: dark,
  },
  {
    id: 'an extension that blocks the WebSocket',
    endpoint: 'trusted',
    browser: shielded('websocket'),
    first: true,
    repeated: true,
    heal: 'the extension stays',
    server: {
      ...probable('socket-only', 'browser-only'),
      says: [/extension/i],
      never: [ACCEPT, /lacks? WebSocket support/i],
    },
    alone: probable('socket-only'),
  },
  browserOnly('no route from this browser', '240.0.0.1', 'trusted'),
  browserOnly('no route from this browser, self-signed', '240.0.0.1', 'unaccepted'),
  browserOnly('a name that only the server knows', '~NOTFOUND', 'trusted'),
  browserOnly('a name that only the server knows, self-signed', '~NOTFOUND', 'unaccepted'),
  {
    id: 'another port published to the browser',
    endpoint: 'trusted',
    browser: { args: ({ drp }: { drp: Drp }) => [`--host-resolver-rules=MAP ${new URL(drp.url).host} 127.0.0.1:9`] },
    first: true,
    heal: LED_ELSEWHERE,
    server: { ...probable('browser-only'), never: [ACCEPT] },
    alone: dark,
  },
  intercepted('avast', 'trusted'),
  intercepted('avast', 'unaccepted'),
  intercepted('zscaler', 'trusted'),
  { id: 'no-portal', ...both(null) },
  {
    id: 'down, with the portal’s server seen away and back',
    first: true,
    make: async ({ drp, clients }) => {
      await drp.stop('reset');
      await clients[0]?.server.shut();
      await clients[0]?.server.reopen();
    },
    heal: ({ drp }) => drp.start(),
    server: seenByServer('down'),
    alone: dark,
  },
];
