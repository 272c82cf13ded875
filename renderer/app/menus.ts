/**
 * The menus as plain data, for the menu bar in the window and for a host that draws a native one.
 * `accelerator` is written as Electron writes it; the window listens for the same keys.
 */
export const MENUS = [
  {
    label: 'File',
    entries: [
      { id: 'file.addImageFile', label: 'Add image file…' },
      { id: 'file.connection', label: 'Connection information…' },
    ],
  },
  {
    label: 'Actions',
    entries: [
      { id: 'actions.backUp', label: 'Back up selected volumes' },
      { id: 'actions.estimate', label: 'Estimate' },
      { id: 'actions.restore', label: 'Restore selected image…' },
      { separator: true },
      { id: 'actions.check', label: 'Check repository' },
      { id: 'actions.checkData', label: 'Check repository and read all data' },
    ],
  },
  {
    label: 'View',
    entries: [
      { id: 'view.backup', label: 'Backup', accelerator: 'Alt+1' },
      { id: 'view.restore', label: 'Restore', accelerator: 'Alt+2' },
      { id: 'view.activity', label: 'Activity', accelerator: 'Alt+3' },
      { separator: true },
      { id: 'view.fileDetails', label: 'File Details', accelerator: 'Alt+Enter' },
      { id: 'view.refresh', label: 'Refresh', accelerator: 'F5' },
      { separator: true },
      { id: 'view.light', label: 'Light', group: 'scheme' },
      { id: 'view.dark', label: 'Dark', group: 'scheme' },
      { id: 'view.system', label: 'Same as system', group: 'scheme' },
    ],
  },
  {
    label: 'Help',
    entries: [
      { id: 'help.shortcuts', label: 'Keyboard shortcuts' },
      { id: 'help.about', label: 'About Stillframe' },
    ],
  },
] as const;

type Entry = (typeof MENUS)[number]['entries'][number];
/** Every command of the menus; stable, since a native menu sends it across a process border. */
export type CommandId = Extract<Entry, { id: string }>['id'];
