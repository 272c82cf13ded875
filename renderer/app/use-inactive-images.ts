/** View → Display active images only, or inactive ones as well. */
import { useStores, useValue } from '../stores/use-stores.ts';

export interface InactiveImages {
  shown: boolean;
  set(shown: boolean): void;
}

/** What the store of images has for it. */
interface InactiveState {
  showInactive: boolean;
  setInactive(shown: boolean): void;
}

function isAbleTo(state: object): state is InactiveState {
  return 'showInactive' in state && 'setInactive' in state;
}

export function useInactiveImages(): InactiveImages {
  const { images } = useStores();
  const shown = useValue('images', (state) => isAbleTo(state) && state.showInactive);
  return {
    shown,
    set(next) {
      const state = images.getState();
      if (isAbleTo(state)) state.setInactive(next);
    },
  };
}
