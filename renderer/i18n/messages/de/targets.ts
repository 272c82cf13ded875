/** Meldungen zu Zielen von Wiederherstellungen. */
import type { MessageWordsById } from '../message-words.ts';

export const TARGET_WORDS: MessageWordsById = {
  SFR1082E: {
    explanation: 'Das Ziel ist weder ein Blockgerät noch eine vorhandene Datei.',
    userAction:
      '„stillframe query volume“ listet die Geräte auf. Um in eine gewöhnliche Datei zu schreiben, verwenden Sie -imagetofile.',
  },
  SFR9071E: {
    explanation:
      'Geräte darf root beschreiben, und andere nur, wo eine Administratorin oder ein Administrator es erlaubt.',
    userAction: 'Arbeiten Sie als root, oder wählen Sie ein anderes Ziel.',
  },
  SFR9072E: {
    explanation:
      'Das System würde weiter auf den Datenträger schreiben, während er überschrieben wird, und das Wiederhergestellte zerstören.',
    userAction: 'Hängen Sie ihn aus und stellen Sie dann noch einmal wieder her.',
  },
  SFR1226E: {
    explanation:
      'Ein Programm hat das Gerät geöffnet, oder es gehört zu einem RAID, einer Datenträgergruppe oder einem verschlüsselten Datenträger in Betrieb.',
    userAction: 'Schließen Sie, was die Meldung nennt, und stellen Sie dann noch einmal wieder her.',
  },
  SFR9073E: {
    explanation: 'Das System kann nicht überschrieben werden, während es läuft.',
    userAction: 'Starten Sie ein Rettungssystem und stellen Sie von dort aus wieder her.',
  },
  SFR9074E: {
    explanation: 'Das Gerät oder das Dateisystem, auf dem die Datei liegt, nimmt keine Schreibzugriffe an.',
    userAction: 'Heben Sie den Schreibschutz auf, oder wählen Sie ein anderes Ziel.',
  },
  SFR9075E: {
    explanation: 'Das Abbild ist von einem größeren Datenträger als das Ziel.',
    userAction: 'Wählen Sie ein größeres Ziel. Passt jeder belegte Block, stellt -allowsmaller es wieder her.',
  },
  SFR9076E: {
    explanation:
      'Dateisysteme beziehen sich auf Sektoren einer Größe und lassen sich auf einem Laufwerk mit einer anderen nicht verwenden.',
    userAction:
      'Wählen Sie ein Ziel mit gleicher Sektorgröße, oder stellen Sie mit -imagetofile in eine Datei wieder her.',
  },
  SFR9077E: {
    explanation: 'Das Abbild würde überschrieben, während es gelesen wird.',
    userAction: 'Wählen Sie ein anderes Ziel, oder kopieren Sie das Repository auf ein anderes Laufwerk.',
  },
  SFR9078E: {
    explanation:
      'Eine Wiederherstellung zerstört alles auf ihrem Ziel; deshalb muss der Name des Ziels eingegeben werden.',
    userAction:
      'Geben Sie den Namen des Ziels ein, wenn danach gefragt wird, oder verwenden Sie in Skripten -noprompt.',
  },
  SFR4009E: {
    explanation: 'Das Dateisystem, auf dem die Zieldatei liegt, ist voll.',
    userAction: 'Schaffen Sie Platz oder wählen Sie einen anderen Ort und stellen Sie dann noch einmal wieder her.',
  },
  SFR4023E: {
    explanation: 'Das Gerät meldete beim Schreiben einen Fehler.',
    userAction:
      'Prüfen Sie Gerät und Kernelprotokoll und stellen Sie dann noch einmal wieder her, oder auf ein anderes Gerät.',
  },
  SFR9079S: {
    explanation:
      'Nach dem Schreiben wird das Ziel noch einmal gelesen und verglichen. Es gab andere Bytes zurück: Das Gerät verliert oder verändert Daten.',
    userAction: 'Das Gerät ist wahrscheinlich defekt: Stellen Sie auf ein anderes wieder her.',
  },
};
