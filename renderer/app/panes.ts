/** Panes of the window (`data-pane`): F6 goes from one to the next. */

/** What takes the focus when a pane is entered: its current row, else its first control, else the pane. */
function entryOf(pane: HTMLElement): HTMLElement {
  return (
    pane.querySelector<HTMLElement>('tr[tabindex="0"], [aria-current="page"]') ??
    pane.querySelector<HTMLElement>(
      'button:not(:disabled, [tabindex="-1"]), input:not(:disabled), a[href], [tabindex="0"]',
    ) ??
    pane
  );
}

/** Moves the focus to the next pane, or the one before. */
export function cyclePanes(direction: 1 | -1): void {
  const panes = [...document.querySelectorAll<HTMLElement>('[data-pane]')].filter((pane) => pane.offsetParent !== null);
  const present = panes.findIndex((pane) => pane.contains(document.activeElement));
  const next = present < 0 ? 0 : (present + direction + panes.length) % panes.length;
  const pane = panes[next];
  if (!pane) return;
  const entry = entryOf(pane);
  // An empty pane takes the focus itself, so that it is not lost.
  if (entry === pane) pane.tabIndex = -1;
  entry.focus();
}
