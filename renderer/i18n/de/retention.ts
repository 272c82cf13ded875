import type { Texts } from '../texts.ts';

export const retention = {
  kept: {
    active: 'bleibt: aktiv',
    pinned: 'bleibt: angeheftet',
    foreign: 'bleibt: von restic erstellt',
    until: 'bleibt bis {{date}} ({{days}} nachdem es inaktiv wurde)',
    amongNewest: 'bleibt: unter den neuesten {{images}}',
    unlimited: 'bleibt unbegrenzt',
    graceUntil: 'bleibt bis {{date}} (Schonfrist: Seine Klasse hat keine Kopiengruppe)',
    grace: 'bleibt: unbegrenzte Schonfrist, seine Klasse hat keine Kopiengruppe',
  },
  gone: {
    versions: 'verfällt beim nächsten Lauf: mehr als {{images}}',
    age: 'verfällt beim nächsten Lauf: seit {{days}} inaktiv, Aufbewahrung {{limit}}',
    onlyVersion: 'verfällt beim nächsten Lauf: letztes Abbild eines deaktivierten Datenträgers, seit {{days}} inaktiv',
    graceOver: 'verfällt beim nächsten Lauf: die Schonfrist von {{limit}} ist vorbei',
    deleted: 'verfällt beim nächsten Lauf: gelöscht',
  },
  removed: {
    versions: 'mehr als {{images}}',
    age: 'seit {{days}} inaktiv, Aufbewahrung {{limit}}',
    onlyVersion: 'letztes Abbild eines deaktivierten Datenträgers, seit {{days}} inaktiv, Aufbewahrung {{limit}}',
    graceOver: 'die Schonfrist von {{limit}} war vorbei',
    deleted: 'gelöscht',
  },
  day_one: '{{shown}} Tag',
  day_other: '{{shown}} Tage',
} satisfies Texts<'retention'>;
