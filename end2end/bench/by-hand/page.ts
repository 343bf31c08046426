// The overview in plain JavaScript: the least that a page can do that signs in, keeps one socket and shows what comes.
import { type Drawing, drawings } from '../shared/drawings';
import { Feed, PAGE, type Row, pretty, see } from '../shared/feed';
import { REGISTER, type Session, forget, read, save, signIn, socketUrl } from '../shared/session';
import {
  GRACE,
  type Happening,
  IDLE,
  clock,
  duration,
  label,
  lossesInWords,
  next,
  status,
  tab,
  tone,
  wait,
} from '../shared/state';

const one = <E extends Element = HTMLElement>(css: string) => document.querySelector(css) as E;
const feed = new Feed();
let state = IDLE;
let session: Session | null = null;
let socket: WebSocket | undefined;
let failures = 0;
let limit = PAGE;

/** Shows the page, and connects if this tab has a session. */
export default function start() {
  feed.watchCount(showCount);
  feed.watchList(showList);
  one('#connect').addEventListener('submit', submit);
  one('#sign-out').addEventListener('click', signOut);
  one('#older').addEventListener('click', showOlder);
  one('#freeze').addEventListener('click', freeze);
  one<HTMLButtonElement>('#megaphone').disabled = false;
  setInterval(showTime, 1_000);
  session = read();
  if (session) connect();
  else show();
  document.documentElement.dataset.ready = 'true';
}

function connect() {
  if (!session) return;
  happened('connect');
  const opening = new WebSocket(socketUrl(session));
  socket = opening;
  opening.onopen = () => {
    failures = 0;
    opening.send(REGISTER);
    happened('opened');
  };
  opening.onmessage = ({ data }) => feed.push(data as string);
  opening.onclose = () => {
    happened('closed');
    setTimeout(() => happened('late'), GRACE);
    setTimeout(connect, wait(failures++));
  };
}

function happened(what: Happening['what']) {
  state = next(state, { what, at: Date.now() });
  show();
}

function show() {
  const megaphone = one('#megaphone');
  const calm = state.alarm === 'calm';
  if (megaphone.dataset.alarm !== state.alarm) one('#megaphone svg').innerHTML = drawings[state.alarm];
  megaphone.dataset.phase = state.phase;
  megaphone.dataset.alarm = state.alarm;
  one('#megaphone span').className = calm ? 'sr-only' : '';
  one('#megaphone span').textContent = label(state);
  document.title = tab(state);
  one('#sign-in').hidden = session !== null;
  one('#session').hidden = session === null;
  one('#title').textContent = session ? new URL(session.endpoint).host : 'Connect to a DRP endpoint';
  if (!session) return;
  one('#address').textContent = session.endpoint;
  one('.status-row').dataset.tone = tone(state);
  one('.status-row svg').innerHTML = drawings[state.phase === 'connected' ? 'plugged' : 'unplugged'];
  one('.status-title').textContent = status(state);
  one('.feed').toggleAttribute('data-stale', state.phase !== 'connected');
  one('#standing').textContent = state.phase === 'connected' ? 'Connected since' : 'Not connected since';
  one('#losses').textContent = lossesInWords(state);
  showTime();
}

function showTime() {
  one('#since').textContent = clock(state.since);
  one('#for').textContent = duration(Date.now() - state.since);
}

function showCount() {
  for (const place of document.querySelectorAll('.received')) place.textContent = String(feed.received);
}

/** Rows that are there stay as they are. */
function showList() {
  const list = one('.feed');
  const there = new Map([...list.children].map((row) => [(row as HTMLElement).dataset.eventKey, row]));
  list.replaceChildren(...feed.shown.slice(0, limit).map((row) => there.get(String(row.key)) ?? rowOf(row)));
}

function rowOf({ key, at, text }: Row): HTMLElement {
  const { kind, action, key: name, does, drawing } = see(text);
  const row = document.createElement('li');
  row.dataset.eventKey = String(key);
  row.innerHTML = `<details><summary>${icon('chevron')}<time></time><span class="min-w-0 break-words"><b></b> <span class="event-action">${drawing ? icon(drawing) : ''}</span></span><span class="event-key"></span></summary></details>`;
  const fill = (css: string, text: string) => row.querySelector(css)?.append(text);
  fill('time', clock(at));
  fill('b', kind);
  fill('.event-action', action);
  fill('.event-key', name);
  row.querySelector('time')?.setAttribute('datetime', new Date(at).toISOString());
  row.querySelector('.event-action')?.setAttribute('data-action', does);
  row.querySelector('.event-key')?.setAttribute('title', name);
  row.querySelector('details')?.addEventListener('toggle', ({ target }) => open(target as HTMLDetailsElement, text));
  return row;
}

const icon = (drawing: Drawing) =>
  `<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">${drawings[drawing]}</svg>`;

function open(details: HTMLDetailsElement, text: string) {
  details.querySelector('pre')?.remove();
  if (!details.open) return;
  const json = document.createElement('pre');
  json.textContent = pretty(text);
  details.append(json);
}

function showOlder() {
  limit += PAGE;
  showList();
}

function freeze() {
  const held = one('#freeze').getAttribute('aria-pressed') === 'false';
  one('#freeze').setAttribute('aria-pressed', String(held));
  feed.hold(held);
}

async function submit(event: Event) {
  event.preventDefault();
  const [endpoint = '', user = '', password = ''] = ['#endpoint', '#user', '#password'].map(
    (field) => one<HTMLInputElement>(field).value,
  );
  try {
    session = await signIn(endpoint.replace(/\/$/, ''), user, password);
  } catch (error) {
    one('#refused').textContent = String(error);
    return;
  }
  save(session);
  connect();
}

function signOut() {
  forget();
  session = null;
  if (socket) socket.onclose = null;
  socket?.close();
  happened('signed-out');
}
