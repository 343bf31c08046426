// Everything about a connection: its status, its events, its facts.
import { useEffect, useState } from 'react';
import type { Feed } from '../shared/feed';
import type { Session } from '../shared/session';
import { type State, clock, duration, lossesInWords, status, tone } from '../shared/state';
import { FeedList } from './FeedList';
import { Icon } from './Icon';
import { Received } from './Received';

interface Props {
  session: Session;
  state: State;
  feed: Feed;
  signOut: () => void;
}

export function SessionView({ session, state, feed, signOut }: Props) {
  const live = state.phase === 'connected';
  return (
    <>
      <section className="status-row" data-tone={tone(state)} aria-label="State of the connection">
        <span className="mark">
          <Icon drawing={live ? 'plugged' : 'unplugged'} />
        </span>
        <div className="status-text">
          <p className="status-title">{status(state)}</p>
        </div>
      </section>
      <div className="mt-4 grid grid-cols-[minmax(0,1fr)] items-start gap-6 lg:grid-cols-[minmax(0,5fr)_minmax(0,3fr)]">
        <FeedList feed={feed} live={live} />
        <section className="card" aria-labelledby="connection-title">
          <div className="card-head">
            <h2 id="connection-title">Connection</h2>
            <button type="button" className="btn" onClick={signOut}>
              Sign out
            </button>
          </div>
          <div className="p-5">
            <p className="mb-4 wrap-anywhere">{session.endpoint}</p>
            <dl className="facts">
              <div>
                <dt>{live ? 'Connected since' : 'Not connected since'}</dt>
                <dd>
                  <time>{clock(state.since)}</time>, for <Since since={state.since} />
                </dd>
              </div>
              <div>
                <dt>Events</dt>
                <dd>
                  <Received feed={feed} />
                </dd>
              </div>
            </dl>
            <h3 className="mt-5 mb-2">Losses</h3>
            <p className="text-muted">{lossesInWords(state)}</p>
          </div>
        </section>
      </div>
    </>
  );
}

function Since({ since }: { since: number }) {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  return <span className="whitespace-nowrap">{duration(now - since)}</span>;
}
