/** Meldungen zu Abbildern, Richtlinien und Zeitplänen. */
import type { MessageWordsById } from '../message-words.ts';

export const IMAGE_WORDS: MessageWordsById = {
  SFR4000E: {
    explanation:
      'Kein Datenträger dieses Namens wurde in dieses Repository gesichert, und kein Abbild hat eine Kennung, die so beginnt.',
    userAction: '„stillframe query image -inactive“ listet alle Abbilder auf.',
  },
  SFR9041E: {
    explanation: 'Der angegebene Teil einer Kennung passt auf mehr als ein Abbild.',
    userAction: 'Geben Sie mehr von der Kennung an. „stillframe query image -inactive“ zeigt die Kennungen.',
  },
  SFR9042S: {
    explanation: 'Blöcke, die zu dem Abbild gehören, fehlen, oder ihre Prüfsumme stimmt nicht.',
    userAction:
      'Stellen Sie ein älteres Abbild des Datenträgers wieder her. „stillframe check -readdata“ zeigt, was betroffen ist.',
  },
  SFR9043E: {
    explanation:
      'Es wurde mit „delete backup“ gelöscht. Seine Daten sind noch da, bis Verfall und Aufräumen sie entfernen.',
    userAction: 'Bis dahin nimmt „stillframe undelete backup“ die Löschung zurück.',
  },
  SFR9044E: {
    explanation:
      'Ein angeheftetes Abbild wird behalten, was auch immer die Richtlinie sagt, und kann nicht gelöscht werden.',
    userAction: 'Lösen Sie es zuerst: „stillframe unpin image“.',
  },
  SFR9045E: {
    explanation: 'Abbilder, die ein anderes Programm im Repository abgelegt hat, ändert und entfernt Stillframe nie.',
    userAction: 'Verwenden Sie dafür „restic forget“.',
  },
  SFR9051E: {
    explanation:
      'Eine Klasse hat einen Wert außerhalb der Grenzen, ein Name kommt zweimal vor, oder die Standardklasse gibt es nicht.',
    userAction: 'Berichtigen Sie, was die Meldung nennt. „stillframe query mgmtclass -detail“ zeigt die Klassen.',
  },
  SFR9052E: {
    explanation:
      'Zwischen Lesen und Speichern hat ein anderer Computer oder ein anderes Fenster eine eigene Fassung gespeichert.',
    userAction: 'Sehen Sie sie sich noch einmal an und wiederholen Sie dann die Änderung.',
  },
  SFR9053E: {
    explanation:
      'Die Klasse, die der Befehl, -managementclass oder eine Regel nennt, gibt es in der Richtlinie dieses Repositorys nicht.',
    userAction: '„stillframe query mgmtclass“ listet die Klassen auf; „stillframe set mgmtclass“ legt eine an.',
  },
  SFR1111E: {
    explanation:
      'Die Klasse hat keine Kopiergruppe für Sicherungen und sagt daher nicht, wie lange Abbilder behalten werden.',
    userAction:
      'Wählen Sie eine Klasse mit einer Kopiergruppe für Sicherungen: „stillframe query mgmtclass -detail“ zeigt sie.',
  },
  SFR9054E: {
    explanation: 'Die Frage wurde mit Nein beantwortet, oder es gab kein Terminal, an dem gefragt werden konnte.',
    userAction: 'Beantworten Sie die Frage, oder verwenden Sie in Skripten -noprompt.',
  },
  SFR9061E: {
    explanation: 'Auf diesem Computer hat Stillframe keinen Zeitplan dieses Namens angelegt.',
    userAction: '„stillframe query schedule“ listet die Zeitpläne auf.',
  },
  SFR9062E: {
    explanation: 'Eine Zeit, ein Name oder eine Liste von Datenträgern des Zeitplans wird nicht verstanden.',
    userAction: 'Berichtigen Sie, was die Meldung nennt.',
  },
  SFR9063E: {
    explanation: 'Für die Person, die fragt, gibt es kein systemd, oder es lehnte den Zeitgeber ab.',
    userAction: 'Tragen Sie die Zeile, die „stillframe schedule preview“ ausgibt, in Ihre crontab ein.',
  },
};
