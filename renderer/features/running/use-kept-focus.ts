/** Keeps the focus in a task when the button that had it goes: a queue is left, a task ends, a report is put away. */
import { type RefObject, useEffect, useRef } from 'react';

/** What the task is drawn in; it needs `tabIndex={-1}` and the two handlers. */
export interface KeptFocus<E extends HTMLElement> {
  ref: RefObject<E | null>;
  onFocus(): void;
  onBlur(event: { relatedTarget: EventTarget | null }): void;
}

/** True where the focus fell out of the page's controls. */
function isLost(): boolean {
  return document.activeElement === null || document.activeElement === document.body;
}

/** `state`: whatever changes the buttons of the task. */
export function useKeptFocus<E extends HTMLElement>(state: string): KeptFocus<E> {
  const ref = useRef<E>(null);
  const had = useRef(false);
  const before = useRef(state);
  useEffect(() => {
    if (before.current !== state && had.current && isLost()) ref.current?.focus({ preventScroll: true });
    before.current = state;
  }, [state]);
  return {
    ref,
    onFocus: () => {
      had.current = true;
    },
    // What is taken away loses the focus to nothing; what is left loses it to something.
    onBlur: ({ relatedTarget }) => {
      if (relatedTarget !== null) had.current = false;
    },
  };
}

/** Call it after something was put away: the focus goes to the content of the window where it was lost. */
export function rescueFocus(): void {
  setTimeout(() => {
    if (isLost()) document.getElementById('content')?.focus({ preventScroll: true });
  });
}
