/** Keys of the menus, and F6 to go from pane to pane. */
import { useEffect, useRef } from 'react';
import { menuCommands } from '#contract';
import { cyclePanes } from './panes.ts';
import type { Commands } from './use-commands.ts';

/** Accelerators are written as Electron writes them. */
const COMMAND_BY_KEY = new Map(
  menuCommands().flatMap(({ command, accelerator }) =>
    accelerator === undefined || command === 'file.quit'
      ? []
      : [[accelerator.replace('CmdOrCtrl', 'Ctrl'), command] as const],
  ),
);

/** The key without what Caps Lock, or Alt on a Mac, make of it. */
function bareKey({ key, code }: KeyboardEvent): string {
  if (code.startsWith('Digit')) return code.slice('Digit'.length);
  return key.length === 1 ? key.toUpperCase() : key;
}

function keyOf(event: KeyboardEvent): string {
  const held = [event.ctrlKey || event.metaKey ? 'Ctrl' : '', event.altKey ? 'Alt' : '', event.shiftKey ? 'Shift' : ''];
  return [...held.filter(Boolean), bareKey(event)].join('+');
}

export function useShortcuts(commands: Commands): void {
  const latest = useRef(commands);
  useEffect(() => {
    latest.current = commands;
  });
  useEffect(() => {
    function press(event: KeyboardEvent): void {
      const id = COMMAND_BY_KEY.get(keyOf(event));
      if (document.querySelector('[role="dialog"][aria-modal="true"]')) {
        // A dialog keeps the keyboard to itself; what the browser would do instead is still ours.
        if (id) event.preventDefault();
        return;
      }
      if (event.key === 'F6') {
        event.preventDefault();
        cyclePanes(event.shiftKey ? -1 : 1);
        return;
      }
      if (!id) return;
      event.preventDefault();
      const command = latest.current[id];
      if (command.enabled) command.run();
    }
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, []);
}
