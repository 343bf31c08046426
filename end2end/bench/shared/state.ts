// What both pages know of their connection, and the words for it: the portal's, for the states that they have.

export interface State {
  phase: 'idle' | 'connecting' | 'connected' | 'waiting';
  alarm: 'calm' | 'amber' | 'red';
  /** Since when the connection stands or is away, in milliseconds since 1970. */
  since: number;
  losses: number;
}

export interface Happening {
  what: 'connect' | 'opened' | 'closed' | 'late' | 'signed-out';
  at: number;
}

export const IDLE: State = { phase: 'idle', alarm: 'calm', since: 0, losses: 0 };

/** How long a loss stays amber before it is red, in milliseconds, unless a retry fails first. */
export const GRACE = 1_000;

/** The state after something happened. */
export function next(state: State, { what, at }: Happening): State {
  switch (what) {
    case 'connect':
      return { ...state, phase: 'connecting', since: at };
    case 'opened':
      return { ...state, phase: 'connected', alarm: 'calm', since: at };
    case 'closed':
      // Who has signed out has lost nothing.
      if (state.phase === 'idle') return state;
      return state.phase === 'connected'
        ? { phase: 'waiting', alarm: 'amber', since: at, losses: state.losses + 1 }
        : { ...state, phase: 'waiting', alarm: 'red' };
    case 'late':
      return state.phase === 'connected' ? state : { ...state, alarm: 'red' };
    case 'signed-out':
      return { ...IDLE, losses: state.losses };
  }
}

/** The wait before another try, in milliseconds: exponential backoff with full jitter. */
export const wait = (failures: number) => Math.random() * Math.min(500 * 2 ** failures, 20_000);

/** The megaphone's text. */
export function label({ phase, alarm }: State): string {
  if (alarm === 'red') return 'Unable to access DRP';
  if (alarm === 'amber') return 'Reconnecting…';
  if (phase === 'connected') return 'Connected';
  return phase === 'connecting' ? 'Connecting…' : 'Not connected';
}

/** What the row of status says. */
export function status({ phase, losses }: State): string {
  if (phase === 'connected') return losses > 0 ? 'Connected again' : 'Connected';
  return losses > 0 ? 'The connection to DRP was lost' : 'Connecting to DRP';
}

/** How the row of status looks. */
export function tone({ phase, alarm }: State): string {
  if (phase === 'connected') return 'good';
  return alarm === 'red' ? 'bad' : 'trying';
}

export function lossesInWords({ losses }: State): string {
  if (losses === 0) return 'No connection has been lost in this tab.';
  return losses === 1 ? '1 loss in this tab' : `${losses} losses in this tab`;
}

/** The name of the tab. */
export const tab = (state: State) => `${state.alarm === 'calm' ? '' : `${label(state)} – `}Overview – Megaphone`;

/** `14:05:09`. */
export const clock = (at: number) => new Date(at).toTimeString().slice(0, 8);

/** `52 s`, `3 min 5 s`. */
export function duration(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1_000));
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
