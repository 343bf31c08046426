// What arrived on the socket, newest first. As in the portal, a message is kept unread until it is shown, the count is
// renewed once a frame, and the list every 200 ms.
import type { Drawing } from './drawings';

export interface Row {
  key: number;
  /** When it arrived, in milliseconds since 1970. */
  at: number;
  text: string;
}

/** How many rows are shown at first, and how many more with each press. */
export const PAGE = 30;
/** The most messages that are kept. */
const LIMIT = 500;
/** The time between two changes of the list, in milliseconds. */
const REFRESH = 200;

export class Feed {
  received = 0;
  /** What the list shows, newest first. */
  shown: Row[] = [];
  private kept: Row[] = [];
  private held = false;
  private readonly asked = { count: false, list: false };
  private readonly watchers = { count: new Set<() => void>(), list: new Set<() => void>() };

  push(text: string) {
    this.received++;
    this.kept.push({ key: this.received, at: Date.now(), text });
    // Not one by one: what is taken from the front moves all the rest.
    if (this.kept.length > 2 * LIMIT) this.kept = this.kept.slice(-LIMIT);
    if (!this.asked.count) {
      this.asked.count = true;
      requestAnimationFrame(() => this.tell('count'));
    }
    if (!this.asked.list) {
      this.asked.list = true;
      setTimeout(() => this.tell('list'), REFRESH);
    }
  }

  /** Has `act` called when the count has changed; the function returned ends that. */
  watchCount = (act: () => void) => this.watch('count', act);
  /** The same for the list. */
  watchList = (act: () => void) => this.watch('list', act);

  /** Holds the list still, or lets it go on. */
  hold(held: boolean) {
    this.held = held;
    this.tell('list');
  }

  private watch(what: 'count' | 'list', act: () => void): () => void {
    this.watchers[what].add(act);
    return () => this.watchers[what].delete(act);
  }

  private tell(what: 'count' | 'list') {
    this.asked[what] = false;
    if (what === 'list') {
      if (this.held) return;
      this.shown = this.kept.slice(-LIMIT).reverse();
    }
    this.watchers[what].forEach((act) => act());
  }
}

/** A message as somebody looks at it. */
export interface Seen {
  kind: string;
  action: string;
  key: string;
  /** What the action does to its object, and its drawing. */
  does: string;
  drawing: Drawing | undefined;
}

export function see(text: string): Seen {
  const { Type, Action, Key } = JSON.parse(text) as { Type: string; Action: string; Key: string };
  const does = Action === 'save' ? 'update' : Action;
  const known = does === 'create' || does === 'update' || does === 'delete';
  return { kind: Type, action: Action, key: Key, does: known ? does : 'other', drawing: known ? does : undefined };
}

/** The whole message as indented JSON. */
export const pretty = (text: string) => JSON.stringify(JSON.parse(text), null, 2);
