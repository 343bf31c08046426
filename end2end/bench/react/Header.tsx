// The bar with the megaphone.
import { type State, label } from '../shared/state';
import { Icon } from './Icon';

export function Header({ state }: { state: State }) {
  return (
    <header className="bar">
      <div className="bar-start">
        <button
          id="megaphone"
          type="button"
          title="Connection details"
          data-phase={state.phase}
          data-alarm={state.alarm}
        >
          <Icon drawing={state.alarm} />
          <span className={state.alarm === 'calm' ? 'sr-only' : ''}>{label(state)}</span>
        </button>
        <span className="brand">Megaphone</span>
      </div>
      <div className="bar-rest">
        <nav className="bar-nav" aria-label="Pages">
          <a href="./" aria-current="page">
            Overview
          </a>
        </nav>
      </div>
    </header>
  );
}
