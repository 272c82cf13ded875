import type { Texts } from '../texts.ts';

export const common = {
  loading: 'Wird geladen',
  tryAgain: 'Erneut versuchen',
  close: 'Schließen',
  cancel: 'Abbrechen',
  copied: 'Kopiert',
  notKnown: 'nicht bekannt',
  none: 'keine',
  volumes_one: '{{count}} Datenträger',
  volumes_other: '{{count}} Datenträger',
  copy: { action: '{{what}} kopieren', done: '{{what}} kopiert', command: 'Befehl {{command}}' },
  notice: { info: 'Hinweis', ok: 'Fertig', warn: 'Warnung', bad: 'Fehler' },
  error: {
    about: '{{subject}}: {{title}}',
    shortage: 'Nötig: {{needed}}. Vorhanden: {{present}}.',
    usedBy: 'Benutzt von:',
    leftBehind: 'Zurückgeblieben:',
    toDo: 'Was zu tun ist:',
    details: 'Details',
    process: '{{name}} (Prozess {{pid}})',
  },
  message: {
    open: 'Was die Nachricht {{id}} bedeutet',
    explanation: 'Erklärung',
    userAction: 'Was zu tun ist',
    unknown: 'Diese Version hat keine Erklärung zu der Nachricht.',
  },
  phases: { label: 'Phasen', done: 'fertig', now: 'läuft', failed: 'fehlgeschlagen', ahead: 'steht noch aus' },
  size: { image: 'Abbild', used: 'Belegt', stored: 'Gespeichert', new: 'Neu' },
  space: {
    exact: 'Platz für Momentaufnahmen: {{needed}} nötig, {{present}} vorhanden',
    short: 'braucht {{needed}}, hat {{present}}',
    enough: 'braucht {{part}}',
  },
  usage: '{{used}} von {{size}} belegt',
} satisfies Texts<'common'>;
