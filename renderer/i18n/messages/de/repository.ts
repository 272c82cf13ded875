/** Meldungen zum Repository und seinen Schlüsseln. */
import type { MessageWordsById } from '../message-words.ts';

export const REPOSITORY_WORDS: MessageWordsById = {
  SFR9001E: {
    explanation:
      'Den Ort, der als Repository genannt ist, gibt es nicht, oder er enthält keines: Die Datei „config“ eines restic-Repositorys fehlt.',
    userAction:
      'Prüfen Sie -repository, STILLFRAME_REPOSITORY und die Optionsdatei. Liegt das Repository auf einem Laufwerk, das nicht angeschlossen ist, schließen Sie es an. „stillframe init“ erstellt ein Repository.',
  },
  SFR9002E: {
    explanation: 'An einem Ort, der schon ein Repository enthält, sollte eines erstellt werden.',
    userAction:
      'Verwenden Sie es, wie es ist, oder nennen Sie einen anderen Ort. Kein Befehl überschreibt ein Repository.',
  },
  SFR1312E: {
    explanation:
      'Das Repository konnte weder gelesen noch beschrieben werden: Sein Laufwerk ist nicht angeschlossen oder nicht eingehängt, oder Netz oder Server antworten nicht.',
    userAction:
      'Schließen Sie das Laufwerk an oder prüfen Sie das Netz und führen Sie den Befehl erneut aus. Was eine unterbrochene Sicherung gespeichert hat, verwendet die nächste.',
  },
  SFR1311E: {
    explanation: 'Das Laufwerk oder der Bucket des Repositorys nahm keine Daten mehr an.',
    userAction:
      'Schaffen Sie Platz: Lassen Sie Abbilder verfallen, die nicht mehr gebraucht werden („stillframe expire -preview“ zeigt, welche), oder verlegen Sie das Repository auf ein größeres Laufwerk. Führen Sie den Befehl dann erneut aus.',
  },
  SFR9003E: {
    explanation:
      'Die Dateien des Repositorys gehören jemand anderem oder liegen auf einem schreibgeschützten Dateisystem.',
    userAction:
      'Prüfen Sie, wem die Dateien gehören und ob das Laufwerk schreibgeschützt eingehängt ist, oder arbeiten Sie als die Person, die es erstellt hat.',
  },
  SFR9004S: {
    explanation:
      'Eine Datei des Repositorys fehlt oder enthält nicht, was ihr Name und ihre Prüfsumme versprechen. Mindestens ein Abbild lässt sich möglicherweise nicht vollständig wiederherstellen.',
    userAction:
      'Führen Sie „stillframe check -readdata“ aus, um alles Betroffene zu sehen. Löschen Sie nichts und kopieren Sie das Repository, bevor Sie es reparieren. Sichern Sie dann die betroffenen Datenträger: Blöcke, die dort noch stehen, werden neu gespeichert.',
  },
  SFR9005E: {
    explanation:
      'Ein anderes Programm entfernt Abbilder oder räumt das Repository auf, oder dieser Befehl will das tun, während andere es benutzen. Sicherungen und Wiederherstellungen schließen einander nicht aus.',
    userAction:
      'Warten Sie, bis das andere Programm fertig ist. Läuft es sicher nicht mehr, entfernt „restic unlock“ die Sperre, die es hinterlassen hat.',
  },
  SFR9006E: {
    explanation:
      'Die Sperre konnte nicht rechtzeitig erneuert werden, oder jemand hat sie entfernt. Ohne sie könnte ein anderes Programm Daten entfernen, auf die sich dieser Lauf verlässt.',
    userAction:
      'Prüfen Sie die Verbindung zum Repository, die Uhren der beteiligten Computer und ob jemand „restic unlock“ ausführt. Führen Sie den Befehl dann erneut aus.',
  },
  SFR9007E: {
    explanation: 'Es ist ein Repository der Version 1 oder einer neueren Version, als dieses Programm kennt.',
    userAction:
      '„restic migrate upgrade_repo_v2“ hebt ein Repository der Version 1 an. Für eine neuere Version installieren Sie ein neueres Stillframe.',
  },
  SFR9008E: {
    explanation: 'Was verlangt wurde, braucht ein Repository, und es ist keines geöffnet.',
    userAction: 'Nennen Sie ein Repository mit -repository oder in der Optionsdatei, oder öffnen Sie es im Fenster.',
  },
  SFR1503E: {
    explanation:
      'Auf diesem Computer liegt kein Schlüssel für dieses Repository, und es wurde keine Passphrase angegeben.',
    userAction:
      'Geben Sie sie mit -passwordfile=DATEI, STILLFRAME_PASSWORD_FILE oder STILLFRAME_PASSWORD an. Der Wiederherstellungsschlüssel geht auch.',
  },
  SFR1025E: {
    explanation:
      'Die Passphrase oder der erzeugte Schlüssel dieses Computers ist keiner der Schlüssel dieses Repositorys.',
    userAction:
      'Prüfen Sie die Passphrasendatei auf Tippfehler und ob sie zu diesem Repository gehört. Der Wiederherstellungsschlüssel, der bei der Erstellung gezeigt wurde, geht auch.',
  },
  SFR9009E: {
    explanation: 'Kein Schlüssel des Repositorys beginnt so, oder mehrere tun es.',
    userAction: '„stillframe key list“ zeigt die Schlüssel. Geben Sie mehr von der Kennung an.',
  },
  SFR9010E: {
    explanation: 'Wer den Schlüssel entfernt, den er gerade benutzt, sperrt sich vielleicht selbst aus.',
    userAction: 'Öffnen Sie das Repository zuerst mit einem anderen Schlüssel und entfernen Sie dann diesen.',
  },
};
