// What a row of the matrix is, and the pieces that many rows share.
import type { Drp } from '../../fixtures/drp';
import type { Client, Prepare } from '../client';
import { type Expectation, seenByServer } from '../expectation';
import type { Served } from '../fixtures';
import type { Kind } from '../setup';

/** What a row acts on. */
export interface Setting {
  drp: Drp;
  /** Every endpoint of this worker, for what the browser alone is led to. */
  endpoints: Record<Kind, Drp>;
  /** What the pages have as the endpoint's address. */
  endpoint: string;
  /** A page with its server, and one without. */
  clients: Client[];
}

/** A browser of its own, with options that send it elsewhere than the server. */
export interface OwnBrowser {
  /** Chromium's options. */
  args: (places: { drp: Drp; endpoints: Record<Kind, Drp> }) => Promise<string[]> | string[];
  /** Whether a profile on disk is wanted, as extensions do. */
  onDisk?: true;
  /** Ends what the options need. */
  end?: () => Promise<void> | void;
}

export type Act = (setting: Setting) => Promise<unknown>;

export interface Row {
  id: string;
  /** Which endpoint, if not the one whose certificate the browser has accepted. */
  endpoint?: Kind;
  /** The name by which it is called, if not localhost. */
  host?: string;
  /** The port, if not the endpoint's own. */
  port?: number;
  /** How the page is served, if not plainly; `secure` is over https, `same-host` under the endpoint's own name. */
  portal?: Served | 'secure' | 'same-host';
  /** What is done to a profile before the page is opened in it. */
  prepare?: Prepare;
  browser?: OwnBrowser;
  /** Whether the fault is there before the first try; otherwise it ends a connection. */
  first?: true;
  /** What the connection must have seen before the fault. */
  ready?: Act;
  /** What brings the fault about, if it is not there from the start. */
  make?: Act;
  /** What heals the fault, where it does not heal by itself; a text says why nothing here can. */
  heal?: Act | string;
  /** What only a person does, once it is healed; otherwise they at most come back to the tab. */
  person?: (client: Client, setting: Setting) => Promise<unknown>;
  /** What is right with the portal's server; null where nothing is lost. */
  server: Expectation | null;
  /** What is right from the page alone. */
  alone: Expectation | null;
  /** Whether the portal comes to wait for a person, although it goes on trying after other losses with this cause. */
  waits?: true;
  /** Whether it takes more than one loss, or more than one try, until the cause can be named. */
  repeated?: true;
  /** Whether the verdict is the one that is kept of the loss after the connection came back. */
  kept?: true;
  /** Whether to press “Retry now” after the loss, because the portal means to wait long. */
  hurry?: true;
}

/** A fault of the simulator, and its end. */
export const fault = (id: string, more: Record<string, string | number | boolean> = {}) => ({
  make: ({ drp }: Setting) => drp.fault({ id, ...more }),
  heal: ({ drp }: Setting) => drp.heal(),
});

/** The same verdict with the server and without. */
export const both = (right: Expectation | null) => ({ server: right, alone: right });

/** What the server sees, and what the page can say alone. */
export const seen = (cause: string, alone: Expectation) => ({ server: seenByServer(cause), alone });

export const stop: Act = ({ drp }) => drp.stop('reset');
export const start: Act = ({ drp }) => drp.start();

/** A browser for which a host and port are somewhere else; the server sees them as they are. */
export const ledTo = (place: (endpoints: Record<Kind, Drp>) => string): OwnBrowser => ({
  args: ({ drp, endpoints }) => [`--host-resolver-rules=MAP ${new URL(drp.url).host} ${place(endpoints)}`],
});

/** Where an endpoint listens, as a rule of the resolver takes it. */
export const at = (drp: Drp) => new URL(drp.url).host.replace('localhost', '127.0.0.1');
