// The form that signs in.
import { useActionState } from 'react';
import { type Session, signIn } from '../shared/session';

export function ConnectForm({ connect }: { connect: (session: Session) => void }) {
  const [refused, submit, busy] = useActionState(async (_before: string, form: FormData) => {
    const text = (name: string) => String(form.get(name));
    try {
      connect(await signIn(text('endpoint').replace(/\/$/, ''), text('user'), text('password')));
      return '';
    } catch (error) {
      return String(error);
    }
  }, '');
  return (
    <div className="narrow mt-6">
      <form id="connect" className="card grid gap-5 p-5 sm:p-6" action={submit}>
        {refused && <p role="alert">{refused}</p>}
        <div>
          <label className="label" htmlFor="endpoint">
            Endpoint
          </label>
          <p className="hint mb-1.5" id="endpoint-hint">
            For example https://drp.example.com:8092
          </p>
          <input id="endpoint" name="endpoint" className="input" type="url" required aria-describedby="endpoint-hint" />
        </div>
        <div>
          <label className="label" htmlFor="user">
            User
          </label>
          <input id="user" name="user" className="input" autoComplete="username" required />
        </div>
        <div>
          <label className="label" htmlFor="password">
            Password
          </label>
          <input
            id="password"
            name="password"
            className="input"
            type="password"
            autoComplete="current-password"
            required
          />
        </div>
        <button type="submit" className="btn btn-primary min-h-11" aria-busy={busy}>
          {busy ? 'Connecting…' : 'Connect'}
        </button>
      </form>
    </div>
  );
}
