/**
 * A grid of which only the visible rows exist: one row is in the tab order, and the arrow keys, Page Up, Page Down, Home
 * and End move the focus through all of them (ARIA authoring practices, grid pattern with row focus).
 */
import { defaultRangeExtractor, useVirtualizer, type Virtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type RefObject, useLayoutEffect, useRef, useState } from 'react';

interface VirtualGridOptions {
  container: RefObject<HTMLTableElement | null>;
  /** Of all rows, in order. */
  keys: readonly string[];
  /** The row that is in the tab order before one had the focus. */
  selected: string | null;
  rowHeight: number;
  headHeight: number;
}

export interface VirtualGrid {
  rows: Virtualizer<HTMLTableElement, HTMLTableRowElement>;
  /** Spread over the table. */
  grid: { role: 'grid'; onKeyDown(event: KeyboardEvent<HTMLElement>): void };
  /** Spread over every row. */
  row(key: string): { tabIndex: 0 | -1; 'data-row-key': string; onFocus(): void };
}

export function useVirtualGrid({ container, keys, selected, rowHeight, headHeight }: VirtualGridOptions): VirtualGrid {
  const [remembered, setRemembered] = useState<string | null>(null);
  const focusSoon = useRef<string | null>(null);
  const wanted = [remembered, selected].map((key) => (key === null ? -1 : keys.indexOf(key)));
  const activeIndex = wanted.find((index) => index >= 0) ?? 0;
  const activeKey = keys[activeIndex];

  const rows = useVirtualizer<HTMLTableElement, HTMLTableRowElement>({
    count: keys.length,
    getScrollElement: () => container.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => keys[index] ?? index,
    overscan: 16,
    scrollMargin: 0,
    scrollPaddingStart: headHeight,
    // The row in the tab order always exists, so that the focus is never lost by scrolling.
    rangeExtractor: (range) => {
      const visible = defaultRangeExtractor(range);
      if (activeIndex >= keys.length || visible.includes(activeIndex)) return visible;
      return [...visible, activeIndex].sort((a, b) => a - b);
    },
  });

  useLayoutEffect(() => {
    const key = focusSoon.current;
    if (key === null) return;
    const row = [...(container.current?.querySelectorAll<HTMLElement>('tr[data-row-key]') ?? [])].find(
      (each) => each.dataset.rowKey === key,
    );
    if (!row) return;
    focusSoon.current = null;
    row.focus({ preventScroll: true });
  });

  function press(event: KeyboardEvent<HTMLElement>): void {
    if (event.altKey || event.ctrlKey || event.metaKey || keys.length === 0) return;
    if (!(event.target as HTMLElement).matches('tr[data-row-key]')) return;
    const page = Math.max(1, Math.floor(((container.current?.clientHeight ?? 0) - headHeight) / rowHeight) - 1);
    const next = {
      ArrowDown: activeIndex + 1,
      ArrowUp: activeIndex - 1,
      PageDown: activeIndex + page,
      PageUp: activeIndex - page,
      Home: 0,
      End: keys.length - 1,
    }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    const index = Math.min(keys.length - 1, Math.max(0, next));
    const key = keys[index];
    if (key === undefined) return;
    focusSoon.current = key;
    setRemembered(key);
    rows.scrollToIndex(index, { align: 'auto' });
  }

  return {
    rows,
    grid: { role: 'grid', onKeyDown: press },
    row: (key) => ({
      tabIndex: key === activeKey ? 0 : -1,
      'data-row-key': key,
      onFocus: () => setRemembered(key),
    }),
  };
}
