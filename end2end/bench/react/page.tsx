// The overview in React 19, as it would be built today: hooks, react-use-websocket for the socket, TanStack Virtual for the
// list.
import { useEffect, useReducer, useState } from 'react';
import { createRoot } from 'react-dom/client';
import useWebSocket from 'react-use-websocket';
import { Feed } from '../shared/feed';
import { REGISTER, type Session, forget, read, save, socketUrl } from '../shared/session';
import { GRACE, type Happening, IDLE, next, tab, wait } from '../shared/state';
import { ConnectForm } from './ConnectForm';
import { Header } from './Header';
import { SessionView } from './SessionView';

export default function start() {
  const root = document.getElementById('root');
  if (root) createRoot(root).render(<App />);
}

const begun = (session: Session | null) => (session ? next(IDLE, { what: 'connect', at: Date.now() }) : IDLE);

function App() {
  const [feed] = useState(() => new Feed());
  const [session, setSession] = useState(read);
  const [state, dispatch] = useReducer(next, session, begun);
  const happened = (what: Happening['what']) => dispatch({ what, at: Date.now() });

  useWebSocket(session && socketUrl(session), {
    onOpen: ({ target }) => {
      (target as WebSocket).send(REGISTER);
      happened('opened');
    },
    onClose: () => happened('closed'),
    // What arrives is no state of a component: each message would redraw them all.
    onMessage: ({ data }) => feed.push(data as string),
    filter: () => false,
    shouldReconnect: () => true,
    reconnectAttempts: Infinity,
    reconnectInterval: wait,
  });

  useEffect(() => {
    document.title = tab(state);
    if (state.alarm !== 'amber') return;
    const late = setTimeout(() => happened('late'), GRACE);
    return () => clearTimeout(late);
  }, [state.alarm]);
  useEffect(() => {
    document.documentElement.dataset.ready = 'true';
  }, []);

  const connect = (session: Session) => {
    save(session);
    setSession(session);
    happened('connect');
  };
  const signOut = () => {
    forget();
    setSession(null);
    happened('signed-out');
  };
  return (
    <>
      <Header state={state} />
      <main className="page">
        <h1 tabIndex={-1} className="min-w-0 break-words">
          {session ? new URL(session.endpoint).host : 'Connect to a DRP endpoint'}
        </h1>
        {session ? (
          <SessionView session={session} state={state} feed={feed} signOut={signOut} />
        ) : (
          <ConnectForm connect={connect} />
        )}
      </main>
    </>
  );
}
