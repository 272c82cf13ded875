/** Keys of the menus, and F6 to go from pane to pane. */
import { useEffect, useRef } from 'react';
import { menuCommands } from '#contract';
import type { Commands } from './use-commands.ts';

function keyOf(event: KeyboardEvent): string {
  const parts = [
    event.ctrlKey || event.metaKey ? 'Ctrl' : '',
    event.altKey ? 'Alt' : '',
    event.shiftKey ? 'Shift' : '',
  ];
  return [...parts.filter(Boolean), event.key].join('+');
}

/** Accelerators are written as Electron writes them. */
const COMMAND_BY_KEY = new Map(
  menuCommands().flatMap(({ command, accelerator }) =>
    accelerator === undefined || command === 'file.quit'
      ? []
      : [[accelerator.replace('CmdOrCtrl', 'Ctrl'), command] as const],
  ),
);

/** What takes the focus when a pane is entered: its current row, else its first control, else the pane. */
function entryOf(pane: HTMLElement): HTMLElement {
  return (
    pane.querySelector<HTMLElement>('tr[tabindex="0"], [aria-current="page"]') ??
    pane.querySelector<HTMLElement>('button:not(:disabled), input:not(:disabled), a[href], [tabindex="0"]') ??
    pane
  );
}

function cyclePanes(direction: 1 | -1): void {
  const panes = [...document.querySelectorAll<HTMLElement>('[data-pane]')].filter((pane) => pane.offsetParent !== null);
  const present = panes.findIndex((pane) => pane.contains(document.activeElement));
  const next = present < 0 ? 0 : (present + direction + panes.length) % panes.length;
  const pane = panes[next];
  if (pane) entryOf(pane).focus();
}

export function useShortcuts(commands: Commands): void {
  const latest = useRef(commands);
  useEffect(() => {
    latest.current = commands;
  });
  useEffect(() => {
    function press(event: KeyboardEvent): void {
      // A dialog keeps the keyboard to itself.
      if (document.querySelector('[role="dialog"][aria-modal="true"]')) return;
      if (event.key === 'F6') {
        event.preventDefault();
        cyclePanes(event.shiftKey ? -1 : 1);
        return;
      }
      const id = COMMAND_BY_KEY.get(keyOf(event));
      if (!id) return;
      event.preventDefault();
      const command = latest.current[id];
      if (command.enabled) command.run();
    }
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, []);
}
