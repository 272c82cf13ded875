import type { Texts } from '../texts.ts';

export const support = {
  state: { ready: 'Bereit', installable: 'Installierbar', absent: 'Nicht verfügbar' },
  action: { install: 'Installieren', update: 'Aktualisieren', remove: 'Entfernen' },
  runs: 'Führt aus:',
  spaces: 'Freie Extents',
  space: '{{free}} von {{total}} frei',
  confirmTitle: '{{action}}: {{provider}}',
  confirm: 'Dieser Befehl wird als root auf dem Computer mit der Engine ausgeführt:',
  running: 'Der Befehl läuft …',
  succeeded: 'Fertig. Die Provider wurden erneut geprüft.',
  failed: 'Der Befehl war nicht erfolgreich. Sonst wurde nichts geändert.',
  output: 'Ausgabe des Befehls',
  notPrivileged: 'Die Engine läuft nicht als root. Führen Sie den Befehl selbst aus:',
} satisfies Texts<'support'>;
