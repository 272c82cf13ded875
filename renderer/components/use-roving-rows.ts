/**
 * Arrow keys in grids and tree grids: one row is in the tab order, Up, Down, Home and End move the focus
 * (ARIA authoring practices, grid and treegrid patterns with row focus).
 */
import { type FocusEvent, type KeyboardEvent, useState } from 'react';

function rowsOf(container: HTMLElement): HTMLElement[] {
  return [...container.querySelectorAll<HTMLElement>('tr[data-row-key]')];
}

export interface RovingRows {
  /** Spread over the element that contains the rows. */
  container: {
    role: 'grid' | 'treegrid';
    'aria-multiselectable': boolean;
    onKeyDown(event: KeyboardEvent<HTMLElement>): void;
    onFocus(event: FocusEvent<HTMLElement>): void;
  };
  /** Spread over every row. */
  row(key: string): { tabIndex: 0 | -1; 'data-row-key': string };
}

/** `onKey` sees keys on a row that do not move the focus; it returns true when it used one. */
export function useRovingRows(
  role: 'grid' | 'treegrid',
  keys: readonly string[],
  onKey: (rowKey: string, key: string) => boolean,
): RovingRows {
  const [remembered, setActive] = useState<string | null>(null);
  const active = remembered !== null && keys.includes(remembered) ? remembered : keys[0];

  function press(event: KeyboardEvent<HTMLElement>): void {
    const row = (event.target as HTMLElement).closest<HTMLElement>('tr[data-row-key]');
    const rowKey = row?.dataset.rowKey;
    if (!row || rowKey === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    const rows = rowsOf(event.currentTarget);
    const index = rows.indexOf(row);
    const next = { ArrowDown: index + 1, ArrowUp: index - 1, Home: 0, End: rows.length - 1 }[event.key];
    if (next !== undefined) {
      event.preventDefault();
      rows[Math.min(rows.length - 1, Math.max(0, next))]?.focus();
      return;
    }
    // Space and Enter on a control inside the row belong to that control.
    if (event.target !== row && (event.key === ' ' || event.key === 'Enter')) return;
    if (onKey(rowKey, event.key)) event.preventDefault();
  }

  return {
    container: {
      role,
      // In the tree grid several volumes can be chosen, in the grid one image.
      'aria-multiselectable': role === 'treegrid',
      onKeyDown: press,
      onFocus(event) {
        const row = event.target.closest<HTMLElement>('tr[data-row-key]');
        if (row?.dataset.rowKey !== undefined) setActive(row.dataset.rowKey);
      },
    },
    row: (key) => ({ tabIndex: key === active ? 0 : -1, 'data-row-key': key }),
  };
}
