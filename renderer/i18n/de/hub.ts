import type { Texts } from '../texts.ts';

export const hub = {
  title: 'Übersicht',
  ways: {
    label: 'Was Sie tun können',
    backup: 'Abbilder von Datenträgern erstellen',
    restore: 'Einen Datenträger aus einem Abbild zurückholen',
    activity: 'Sehen, was läuft und was lief, mit Protokoll',
    preferences: 'Festlegen, wie Abbilder entstehen',
  },
  volumes: 'Datenträger',
  repository: 'Repository',
  loading: 'Der Zustand Ihrer Datenträger wird geladen',
  protected_one: '{{good}} von {{count}} Datenträger ist geschützt.',
  protected_other: '{{good}} von {{count}} Datenträgern sind geschützt.',
  allProtected_one: 'Ihr Datenträger ist geschützt.',
  allProtected_other: 'Alle {{count}} Datenträger sind geschützt.',
  noneWell: 'Kein Datenträger ist voll geschützt.',
  noneProtected: 'Noch ist kein Datenträger geschützt.',
  never_one: '{{count}} wurde nie gesichert.',
  never_other: '{{count}} wurden nie gesichert.',
  neverList_one: '{{count}} Datenträger ohne Abbild',
  neverList_other: '{{count}} Datenträger ohne Abbild',
  repositoryBad: 'Sehen Sie zuerst nach dem Repository.',
  empty: {
    title: 'Noch kein Abbild',
    text: 'Ein Abbild ist die Kopie eines ganzen Datenträgers: seine Dateien, seine Einstellungen, alles, was zum Starten nötig ist. Wählen Sie einen Datenträger, und Stillframe speichert sein Abbild. Das nächste speichert nur, was sich geändert hat.',
    action: 'Das erste Abbild erstellen',
  },
} satisfies Texts<'hub'>;
