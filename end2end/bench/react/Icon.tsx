// A drawing; text stands beside it or in its place.
import { type Drawing, drawings } from '../shared/drawings';

export function Icon({ drawing }: { drawing: Drawing }) {
  const inside = { __html: drawings[drawing] };
  return <svg className="icon" viewBox="0 0 24 24" aria-hidden="true" dangerouslySetInnerHTML={inside} />;
}
