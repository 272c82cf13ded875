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
  | 'setup-wizard'
  | 'passphrase'
  | 'error-log';

export interface UiState {
  view: View;
  dialog: Dialog | null;
  show(view: View): void;
  openDialog(dialog: Dialog): void;
  closeDialog(): void;
}

export function createUiStore(view: View = 'hub') {
  return createStore<UiState>()((set) => ({
    view,
    dialog: null,
    show: (next) => set({ view: next }),
    openDialog: (dialog) => set({ dialog }),
    closeDialog: () => set({ dialog: null }),
  }));
}
