// The faults that need nothing but an endpoint, so that they are the same in every engine; the matrix in `faults` has
// those that need a certificate, a proxy or a flag of the browser.
import { certain, either, type Expectation, probable } from '../faults/expectation';
import type { Drp, Fault } from '../fixtures/drp';
import type { EngineName } from './engine';

export interface Case {
  id: string;
  make(drp: Drp): Promise<unknown>;
  heal?(drp: Drp): Promise<unknown>;
  /** What is right to say of it. */
  right: Expectation;
  /** What is right where an engine tells the page less. */
  differs?: Partial<Record<EngineName, Expectation>>;
  /** What may be said of it once it is back, where that is known better. */
  afterwards?: Expectation;
  /** Whether the person looks away and comes back, so that the portal asks at once. */
  looksAway?: true;
}

const fault = (id: string, right: Expectation, more: Omit<Fault, 'id'> = {}): Case => ({
  id: [id, ...Object.values(more)].join(' '),
  make: (drp) => drp.fault({ id, ...more }),
  heal: (drp) => drp.heal(),
  right,
});

/** What is said of a broken protocol; a connection that was reset, or whose endpoint is gone, broke none. */
const BROKE = /broke the WebSocket protocol/;
const unbroken = (right: Expectation): Expectation => ({ ...right, never: [BROKE] });

/** An `error` comes before the close of any connection that ends badly, not only of one that broke the protocol. */
const onlyCut = { firefox: either('cut'), webkit: either('cut') };

export const FAULTS: readonly Case[] = [
  fault('no-answer', either('no-answer'), { stage: 'upgrade' }),
  fault('idle-cut', probable('idle-cut'), { seconds: 6 }),
  { ...fault('silence', certain('silence')), looksAway: true },
  fault('flapping', certain('flapping'), { up_ms: 300 }),
  fault('too-large', certain('too-large')),
  fault('no-upgrade', either('no-upgrade'), { status: 426 }),
  fault('sign-in', certain('sign-in')),
  fault('token-expired', certain('token-expired')),
  fault('no-rights', certain('no-rights')),
  fault('not-drp', certain('not-drp'), { cors: true }),
  fault('bad-gateway', certain('bad-gateway'), { status: 502, cors: true }),
  fault('bad-gateway', either('bad-gateway'), { status: 503 }),
  fault('clock-skew', probable('clock-skew')),
  { id: 'cut by a reset', make: (drp) => drp.cut('reset'), right: unbroken(either('cut')) },
  { id: 'restart', make: (drp) => drp.restart(1_500, 'reset'), right: unbroken(probable('restart')) },
  {
    id: 'crash',
    make: (drp) => drp.stop('reset'),
    heal: (drp) => drp.start(),
    right: unbroken(either('crash', 'down')),
    // It went away and came back: that is a restart.
    afterwards: either('crash', 'down', 'restart'),
  },
  {
    id: 'text that is no UTF-8',
    make: (drp) => drp.violate('bad-utf8'),
    right: either('violation', 'closed'),
    differs: onlyCut,
  },
  { id: 'violation', make: (drp) => drp.violate(), right: probable('violation'), differs: onlyCut },
];
