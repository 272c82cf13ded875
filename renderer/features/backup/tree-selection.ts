/** Selecting in the tree by the keyboard: pure, so that every key can be tested. */

/** What Shift with an arrow does: rows that are selected, and rows that no longer are. */
export interface Extension {
  on: string[];
  off: string[];
}

function between(keys: readonly string[], one: number, other: number): string[] {
  return keys.slice(Math.min(one, other), Math.max(one, other) + 1);
}

/**
 * The focus went from `from` to `to` while Shift was held down since `anchor`: everything between anchor and focus is
 * selected, and what the focus left again is not.
 */
export function extendSelection(keys: readonly string[], anchor: string, from: string, to: string): Extension {
  const [start, before, after] = [anchor, from, to].map((key) => keys.indexOf(key));
  if (start === undefined || before === undefined || after === undefined || Math.min(start, before, after) < 0) {
    return { on: [], off: [] };
  }
  const on = between(keys, start, after);
  return { on, off: between(keys, start, before).filter((key) => !on.includes(key)) };
}
