/** The Setup Wizard: which page is shown, if any. */
import { createStore } from 'zustand/vanilla';

export const SETUP_STEPS = ['repository', 'recovery', 'support', 'firstBackup'] as const;
export type SetupStep = (typeof SETUP_STEPS)[number];

export interface SetupState {
  /** Null: the wizard is not open. While there is no repository its first page shows anyway. */
  step: SetupStep | null;
  /** Opens the wizard at its first page. */
  begin(): void;
  go(step: SetupStep): void;
  /** Closes the wizard; what was done stays done. */
  finish(): void;
}

export function createSetupStore() {
  return createStore<SetupState>()((set) => ({
    step: null,
    begin: () => set({ step: 'repository' }),
    go: (step) => set({ step }),
    finish: () => set({ step: null }),
  }));
}
