// The session of this tab, under the key and in the form in which the portal keeps its own; and how to come by one.

export interface Session {
  endpoint: string;
  token: string;
}

const KEY = 'megaphone.session';

/** What is registered for once the socket is open: every event. */
export const REGISTER = 'register *.*.*';

export function read(): Session | null {
  try {
    const { endpoint, token } = JSON.parse(sessionStorage.getItem(KEY) ?? '{}') as Partial<Session>;
    return endpoint && token ? { endpoint, token } : null;
  } catch {
    return null;
  }
}

export const save = (session: Session) => sessionStorage.setItem(KEY, JSON.stringify(session));

export const forget = () => sessionStorage.removeItem(KEY);

/** The protocol puts the token in the address. */
export const socketUrl = ({ endpoint, token }: Session) =>
  `${endpoint.replace(/^http/, 'ws')}/api/v3/ws?token=${encodeURIComponent(token)}`;

/** Asks the endpoint for a token. */
export async function signIn(endpoint: string, user: string, password: string): Promise<Session> {
  const headers = { authorization: `Basic ${btoa(`${user}:${password}`)}` };
  const response = await fetch(`${endpoint}/api/v3/users/${encodeURIComponent(user)}/token?ttl=86400`, { headers });
  if (!response.ok) throw new Error(`The endpoint answered ${response.status}`);
  const { Token } = (await response.json()) as { Token: string };
  return { endpoint, token: Token };
}
