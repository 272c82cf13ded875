import type { Texts } from '../texts.ts';

export const authorization = {
  title: 'Schlüssel des Repositorys',
  lead: 'Jeder Schlüssel öffnet das Repository für sich. Einen zu entfernen berührt die Abbilder nicht.',
  loading: 'Die Schlüssel werden gelesen',
  columns: { id: 'Schlüssel', created: 'Erstellt', by: 'Von', actions: 'Aktionen' },
  current: 'hat diese Sitzung geöffnet',
  removeKey: 'Schlüssel {{id}} entfernen',
  remove: 'Entfernen',
  removeTitle: 'Diesen Schlüssel entfernen?',
  removeWarning:
    'Wer seine Passphrase oder seinen Wiederherstellungsschlüssel kennt, kann das Repository damit nicht mehr öffnen. Vergewissern Sie sich, dass ein anderer Schlüssel funktioniert.',
  confirmRemove: 'Schlüssel entfernen',
  currentHint: 'Der Schlüssel dieser Sitzung kann nicht entfernt werden.',
  change: 'Passphrase ändern …',
  changeTitle: 'Passphrase ändern',
  changeLead: 'Die jetzige Passphrase gilt dann nicht mehr. Wiederherstellungsschlüssel bleiben, wie sie sind.',
  addOnly: 'Passphrase hinzufügen und alle jetzigen Schlüssel behalten',
  present: 'Jetzige Passphrase',
  next: 'Neue Passphrase',
  submit: 'Passphrase ändern',
  submitAdd: 'Passphrase hinzufügen',
  changed: 'Die Passphrase wurde geändert.',
  added: 'Die Passphrase wurde hinzugefügt.',
  newRecoveryKey: 'Neuer Wiederherstellungsschlüssel …',
  keyShown: 'Neuer Wiederherstellungsschlüssel',
  done: 'Fertig',
} satisfies Texts<'authorization'>;
