/**
 * The rows of a grid of which only those in sight exist: one row is in the tab order, and the keys move it (ARIA authoring
 * practices, grid with row focus). The row that has the focus exists even out of sight, so that the focus is never lost.
 */
import { defaultRangeExtractor, type Range, useVirtualizer, type VirtualItem } from '@tanstack/react-virtual';
import { type KeyboardEvent, type RefObject, useEffect, useRef } from 'react';

interface VirtualRowsOptions {
  count: number;
  /** The row in the tab order. */
  active: number;
  rowHeight: number;
  /** Of the header above the rows, which stays in sight. */
  headHeight: number;
  scroll: RefObject<HTMLElement | null>;
  onMove(index: number): void;
  /** Enter, Space and others; true when it was used. */
  onKey(index: number, key: string): boolean;
}

export interface VirtualRows {
  items: VirtualItem[];
  totalHeight: number;
  /** Top of a row below the header. */
  topOf(item: VirtualItem): number;
  /** Spread over the table, which is also what scrolls. */
  container: {
    role: 'grid';
    /** With the header. */
    'aria-rowcount': number;
    'aria-multiselectable': false;
    onKeyDown(event: KeyboardEvent<HTMLElement>): void;
  };
}

/** Where a key goes from `index`; undefined: it does not move. */
export function indexAfterKey(key: string, index: number, count: number, page: number): number | undefined {
  const to = {
    ArrowDown: index + 1,
    ArrowUp: index - 1,
    PageDown: index + page,
    PageUp: index - page,
    Home: 0,
    End: count - 1,
  }[key];
  return to === undefined ? undefined : Math.min(count - 1, Math.max(0, to));
}

/** The rows in sight and the active one, in order. */
export function withActive(range: Range, active: number): number[] {
  const rows = defaultRangeExtractor(range);
  if (active < 0 || active >= range.count || rows.includes(active)) return rows;
  return [...rows, active].sort((a, b) => a - b);
}

export function useVirtualRows(options: VirtualRowsOptions): VirtualRows {
  const { count, active, rowHeight, headHeight, scroll, onMove, onKey } = options;
  const focusWanted = useRef(false);
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scroll.current,
    estimateSize: () => rowHeight,
    overscan: 10,
    scrollMargin: headHeight,
    scrollPaddingStart: headHeight,
    rangeExtractor: (range) => withActive(range, active),
  });

  useEffect(() => {
    if (!focusWanted.current) return;
    focusWanted.current = false;
    const row = scroll.current?.querySelector<HTMLElement>(`[data-row="${active}"]`);
    row?.focus({ preventScroll: true });
  }, [active, scroll]);

  function press(event: KeyboardEvent<HTMLElement>): void {
    const row = (event.target as HTMLElement).closest<HTMLElement>('[data-row]');
    if (!row || event.altKey || event.ctrlKey || event.metaKey) return;
    const index = Number(row.dataset.row);
    const page = Math.max(1, Math.floor((scroll.current?.clientHeight ?? 0) / rowHeight) - 2);
    const next = indexAfterKey(event.key, index, count, page);
    if (next === undefined) {
      if (event.target === row && onKey(index, event.key)) event.preventDefault();
      return;
    }
    event.preventDefault();
    if (next === index) return;
    focusWanted.current = true;
    onMove(next);
    virtualizer.scrollToIndex(next, { align: 'auto' });
  }

  return {
    items: virtualizer.getVirtualItems(),
    totalHeight: virtualizer.getTotalSize(),
    topOf: (item) => item.start - headHeight,
    container: { role: 'grid', 'aria-rowcount': count + 1, 'aria-multiselectable': false, onKeyDown: press },
  };
}
