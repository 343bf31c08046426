// Losses of a connection that stood: ended, cut, silent, again and again, or broken.
import { certain, dark, either, probable } from '../expectation';
import { both, fault, type Row, start, stop } from './row';

/** A close frame from a healthy endpoint. */
const closed = (code: number | null, cause = 'closed'): Row => ({
  id: `closed ${code ?? 'without a code'}`,
  make: ({ drp }) => drp.close(code, code ? `the endpoint's own words for ${code}` : ''),
  ...both({ causes: [cause], atMost: 'certain' }),
});

export const LOSSES: readonly Row[] = [
  { id: 'idle-cut', ...fault('idle-cut', { seconds: 6 }), ...both(probable('idle-cut')), repeated: true },
  {
    id: 'cut-in-use',
    ...fault('cut-in-use', { seconds: 6 }),
    ...both({ ...probable('cut-in-use'), never: [/every 54 s/, /time limit above/i] }),
    repeated: true,
  },
  {
    id: 'silence',
    ...fault('silence'),
    make: async ({ drp, clients }) => {
      await drp.fault({ id: 'silence' });
      // Otherwise the portal asks only after 20 s. It believes whatever was heard within the last second.
      await clients[0]?.page.waitForTimeout(1_100);
      await Promise.all(clients.map((client) => client.comeBack()));
    },
    ...both(certain('silence')),
  },
  { id: 'restart', make: ({ drp }) => drp.restart(1_500, 'reset'), kept: true, ...both(probable('restart')) },
  // Certain where the server had seen it well while it was in use here, and its port is closed now.
  { id: 'crash', make: stop, heal: start, server: either('crash'), alone: dark },
  { id: 'cut', make: ({ drp }) => drp.cut('reset'), kept: true, ...both(either('cut')) },
  { id: 'flapping', ...fault('flapping', { up_ms: 300 }), ...both(certain('flapping')), repeated: true },
  { id: 'too-large', ...fault('too-large'), ...both(certain('too-large')), repeated: true, waits: true },
  ...(['reserved-bit', 'unknown-opcode', 'masked-frame', 'one-byte-close'] as const).map((kind): Row => ({
    id: `violation, ${kind}`,
    make: ({ drp }) => drp.violate(kind),
    ...both(probable('violation')),
  })),
  {
    id: 'violation, frames altered in between',
    ...fault('altered-frames', { after_ms: 500 }),
    // It comes back and is lost again, for as long as somebody alters the data.
    ...both(probable('violation', 'flapping')),
    repeated: true,
  },
  ...[1000, 1001, 1011, 4001].map((code) => closed(code)),
  ...[1012, 1013].map((code): Row => ({ ...closed(code), hurry: true })),
  closed(null, 'cut'),
  { ...closed(1008), person: (client, { endpoint }) => client.signInAgain(endpoint), waits: true },
];
