/**
 * Who opened a dialog gets the focus back when it closes. Mantine sees to it only where it saw the dialog open before
 * anything in it took the focus: neither of a dialog that is fetched first, nor of one whose first button takes the focus.
 */
import { useEffect, useInsertionEffect, useRef } from 'react';

/** Mantine gives the focus back 10 ms after the dialog closed. */
const CLOSED_AFTER_MS = 20;

export function useFocusReturn(opened: boolean): void {
  const opener = useRef<Element | null>(null);
  // Comes before what is drawn takes the focus.
  useInsertionEffect(() => {
    if (opened) opener.current = document.activeElement;
  }, [opened]);
  useEffect(() => {
    if (opened || opener.current === null) return;
    const before = opener.current;
    opener.current = null;
    const timer = setTimeout(() => {
      if (document.activeElement !== null && document.activeElement !== document.body) return;
      const isThere = before instanceof HTMLElement && before.isConnected && before !== document.body;
      (isThere ? before : document.getElementById('content'))?.focus({ preventScroll: true });
    }, CLOSED_AFTER_MS);
    return () => clearTimeout(timer);
  }, [opened]);
}
