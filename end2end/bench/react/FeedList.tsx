// The live events, newest first; of them only those in view are in the document.
import { useVirtualizer } from '@tanstack/react-virtual';
import { type SyntheticEvent, memo, useRef, useState, useSyncExternalStore } from 'react';
import { type Feed, type Row, pretty, see } from '../shared/feed';
import { clock } from '../shared/state';
import { Icon } from './Icon';
import { Received } from './Received';

/** The height of a closed row. */
const HEIGHT = 42;
/** Rows beyond those in view: with them there are as many in the document as in the other pages. */
const BEYOND = 15;

export function FeedList({ feed, live }: { feed: Feed; live: boolean }) {
  const rows = useSyncExternalStore(feed.watchList, () => feed.shown);
  const [held, setHeld] = useState(false);
  const view = useRef<HTMLDivElement>(null);
  const list = useVirtualizer({
    count: rows.length,
    getScrollElement: () => view.current,
    getItemKey: (index) => rows[index]?.key ?? index,
    estimateSize: () => HEIGHT,
    overscan: BEYOND,
  });
  const freeze = () => {
    setHeld(!held);
    feed.hold(!held);
  };
  return (
    <section className="card overflow-hidden" aria-labelledby="feed-title">
      <div className="card-head">
        <h2 id="feed-title">Live events</h2>
        <div className="flex items-center gap-3">
          <span className="hint tabular">
            <Received feed={feed} /> received
          </span>
          <button type="button" className="btn" aria-pressed={held} onClick={freeze}>
            Freeze list
          </button>
        </div>
      </div>
      <div ref={view} className="h-[70vh] overflow-auto">
        <ol className="feed relative" data-stale={live ? undefined : 'true'} style={{ height: list.getTotalSize() }}>
          {list.getVirtualItems().map(({ key, index, start }) => (
            <li
              key={key}
              ref={list.measureElement}
              data-index={index}
              data-event-key={key}
              className="absolute inset-x-0 top-0"
              style={{ transform: `translateY(${start}px)` }}
            >
              {rows[index] && <RowView row={rows[index]} />}
            </li>
          ))}
        </ol>
      </div>
    </section>
  );
}

const RowView = memo(function RowView({ row: { at, text } }: { row: Row }) {
  const [open, setOpen] = useState(false);
  const { kind, action, key, does, drawing } = see(text);
  const toggled = (event: SyntheticEvent<HTMLDetailsElement>) => setOpen(event.currentTarget.open);
  return (
    <details onToggle={toggled}>
      <summary>
        <Icon drawing="chevron" />
        <time dateTime={new Date(at).toISOString()}>{clock(at)}</time>
        <span className="min-w-0 break-words">
          <b>{kind}</b>{' '}
          <span className="event-action" data-action={does}>
            {drawing && <Icon drawing={drawing} />}
            {action}
          </span>
        </span>
        <span className="event-key" title={key}>
          {key}
        </span>
      </summary>
      {open && <pre>{pretty(text)}</pre>}
    </details>
  );
});
