/** Meldungen zu Befehlen, Optionen, dem Programm selbst, und solche, die etwas beenden. */
import type { MessageWordsById } from '../message-words.ts';

export const REQUEST_WORDS: MessageWordsById = {
  SFR1107E: {
    explanation:
      'Die Option gibt es nicht, der Befehl kennt sie nicht, oder ihr Wert passt nicht. Steht sie in der Optionsdatei oder der Umgebung, sagt die Meldung, wo.',
    userAction:
      'Berichtigen Sie sie. „stillframe help BEFEHL“ listet die Optionen eines Befehls auf, docs/options.md alle.',
  },
  SFR9081E: {
    explanation: 'Zwischen Lesen und Speichern der Optionsdatei hat ein anderes Programm hineingeschrieben.',
    userAction: 'Sehen Sie sie sich noch einmal an und wiederholen Sie dann die Änderung.',
  },
  SFR9082E: {
    explanation: 'Die Optionsdatei oder ihr Ordner gehört jemand anderem, oder es ist kein Platz mehr.',
    userAction: 'Prüfen Sie, wem Datei und Ordner gehören und ob auf dem Laufwerk noch Platz ist.',
  },
  SFR9083E: {
    explanation:
      'Ein Wort ist kein Befehl oder passt auf mehrere, ein Argument fehlt, ist eines zu viel oder ist leer.',
    userAction: 'Folgen Sie dem Vorschlag der Meldung. „stillframe help“ listet die Befehle auf.',
  },
  SFR9084E: {
    explanation:
      'Was an den Adapter oder die Engine geschickt wurde, ist nicht wohlgeformt, zu groß oder verlangt etwas, das es nicht gibt.',
    userAction: 'Berichtigen Sie die Anfrage und schicken Sie sie dann noch einmal.',
  },
  SFR9085E: {
    explanation: 'Die Anfrage hat mit timeout-secs eine Grenze gesetzt.',
    userAction: 'Lassen Sie mehr Zeit; was bis dahin gespeichert wurde, verwendet der nächste Lauf.',
  },
  SFR9086E: {
    explanation:
      'Keine Aufgabe hat diese Kennung, sie ist beendet und vergessen, oder das Programm wurde seitdem neu gestartet.',
    userAction:
      'Sehen Sie in den Aktivitäten nach („stillframe query activity“) und starten Sie sie neu, wenn sie gebraucht wird.',
  },
  SFR9087E: {
    explanation:
      'Eine andere Aufgabe dieses Programms liest oder beschreibt denselben Datenträger oder dasselbe Repository.',
    userAction: 'Warten Sie, bis sie fertig ist, oder brechen Sie sie ab.',
  },
  SFR9088E: {
    explanation: 'Es braucht etwas, das nur eine andere Umgebung hat, etwa einen Dialog zur Auswahl eines Ordners.',
    userAction: 'Verwenden Sie das Fenster.',
  },
  SFR9089E: {
    explanation: 'Das Token der Anfrage fehlt oder ist nicht das dieses Starts des Webservers.',
    userAction: 'Verwenden Sie die Adresse, die „stillframe web“ ausgegeben hat.',
  },
  SFR1029E: {
    explanation:
      'Die Verbindung zu dem Prozess, der die Arbeit tut, ging verloren: Er wurde beendet oder ist abgestürzt.',
    userAction: 'Führen Sie den Befehl erneut aus. Geschieht es wieder, sehen Sie in das Fehlerprotokoll.',
  },
  SFR1074E: {
    explanation: 'Jemand hat ihn angehalten: mit Strg+C, im Fenster, mit „cancel“ oder durch Beenden des Programms.',
    userAction:
      'Führen Sie den Befehl erneut aus, wenn es passt. Was eine abgebrochene Sicherung gespeichert hat, wird dann verwendet; ein Ziel, auf das eine abgebrochene Wiederherstellung geschrieben hat, enthält keinen vollständigen Datenträger.',
  },
  SFR1028S: {
    explanation:
      'Das Programm traf auf einen Zustand, den es nicht erwartet, oder ein Programm, auf das es sich verlässt, versagte.',
    userAction: 'Bitte melden Sie es mit dem, was -debug ausgibt, und mit der Supportdatei, die das Fenster erstellt.',
  },
  SFR1148I: {
    explanation: 'Alles, was verlangt wurde, ist getan.',
    userAction: 'Keine.',
  },
  SFR1895I: {
    explanation: 'Die Befehle eines Makros wurden ausgeführt; der schlechteste endete mit diesem Rückgabecode.',
    userAction: 'Ist er nicht 0, sehen Sie sich die Meldungen der Befehle darüber an.',
  },
  SFR1901I: {
    explanation:
      '0: Alles ist getan. 4: Etwas wurde übersprungen. 8: Es gab Warnungen. 12: Etwas, das verlangt war, wurde nicht getan.',
    userAction: 'Ist er nicht 0, sehen Sie sich die Meldungen darüber an.',
  },
  SFR1228E: {
    explanation: 'Von dem Datenträger wurde kein Abbild gemacht. Die Meldung nach dieser sagt, warum.',
    userAction: 'Folgen Sie dem, was die nächste Meldung sagt.',
  },
  SFR1813E: {
    explanation:
      'Die Sicherung des Datenträgers ist beendet, und es wurde kein Abbild gemacht. Die Meldungen vor dieser sagen, warum.',
    userAction: 'Folgen Sie dem, was die Meldungen davor sagen.',
  },
};
