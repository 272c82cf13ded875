/** The focus stays in the view when what has it goes away or is switched off. */
import { type RefObject, useEffect, useRef } from 'react';

const CONTROLS = 'tr[tabindex="0"], button:not(:disabled), input:not(:disabled), a[href], [tabindex="0"]';

/** For the element around the panes: the pane of what had the focus takes it over, by its first control. */
export function useKeptFocus(): RefObject<HTMLDivElement | null> {
  const view = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const root = view.current;
    if (!root) return;
    let last: Element | null = null;
    let pane: HTMLElement | null = null;

    function remember(event: FocusEvent): void {
      last = event.target instanceof Element ? event.target : null;
      pane = last?.closest<HTMLElement>('[data-pane]') ?? null;
    }
    function repair(): void {
      if (last === null || document.activeElement !== document.body) return;
      if (last.isConnected && !last.matches(':disabled')) return;
      last = null;
      const home = pane?.isConnected && pane.offsetParent !== null ? pane : root;
      const control = home?.querySelector<HTMLElement>(CONTROLS) ?? root?.querySelector<HTMLElement>(CONTROLS);
      control?.focus();
    }

    // The browser moves the focus only after the change.
    const observer = new MutationObserver(() => setTimeout(repair));
    observer.observe(root, { subtree: true, childList: true, attributeFilter: ['disabled'] });
    root.addEventListener('focusin', remember);
    return () => {
      observer.disconnect();
      root.removeEventListener('focusin', remember);
    };
  }, []);
  return view;
}
