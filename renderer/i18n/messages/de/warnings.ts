/** Warnungen: Was verlangt war, ist getan, und es gibt etwas zu wissen. */
import type { MessageWordsById } from '../message-words.ts';

export const WARNING_WORDS: MessageWordsById = {
  SFR9200W: {
    explanation: 'Es fiel etwas auf, das den Befehl nicht aufhält. Die Meldung sagt, was.',
    userAction: 'Lesen Sie sie. Mehr ist nicht nötig, außer die Meldung sagt es.',
  },
  SFR1213W: {
    explanation:
      'Eine Momentaufnahme sollte gemacht werden und war nicht möglich. Das Abbild ist vom Datenträger selbst, während niemand darauf schrieb.',
    userAction:
      'Um es stattdessen als Fehler gemeldet zu bekommen, verwenden Sie -imagetype=snapshot -snapshotproviderimage=ANBIETER. „stillframe query volume DATENTRÄGER -detail“ sagt, was jedem Anbieter fehlt.',
  },
  SFR1453W: {
    explanation:
      'Welche Blöcke belegt sind, ist nicht bekannt; imagegapsize wirkt daher nicht, und auch freier Platz wird gelesen und gespeichert.',
    userAction:
      'Ist das Dateisystem beschädigt, reparieren Sie es; spätere Abbilder enthalten dann nur belegte Blöcke.',
  },
  SFR1380W: {
    explanation:
      'In jedem Versuch, den snapshotfsidlewait und snapshotfsidleretries erlauben, wurde auf den Datenträger geschrieben.',
    userAction:
      'Sichern Sie zu einer ruhigeren Zeit, wenn Anwendungen auf dem Datenträger es nicht vertragen, während des Schreibens kopiert zu werden.',
  },
  SFR9201W: {
    explanation: 'Die Momentaufnahme wurde gemacht, und ihr Anbieter hat etwas dazu zu sagen.',
    userAction: 'Folgen Sie der Meldung, bevor sie die nächste Sicherung verhindert.',
  },
  SFR9202W: {
    explanation:
      'Was inzwischen auf den Datenträger geschrieben wird, füllt die Momentaufnahme, und in ihrer Datenträgergruppe ist kein Platz mehr.',
    userAction:
      'Schreiben Sie weniger auf den Datenträger, bis die Sicherung fertig ist, oder geben Sie seiner Datenträgergruppe mehr Platz.',
  },
  SFR9203W: {
    explanation:
      'Der Befehl, der Anwendungen nach der Momentaufnahme weiterarbeiten lässt, endete mit einem Fehler, dauerte zu lange oder konnte nicht ausgeführt werden.',
    userAction: 'Sorgen Sie dafür, dass die Anwendungen weiterarbeiten, und berichtigen Sie dann den Befehl.',
  },
  SFR9204W: {
    explanation: 'Bis sie entfernt ist, belegt sie Platz und macht das Schreiben langsamer.',
    userAction: '„stillframe sweep“ versucht es sofort noch einmal.',
  },
  SFR9205W: {
    explanation:
      'Am Dateisystem ist etwas nicht, wie es sein sollte: Die Kopie einer Struktur wurde verwendet, Kopien unterscheiden sich, oder Blöcke sind als fehlerhaft markiert.',
    userAction: 'Prüfen Sie das Dateisystem mit den Werkzeugen seiner Art (fsck, chkdsk).',
  },
  SFR9206W: {
    explanation: 'Das Medium meldete Lesefehler. Alles Übrige wurde gelesen.',
    userAction:
      'Behalten Sie die älteren Abbilder des Datenträgers, ersetzen Sie das Laufwerk bald und prüfen Sie, welche Dateien betroffen sind („stillframe query image -detail“ listet die Bereiche auf).',
  },
  SFR9207W: {
    explanation:
      'Eine Stichprobe der Blöcke, die die Änderungsverfolgung unverändert nannte, wurde gelesen, und einige hatten sich geändert.',
    userAction:
      'Abbilder, die seit dem letzten vollständigen Lesen entstanden sind, können in solchen Blöcken falsch sein; dieses ist richtig. Melden Sie, was an der Änderungsverfolgung vorbei geschrieben hat.',
  },
  SFR9208W: {
    explanation: 'Dateien, die der Index des Repositorys aufführt, sind nicht da.',
    userAction: 'Führen Sie „stillframe check“ aus, um zu sehen, welche Abbilder betroffen sind.',
  },
  SFR9209W: {
    explanation:
      'Das Repository ist voll oder schreibgeschützt. Seine Abbilder lassen sich trotzdem wiederherstellen, aber andere Programme sehen nicht, dass jemand liest.',
    userAction: 'Lassen Sie kein anderes Programm das Repository aufräumen, bis die Wiederherstellung fertig ist.',
  },
  SFR9211W: {
    explanation: 'Der Datenträger wurde wiederhergestellt, und zum Ziel oder zum Abbild gibt es etwas zu wissen.',
    userAction: 'Folgen Sie der Meldung, bevor Sie den Datenträger verwenden.',
  },
  SFR9212W: {
    explanation:
      'Ein angehaltener Lauf hat eine Momentaufnahme, eine Einhängung oder einen Eintrag hinterlassen, und das konnte nicht entfernt werden.',
    userAction: 'Sehen Sie nach, was laut Meldung im Weg ist, und verwenden Sie dann „stillframe sweep“.',
  },
  SFR9213W: {
    explanation: 'Eine Zeile der Optionsdatei wird nicht verstanden oder sagt noch einmal, was eine andere sagt.',
    userAction: 'Berichtigen Sie die Zeile. docs/options.md listet alle Optionen auf.',
  },
  SFR9214W: {
    explanation:
      'Alle Abbilder eines Datenträgers sind an die Klasse des neuesten gebunden. Diese Sicherung wurde an eine andere Klasse gebunden als die davor; das ändert, wie lange jene behalten werden.',
    userAction:
      '„stillframe expire -preview“ zeigt, was das für jedes Abbild bedeutet. Binden Sie den Datenträger an die frühere Klasse, um es zurückzunehmen.',
  },
  SFR9215W: {
    explanation:
      'Ein dynamisches Abbild wird gelesen, während auf den Datenträger geschrieben wird; sein Dateisystem kann daher widersprüchlich sein.',
    userAction:
      'Führen Sie nach einer Wiederherstellung fsck aus. Wo eine Momentaufnahme möglich ist, verwenden Sie stattdessen -imagetype=snapshot.',
  },
  SFR1092W: {
    explanation: 'Es gibt kein Abbild und keinen Datenträger, auf die Namen und Optionen der Abfrage passen.',
    userAction: 'Prüfen Sie die Schreibweise. -inactive zeigt auch ältere Abbilder.',
  },
  SFR1115W: {
    explanation: 'Eine Regel der Optionsdatei schließt den Datenträger aus, oder er wurde zweimal genannt.',
    userAction:
      '„stillframe query inclexcl“ zeigt die Regeln. Soll der Datenträger ausgelassen werden, ist nichts zu tun.',
  },
};
