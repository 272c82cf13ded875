/** The view is part of the address, so that back, forward and reload keep it. */
import { useEffect } from 'react';
import type { Stores } from '../stores/create-stores.ts';
import { VIEWS, type View } from '../stores/ui-store.ts';

function viewOf(hash: string): View | undefined {
  return VIEWS.find((view) => hash === `#/${view}`);
}

export function useRoutes(ui: Stores['ui']): void {
  useEffect(() => {
    function follow(): void {
      const view = viewOf(window.location.hash);
      if (view) ui.getState().show(view);
    }
    // A name for the first view as well, so that going back to it works.
    if (viewOf(window.location.hash) === undefined) window.history.replaceState(null, '', `#/${ui.getState().view}`);
    follow();
    window.addEventListener('hashchange', follow);
    const unsubscribe = ui.subscribe((state) => {
      if (viewOf(window.location.hash) !== state.view) window.location.hash = `/${state.view}`;
    });
    return () => {
      window.removeEventListener('hashchange', follow);
      unsubscribe();
    };
  }, [ui]);
}
