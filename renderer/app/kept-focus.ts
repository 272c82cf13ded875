/** The focus of the window is never lost: who works by keyboard goes on from the same place after whatever happened. */

/** Changes come in crowds, and the browser moves the focus only when it draws; in milliseconds. */
const AFTER_CHANGE_MS = 60;

/** Where the focus goes when nothing around the lost place can take it. */
const CONTENT = 'content';

function isLost(): boolean {
  return document.activeElement === null || document.activeElement === document.body;
}

function canHaveFocus(element: HTMLElement): boolean {
  return element.isConnected && !element.matches(':disabled') && element.checkVisibility({ visibilityProperty: true });
}

/**
 * Brings the focus back when what had it is switched off, taken away or drawn anew. A control that is switched on again
 * gets it back, unless the person has gone elsewhere. Returns the function that ends it.
 */
export function keepFocus(): () => void {
  let last: HTMLElement | null = null;
  /** What was around it, the nearest first: it cannot be asked once it is gone. */
  let around: HTMLElement[] = [];
  /** What had the focus when a dialog was opened: a dialog that was still being fetched then does not know it. */
  const openers = new WeakMap<Element, HTMLElement>();
  /** What has the focus in place of `last`. */
  let standIn: HTMLElement | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function remember({ target }: FocusEvent): void {
    if (!(target instanceof HTMLElement) || target === standIn) return;
    const dialog = target.closest('[role="dialog"]');
    const before = standIn ?? last;
    if (dialog && before && !dialog.contains(before) && !openers.has(dialog)) openers.set(dialog, before);
    last = target;
    standIn = null;
    around = [];
    for (let each = target.parentElement; each; each = each.parentElement) around.push(each);
  }

  function repair(): void {
    timer = undefined;
    if (last === null) return;
    if (standIn !== null && document.activeElement === standIn) {
      if (canHaveFocus(last)) last.focus({ preventScroll: true });
      return;
    }
    // Who clicked beside everything wanted that.
    if (!isLost() || canHaveFocus(last)) return;
    const same = last.id === '' ? null : document.getElementById(last.id);
    const places = around.flatMap((each) => openers.get(each) ?? (each.hasAttribute('tabindex') ? each : []));
    const place = [same, ...places].find((each) => each && canHaveFocus(each)) ?? document.getElementById(CONTENT);
    standIn = place;
    place?.focus({ preventScroll: true });
  }

  const observer = new MutationObserver(() => {
    timer ??= setTimeout(repair, AFTER_CHANGE_MS);
  });
  observer.observe(document.body, { subtree: true, childList: true, attributeFilter: ['disabled'] });
  document.addEventListener('focusin', remember);
  return () => {
    observer.disconnect();
    clearTimeout(timer);
    document.removeEventListener('focusin', remember);
  };
}
