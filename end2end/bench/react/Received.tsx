// How many events came. A component of its own, because it is redrawn with each frame.
import { useSyncExternalStore } from 'react';
import type { Feed } from '../shared/feed';

export function Received({ feed }: { feed: Feed }) {
  return useSyncExternalStore(feed.watchCount, () => feed.received);
}
