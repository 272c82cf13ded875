/** What the window itself shows: view and open dialogs. */
import { createStore } from 'zustand/vanilla';

export const VIEWS = ['hub', 'backup', 'restore', 'activity', 'preferences'] as const;
export type View = (typeof VIEWS)[number];

export type Dialog =
  | 'file-details'
  | 'compare'
  | 'add-image-file'
  | 'connection'
  | 'about'
  | 'shortcuts'
  | 'passphrase'
  | 'error-log'
  | 'schedules'
  | 'policy'
  | 'expire'
  | 'prune'
  | 'pin'
  | 'delete-backup'
  | 'deactivate'
  | 'palette';

export interface UiState {
  view: View;
  dialog: Dialog | null;
  /** The view that is shown has changes that are not saved: it is asked before another one is shown. */
  unsaved: boolean;
  /** The view that is wanted while the one with changes is asked. */
  wanted: View | null;
  /** Shows a view, at once or after the present one was asked. */
  show(view: View): void;
  setUnsaved(unsaved: boolean): void;
  /** The answer to what was asked: to the wanted view, whatever was changed. */
  leave(): void;
  /** The answer to what was asked: everything remains. */
  stay(): void;
  openDialog(dialog: Dialog): void;
  closeDialog(): void;
}

export function createUiStore(view: View = 'hub') {
  return createStore<UiState>()((set, get) => ({
    view,
    dialog: null,
    unsaved: false,
    wanted: null,
    show(next) {
      const { unsaved, view: present } = get();
      if (next === present) return;
      set(unsaved ? { wanted: next } : { view: next });
    },
    setUnsaved: (unsaved) =>
      // Saved while it was asked: there is nothing to ask any more.
      set(({ wanted }) => (unsaved || wanted === null ? { unsaved } : { unsaved, view: wanted, wanted: null })),
    leave: () => set(({ wanted, view: present }) => ({ view: wanted ?? present, wanted: null, unsaved: false })),
    stay: () => set({ wanted: null }),
    openDialog: (dialog) => set({ dialog }),
    closeDialog: () => set({ dialog: null }),
  }));
}
