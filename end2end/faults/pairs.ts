// When the world moves: first one fault, then another without a connection in between. In the end the page says what
// holds now, and nothing that was true before in the present tense.
import { certain, dark, either, type Expectation, probable, seenByServer, unread } from './expectation';
import { elsewhere, type Kind } from './setup';
import { type Act, type Setting, stop } from './rows/row';

/** What the world moves to, and what is right from then on. */
export interface Step {
  make: Act;
  /** With the portal's server, and from the page alone; `connected` where nothing is wrong any more. */
  server: Expectation | 'connected';
  alone: Expectation | 'connected';
  /** Milliseconds until it must be said. */
  within?: number;
  /** Whether people have to come back to the tab, because the page waits for them. */
  tab?: true;
}

export interface Pair {
  id: string;
  endpoint?: Kind;
  host?: string;
  first: Step;
  then: readonly Step[];
}

export const SOON = 15_000;
/** Where a time limit of the page's own passes first. */
export const AFTER_A_TIMEOUT = 40_000;

const set =
  (id: string, more: Record<string, string | number | boolean> = {}): Act =>
  ({ drp }) =>
    drp.fault({ id, ...more });

const DOWN = [/refuses connections/i, /nothing (answers|listens)/i];
const OLD_DATE = [/expired/i];

const down: Step = { make: set('down'), server: seenByServer('down', 'crash'), alone: dark };
const healthy: Step = {
  make: ({ drp }) => drp.heal(),
  server: 'connected',
  alone: 'connected',
  within: 40_000,
};

/** A certificate, and nothing of the fault before it. */
const certificate = (id: string, never: readonly RegExp[] = DOWN): Step => ({
  make: set(id),
  server: { ...seenByServer(id), never },
  alone: { ...dark, never },
});

const noAnswer: Step = {
  make: set('no-answer'),
  // Both wait in vain.
  server: { ...either('no-answer'), never: DOWN },
  alone: probable('no-answer', 'unreachable-or-untrusted'),
  within: AFTER_A_TIMEOUT,
};

const offline = {
  make: async ({ drp, clients }: Setting) => {
    await Promise.all(clients.map(({ context }) => context.setOffline(true)));
    await drp.cut();
  },
  server: certain('offline'),
  alone: certain('offline'),
} satisfies Step;

const online: Act = ({ clients }) => Promise.all(clients.map(({ context }) => context.setOffline(false)));

export const PAIRS: readonly Pair[] = [
  ...['self-signed', 'expired', 'wrong-name', 'unknown-ca'].map((id): Pair => ({
    id: `down → ${id}`,
    first: down,
    then: [certificate(id)],
  })),
  { id: 'down → no-answer', first: down, then: [noAnswer] },
  {
    id: 'no-answer → down',
    first: noAnswer,
    then: [{ ...down, server: { ...seenByServer('down', 'crash'), never: [/does not answer/i] } }],
  },
  {
    id: 'down → bad-gateway → healthy',
    first: down,
    then: [
      { make: set('bad-gateway'), server: { ...seenByServer('bad-gateway'), never: DOWN }, alone: unread },
      healthy,
    ],
  },
  {
    id: 'crash → token-expired',
    first: { make: stop, server: seenByServer('crash', 'down'), alone: dark },
    then: [
      {
        make: async ({ drp }) => {
          await drp.fault({ id: 'token-expired' });
          await drp.start();
        },
        server: { ...either('token-expired'), never: DOWN },
        alone: { ...either('token-expired'), never: DOWN },
        within: 40_000,
      },
    ],
  },
  {
    id: 'accepts, then closes → healthy',
    first: { make: set('accept-then-close'), server: seenByServer('nobody-behind'), alone: dark },
    then: [healthy],
  },
  {
    id: 'offline → self-signed',
    host: elsewhere,
    first: offline,
    then: [
      {
        make: async (setting) => {
          await setting.drp.fault({ id: 'self-signed' });
          await online(setting);
        },
        // The server does not know this name.
        server: {
          ...probable('unreachable-or-untrusted', 'no-name', 'untrusted', 'browser-only'),
          never: [/offline/i],
        },
        alone: { ...dark, never: [/offline/i] },
      },
    ],
  },
  {
    id: 'offline → down',
    host: elsewhere,
    first: offline,
    then: [
      {
        make: async (setting) => {
          await setting.drp.fault({ id: 'down' });
          await online(setting);
        },
        server: { ...probable('unreachable-or-untrusted', 'no-name', 'down'), never: [/offline/i] },
        alone: { ...dark, never: [/offline/i] },
      },
    ],
  },
  {
    id: 'sign-in → down',
    first: { make: set('sign-in'), server: certain('sign-in'), alone: certain('sign-in') },
    then: [{ ...down, tab: true }],
  },
  {
    id: 'token-expired → self-signed',
    first: { make: set('token-expired'), server: certain('token-expired'), alone: certain('token-expired') },
    then: [{ ...certificate('self-signed', [/sign-in has run out/i]), tab: true }],
  },
  {
    id: 'bad-gateway → not-drp',
    first: { make: set('bad-gateway'), server: seenByServer('bad-gateway'), alone: unread },
    then: [{ make: set('not-drp'), server: { ...seenByServer('not-drp'), never: [/502/] }, alone: unread }],
  },
  {
    id: 'login-wall → healthy',
    first: {
      make: set('login-wall'),
      server: seenByServer('login-wall'),
      alone: probable('login-wall', 'not-drp-or-bad-gateway', 'unreachable-or-untrusted'),
    },
    then: [{ ...healthy, tab: true }],
  },
  {
    id: 'expired → renewed, self-signed',
    first: { make: set('expired'), server: seenByServer('expired'), alone: dark },
    then: [
      {
        ...certificate('self-signed', OLD_DATE),
        server: { ...seenByServer('self-signed', 'replaced'), never: OLD_DATE },
      },
    ],
  },
  {
    id: 'silence → down → healthy',
    first: {
      make: async ({ drp, clients }) => {
        await drp.fault({ id: 'silence' });
        await clients[0]?.page.waitForTimeout(1_100);
        await Promise.all(clients.map((client) => client.comeBack()));
      },
      server: certain('silence'),
      alone: certain('silence'),
    },
    then: [{ ...down, within: AFTER_A_TIMEOUT }, healthy],
  },
  {
    id: 'the portal’s server away → back',
    first: {
      make: async ({ drp, clients }) => {
        await clients[0]?.server.shut();
        await drp.stop('reset');
      },
      server: dark,
      alone: dark,
    },
    then: [
      {
        make: async ({ clients }) => clients[0]?.server.reopen(),
        server: seenByServer('down', 'crash'),
        alone: dark,
        // The page asks its server again with the next look, 15 s to 60 s apart.
        within: 75_000,
      },
    ],
  },
];
