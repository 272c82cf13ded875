/** Commands that the host's own menu sends. */
import { useEffect, useRef } from 'react';
import type { Commands } from './use-commands.ts';

export function useNativeMenu(
  commands: Commands,
  onCommand: (listener: (command: string) => void) => () => void,
): void {
  const latest = useRef(commands);
  useEffect(() => {
    latest.current = commands;
  });
  useEffect(
    () =>
      onCommand((id) => {
        const command = Object.hasOwn(latest.current, id) ? latest.current[id as keyof Commands] : undefined;
        if (command?.enabled) command.run();
      }),
    [onCommand],
  );
}
