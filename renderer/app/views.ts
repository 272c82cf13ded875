/** How the views that are not there from the start are fetched. */
export const views = {
  backup: async () => ({ default: (await import('../features/backup/BackupView.tsx')).BackupView }),
  restore: async () => ({ default: (await import('../features/restore/RestoreView.tsx')).RestoreView }),
  activity: async () => ({ default: (await import('../features/activity/ActivityView.tsx')).ActivityView }),
  preferences: async () => ({ default: (await import('../features/preferences/PreferencesView.tsx')).PreferencesView }),
} as const;

/** The command palette. */
export const fetchPalette = async () => ({ default: (await import('./palette/Palette.tsx')).Palette });

/** Fetches what people go to next, so that going there takes no time. A failure shows when one is shown. */
export function fetchViews(): void {
  for (const fetchView of [fetchPalette, views.backup, views.restore, views.activity])
    void fetchView().catch(() => undefined);
}
