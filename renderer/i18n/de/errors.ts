import type { Texts } from '../texts.ts';

const NOTHING_CHANGED = 'Es wurde nichts gelesen oder geändert.';
const OLDER_SAFE = 'Abbilder, die schon im Repository waren, sind unberührt.';
const TARGET_UNTOUCHED = 'Auf das Ziel wurde nichts geschrieben.';
const UNFINISHED = 'Dieses Abbild wurde nicht fertig.';

export const errors = {
  REPOSITORY_NOT_FOUND: {
    title: 'An diesem Speicherort gibt es kein Repository',
    meaning: NOTHING_CHANGED,
    action: 'Prüfen Sie den Speicherort oder erstellen Sie dort ein Repository.',
  },
  REPOSITORY_EXISTS: {
    title: 'An diesem Speicherort gibt es schon ein Repository',
    meaning: 'Es wurde unverändert gelassen.',
    action: 'Öffnen Sie das vorhandene Repository oder wählen Sie einen leeren Ordner.',
  },
  REPOSITORY_UNREACHABLE: {
    title: 'Das Repository ist nicht erreichbar',
    meaning: `${OLDER_SAFE} Neue Sicherungen und Wiederherstellungen müssen warten.`,
    action: 'Schließen Sie das Laufwerk oder das Netz an und versuchen Sie es erneut.',
  },
  REPOSITORY_FULL: {
    title: 'Im Repository ist kein Platz mehr',
    meaning: `${UNFINISHED} ${OLDER_SAFE} Bereits gespeicherte Blöcke verwendet der nächste Lauf wieder.`,
    action: 'Schaffen Sie Platz auf dem Laufwerk des Repositorys und sichern Sie dann noch einmal.',
  },
  REPOSITORY_PERMISSION: {
    title: 'Sie dürfen nicht in das Repository schreiben',
    meaning: NOTHING_CHANGED,
    action: 'Geben Sie Ihrem Benutzer Schreibrecht für den Ordner oder wählen Sie einen anderen Speicherort.',
  },
  REPOSITORY_DAMAGED: {
    title: 'Das Repository ist beschädigt',
    meaning: 'Mindestens ein Abbild lässt sich möglicherweise nicht wiederherstellen. Es wurde nichts gelöscht.',
    action:
      'Prüfen Sie das Repository mit allen Daten, um zu erfahren, welche Abbilder betroffen sind, und lassen Sie es bis dahin, wie es ist.',
  },
  REPOSITORY_LOCKED: {
    title: 'Ein anderes Programm benutzt das Repository',
    meaning: NOTHING_CHANGED,
    action: 'Warten Sie, bis das andere Programm fertig ist, und versuchen Sie es erneut.',
  },
  REPOSITORY_LOCK_LOST: {
    title: 'Die Sperre des Repositorys ging verloren',
    meaning: `Der Lauf wurde angehalten, damit nichts überschrieben werden konnte. ${OLDER_SAFE}`,
    action: 'Stellen Sie sicher, dass kein anderes Programm Sperren entfernt, und versuchen Sie es erneut.',
  },
  REPOSITORY_UNSUPPORTED: {
    title: 'Dieses Repository hat ein Format, das Stillframe nicht kennt',
    meaning: 'Es wurde unverändert gelassen.',
    action: 'Öffnen Sie ein restic-Repository der Version 2 oder erstellen Sie anderswo ein neues.',
  },
  REPOSITORY_NOT_OPEN: {
    title: 'Es ist kein Repository geöffnet',
    meaning: NOTHING_CHANGED,
    action: 'Öffnen Sie zuerst das Repository.',
  },
  PASSPHRASE_REQUIRED: {
    title: 'Das Repository braucht seine Passphrase',
    meaning: 'Ihre Abbilder sind vorhanden, aber ohne sie nicht lesbar.',
    action: 'Geben Sie die Passphrase oder den Wiederherstellungsschlüssel ein.',
  },
  PASSPHRASE_WRONG: {
    title: 'Die Passphrase passt nicht zu diesem Repository',
    meaning: 'Ihre Abbilder sind unberührt.',
    action:
      'Versuchen Sie es erneut oder geben Sie den Wiederherstellungsschlüssel ein, der beim Erstellen des Repositorys angezeigt wurde.',
  },
  KEY_NOT_FOUND: {
    title: 'Diesen Schlüssel gibt es im Repository nicht',
    meaning: NOTHING_CHANGED,
    action: 'Aktualisieren Sie die Liste der Schlüssel und wählen Sie einen anderen.',
  },
  KEY_IN_USE: {
    title: 'Dieser Schlüssel hat das Repository geöffnet und kann jetzt nicht entfernt werden',
    meaning: 'Alle Schlüssel sind weiterhin gültig.',
    action: 'Öffnen Sie das Repository zuerst mit einem anderen Schlüssel.',
  },
  VOLUME_NOT_FOUND: {
    title: 'Der Datenträger wurde nicht gefunden',
    meaning: NOTHING_CHANGED,
    action: 'Schließen Sie das Gerät an und aktualisieren Sie die Liste der Datenträger.',
  },
  VOLUME_PERMISSION: {
    title: 'Stillframe darf diesen Datenträger nicht lesen',
    meaning: NOTHING_CHANGED,
    action: 'Starten Sie Stillframe mit Administratorrechten oder wählen Sie eine Abbilddatei, die Ihnen gehört.',
  },
  VOLUME_BUSY: {
    title: 'Der Datenträger ist in Benutzung und lässt sich nicht ruhig halten',
    meaning: 'Es entstand kein Abbild. Der Datenträger ist eingehängt wie zuvor.',
    action:
      'Schließen Sie die Programme, die ihn benutzen, und versuchen Sie es erneut, oder erstellen Sie ein dynamisches Abbild.',
  },
  VOLUME_VANISHED: {
    title: 'Der Datenträger verschwand, während er gelesen wurde',
    meaning: `${UNFINISHED} ${OLDER_SAFE}`,
    action:
      'Prüfen Sie Kabel und Gerät und sichern Sie dann noch einmal. Bereits gespeicherte Blöcke werden wieder verwendet.',
  },
  VOLUME_SIZE_CHANGED: {
    title: 'Die Größe des Datenträgers änderte sich, während er gelesen wurde',
    meaning: `${UNFINISHED} ${OLDER_SAFE}`,
    action: 'Warten Sie, bis die Größenänderung beendet ist, und sichern Sie dann noch einmal.',
  },
  VOLUME_REMOUNT_FAILED: {
    title: 'Der Datenträger ließ sich nicht wieder so einhängen wie zuvor',
    meaning: 'Die Daten darauf sind unversehrt, aber er ist nicht oder nur schreibgeschützt eingehängt.',
    action: 'Hängen Sie ihn von Hand ein oder starten Sie den Computer neu.',
  },
  VOLUME_HOLDS_REPOSITORY: {
    title: 'Das Repository liegt auf genau diesem Datenträger',
    meaning: NOTHING_CHANGED,
    action:
      'Verlegen Sie das Repository auf ein anderes Laufwerk: Ein Abbild auf seinem eigenen Datenträger ginge mit ihm zusammen verloren.',
  },
  FILESYSTEM_DAMAGED: {
    title: 'Das Dateisystem auf dem Datenträger ist beschädigt',
    meaning: 'Es entstand kein Abbild, weil sich belegte Blöcke nicht von freien unterscheiden lassen.',
    action: 'Reparieren Sie das Dateisystem oder bilden Sie den ganzen Datenträger ab.',
  },
  FILESYSTEM_UNSUPPORTED: {
    title: 'Stillframe kennt dieses Dateisystem nicht gut genug',
    meaning: 'Belegte Blöcke lassen sich nicht von freien unterscheiden.',
    action: 'Bilden Sie den ganzen Datenträger ab: Dann wird jedes Byte gelesen.',
  },
  SNAPSHOT_UNAVAILABLE: {
    title: 'Von diesem Datenträger ist keine Momentaufnahme möglich',
    meaning: NOTHING_CHANGED,
    action:
      'Wählen Sie die Abbildsicherung: Sie hängt den Datenträger währenddessen aus oder macht ihn schreibgeschützt.',
  },
  SNAPSHOT_NO_SPACE: {
    title: 'Für eine Momentaufnahme dieses Datenträgers ist nicht genug Platz',
    meaning: `Es entstand kein Abbild, und der Datenträger ist wie zuvor. ${OLDER_SAFE}`,
    action:
      'Schaffen Sie dort Platz, wo die Momentaufnahme liegen soll, und versuchen Sie es erneut. Oder wählen Sie die Abbildsicherung oder einen kleineren Wert für snapshotcachesize.',
  },
  SNAPSHOT_LOST: {
    title: 'Die Momentaufnahme ging verloren, während sie gelesen wurde',
    meaning: `Es entstand kein Abbild, weil der Rest nicht mehr im damaligen Zustand lesbar war. Der Datenträger selbst ist in Ordnung. ${OLDER_SAFE}`,
    action:
      'Sichern Sie noch einmal: Bereits gespeicherte Blöcke werden wieder verwendet. War die Momentaufnahme voll, geben Sie ihr mehr Platz.',
  },
  SNAPSHOT_RELEASE_FAILED: {
    title: 'Eine Momentaufnahme ließ sich nicht entfernen',
    meaning:
      'Der Datenträger und Ihre Abbilder sind in Ordnung, aber die Momentaufnahme belegt weiter Platz und bremst das Schreiben.',
    action:
      'Wählen Sie im Menü „Dienstprogramme“ „Überreste aufräumen“. Hilft auch das nicht, entfernen Sie das hier Genannte von Hand.',
  },
  VOLUME_NOT_IDLE: {
    title: 'Auf den Datenträger wurde nie lange genug nicht geschrieben',
    meaning: 'Es entstand kein Abbild. Der Datenträger ist wie zuvor.',
    action: 'Versuchen Sie es zu einer ruhigeren Zeit oder setzen Sie snapshotfsidleaction auf „continue“.',
  },
  SNAPSHOT_COMMAND_FAILED: {
    title: 'Der Befehl vor der Momentaufnahme schlug fehl',
    meaning: `Es entstand kein Abbild, weil die Anwendung möglicherweise nicht in Ruhe war. ${OLDER_SAFE}`,
    action: 'Berichtigen Sie presnapshotcmd in der Optionsdatei. Die Ausgabe des Befehls steht in den Details.',
  },
  PROVIDER_UNSUPPORTED: {
    title: 'Dieser Anbieter für Momentaufnahmen steht hier nicht zur Verfügung',
    meaning: NOTHING_CHANGED,
    action: 'Wählen Sie einen anderen Anbieter oder die Abbildsicherung.',
  },
  IMAGE_NOT_FOUND: {
    title: 'Das Abbild ist nicht im Repository',
    meaning: 'Möglicherweise hat ein anderes Programm es entfernt.',
    action: 'Aktualisieren Sie die Liste und wählen Sie ein anderes Abbild.',
  },
  IMAGE_AMBIGUOUS: {
    title: 'Zu diesem Namen passt mehr als ein Abbild',
    meaning: NOTHING_CHANGED,
    action: 'Wählen Sie das Abbild über seine vollständige Kennung.',
  },
  IMAGE_DAMAGED: {
    title: 'Das Abbild ist beschädigt',
    meaning:
      'Mindestens einer seiner Blöcke fehlt oder passt nicht zu seiner Prüfsumme. Andere Abbilder können in Ordnung sein.',
    action: 'Wählen Sie ein anderes Abbild dieses Datenträgers und prüfen Sie das Repository mit allen Daten.',
  },
  TARGET_NOT_FOUND: {
    title: 'Das Ziel wurde nicht gefunden',
    meaning: TARGET_UNTOUCHED,
    action: 'Schließen Sie das Gerät an und aktualisieren Sie die Liste, oder wählen Sie ein anderes Ziel.',
  },
  TARGET_PERMISSION: {
    title: 'Stillframe darf nicht auf das Ziel schreiben',
    meaning: TARGET_UNTOUCHED,
    action: 'Starten Sie Stillframe mit Administratorrechten oder stellen Sie in eine Datei wieder her.',
  },
  TARGET_MOUNTED: {
    title: 'Das Ziel ist eingehängt',
    meaning: TARGET_UNTOUCHED,
    action: 'Hängen Sie es zuerst aus oder wählen Sie ein anderes Ziel.',
  },
  TARGET_BUSY: {
    title: 'Das Ziel ist in Benutzung',
    meaning: TARGET_UNTOUCHED,
    action: 'Schließen Sie die Programme, die es benutzen, oder wählen Sie ein anderes Ziel.',
  },
  TARGET_SYSTEM: {
    title: 'Auf dem Ziel liegt das laufende System',
    meaning: TARGET_UNTOUCHED,
    action: 'Stellen Sie auf ein anderes Gerät wieder her oder starten Sie den Computer von einem Rettungsmedium.',
  },
  TARGET_READ_ONLY: {
    title: 'Das Ziel ist schreibgeschützt',
    meaning: TARGET_UNTOUCHED,
    action: 'Heben Sie den Schreibschutz auf oder wählen Sie ein anderes Ziel.',
  },
  TARGET_TOO_SMALL: {
    title: 'Das Ziel ist kleiner als das Abbild',
    meaning: TARGET_UNTOUCHED,
    action: 'Wählen Sie ein Ziel, das mindestens so groß ist, wie der Datenträger war.',
  },
  TARGET_SECTOR_SIZE: {
    title: 'Das Ziel hat eine andere Sektorgröße als der Datenträger',
    meaning: TARGET_UNTOUCHED,
    action: 'Wählen Sie ein Ziel mit derselben Sektorgröße oder stellen Sie in eine Datei wieder her.',
  },
  TARGET_HOLDS_REPOSITORY: {
    title: 'Auf diesem Ziel liegt das Repository',
    meaning: TARGET_UNTOUCHED,
    action: 'Wählen Sie ein anderes Ziel: Die Wiederherstellung überschriebe das Abbild, das sie liest.',
  },
  TARGET_NOT_CONFIRMED: {
    title: 'Der Name des Ziels wurde nicht bestätigt',
    meaning: TARGET_UNTOUCHED,
    action: 'Geben Sie den Namen des Ziels genau so ein, wie er angezeigt wird.',
  },
  TARGET_FULL: {
    title: 'Am Ziel ist kein Platz mehr',
    meaning:
      'Was geschrieben wurde, ist unvollständig: Verwenden Sie es nicht. Das Abbild im Repository ist unversehrt.',
    action: 'Schaffen Sie dort Platz oder wählen Sie einen anderen Ort und stellen Sie dann noch einmal wieder her.',
  },
  TARGET_WRITE_FAILED: {
    title: 'Das Ziel hat nicht alle Daten angenommen',
    meaning:
      'Das Ziel enthält eine unvollständige Wiederherstellung: Benutzen Sie es nicht. Das Abbild im Repository ist unversehrt.',
    action: 'Prüfen Sie das Gerät und stellen Sie dann noch einmal wieder her, oder wählen Sie ein anderes Ziel.',
  },
  TARGET_VERIFY_FAILED: {
    title: 'Auf dem Ziel steht nicht, was darauf geschrieben wurde',
    meaning:
      'Das Gerät ist unzuverlässig: Verlassen Sie sich nicht auf den wiederhergestellten Datenträger. Das Abbild im Repository ist unversehrt.',
    action: 'Stellen Sie auf ein anderes Gerät wieder her.',
  },
  OPTION_INVALID: {
    title: 'Eine Option hat einen Wert, der nicht erlaubt ist',
    meaning: NOTHING_CHANGED,
    action: 'Berichtigen Sie den Wert und versuchen Sie es erneut.',
  },
  OPTIONS_CHANGED: {
    title: 'Die Optionsdatei wurde inzwischen von jemand anderem geändert',
    meaning: NOTHING_CHANGED,
    action: 'Laden Sie die Einstellungen neu und wiederholen Sie dann Ihre Änderung.',
  },
  OPTIONS_UNWRITABLE: {
    title: 'Die Optionsdatei kann nicht geschrieben werden',
    meaning: 'Die Einstellungen sind wie zuvor.',
    action: 'Prüfen Sie, wem die Datei und ihr Ordner gehören und ob auf dem Laufwerk noch Platz ist.',
  },
  COMMAND_INVALID: {
    title: 'Die Anforderung wurde nicht verstanden',
    meaning: NOTHING_CHANGED,
    action: 'Berichtigen Sie die Anforderung und versuchen Sie es erneut.',
  },
  IMAGE_DELETED: {
    title: 'Dieses Abbild wurde gelöscht',
    meaning: 'Es ist bis zum nächsten Verfall noch im Repository, kann aber nicht wiederhergestellt werden.',
    action: 'Nehmen Sie zuerst das Löschen zurück.',
  },
  IMAGE_PINNED: {
    title: 'Dieses Abbild ist angeheftet',
    meaning: 'Nichts wurde gelöscht.',
    action: 'Lösen Sie es zuerst.',
  },
  IMAGE_FOREIGN: {
    title: 'Dieses Abbild stammt von restic selbst',
    meaning: 'Die Richtlinie gilt nicht für dieses Abbild. Nichts wurde geändert.',
    action: 'Verwenden Sie dafür „restic forget“.',
  },
  POLICY_INVALID: {
    title: 'Die Richtlinie kann so nicht verwendet werden',
    meaning: 'Es gilt, was vorher galt.',
    action: 'Berichtigen Sie, was markiert ist, und speichern Sie erneut.',
  },
  POLICY_CHANGED: {
    title: 'Die Richtlinie wurde inzwischen von jemand anderem geändert',
    meaning: 'Nichts wurde gespeichert. Ihre Eingaben sind noch hier.',
    action: 'Sehen Sie sich die jetzige Richtlinie an und speichern Sie erneut.',
  },
  MANAGEMENT_CLASS_UNKNOWN: {
    title: 'Es gibt keine Verwaltungsklasse dieses Namens',
    meaning: 'Es wurde kein Abbild erstellt.',
    action: 'Wählen Sie eine andere Klasse, oder legen Sie diese unter Dienstprogramme, Richtlinieninformationen, an.',
  },
  MANAGEMENT_CLASS_UNUSABLE: {
    title: 'An diese Verwaltungsklasse kann kein Abbild gebunden werden',
    meaning: 'Sie hat keine Sicherungskopiengruppe. Es wurde kein Abbild erstellt.',
    action: 'Wählen Sie eine andere Klasse.',
  },
  DELETION_NOT_CONFIRMED: {
    title: 'Das Löschen wurde nicht bestätigt',
    meaning: 'Nichts wurde gelöscht.',
    action: 'Bestätigen Sie es, um zu löschen.',
  },
  SCHEDULE_NOT_FOUND: {
    title: 'Es gibt keinen Zeitplan dieses Namens',
    meaning: 'Nichts wurde geändert.',
    action: 'Sehen Sie in der Liste der Zeitpläne nach.',
  },
  SCHEDULE_INVALID: {
    title: 'Der Zeitplan kann so nicht verwendet werden',
    meaning: 'Nichts wurde geändert.',
    action: 'Berichtigen Sie, was markiert ist, und speichern Sie erneut.',
  },
  SCHEDULE_UNAVAILABLE: {
    title: 'Der Zeitplan kann auf diesem Computer nicht eingerichtet werden',
    meaning: 'Was eingerichtet war, ist weiterhin eingerichtet.',
    action: 'Tragen Sie die Zeile, die die Vorschau zeigt, in Ihre Crontab ein.',
  },
  REQUEST_INVALID: {
    title: 'Die Anforderung wurde nicht verstanden',
    meaning: 'Nichts wurde getan.',
    action: 'Berichtigen Sie die Anforderung und senden Sie sie erneut.',
  },
  REQUEST_TIMEOUT: {
    title: 'Die Operation dauerte länger als erlaubt',
    meaning: 'Sie wurde angehalten. Was bis dahin gespeichert wurde, verwendet der nächste Lauf.',
    action: 'Erlauben Sie mehr Zeit.',
  },
  TASK_NOT_FOUND: {
    title: 'Diese Task gibt es nicht mehr',
    meaning: 'Sie ist beendet, oder Stillframe wurde neu gestartet.',
    action: 'Sehen Sie bei den Abbildern nach, was daraus wurde.',
  },
  TASK_CONFLICT: {
    title: 'Eine andere Task arbeitet mit demselben Datenträger',
    meaning: NOTHING_CHANGED,
    action: 'Warten Sie, bis sie beendet ist, und versuchen Sie es erneut.',
  },
  UNSUPPORTED_ON_HOST: {
    title: 'Das ist hier nicht möglich',
    meaning: NOTHING_CHANGED,
    action: 'Benutzen Sie dafür das Programmfenster oder die Befehlszeile.',
  },
  UNAUTHORIZED: {
    title: 'Der Link dieses Fensters ist abgelaufen',
    meaning: 'Ihre Abbilder und laufende Tasks sind nicht betroffen.',
    action: 'Starten Sie Stillframe neu und benutzen Sie die Adresse, die es ausgibt.',
  },
  ENGINE_GONE: {
    title: 'Die Engine antwortet nicht',
    meaning: 'Gespeicherte Abbilder sind sicher. Was eine laufende Task gerade tut, ist im Moment nicht zu sehen.',
    action: 'Das Fenster verbindet sich von selbst neu. Gelingt das nicht, starten Sie Stillframe neu.',
  },
  CANCELLED: {
    title: 'Sie haben es abgebrochen',
    meaning: OLDER_SAFE,
    action: 'Sie können es jederzeit neu starten: Bereits gespeicherte Blöcke werden wieder verwendet.',
  },
  INTERNAL: {
    title: 'In Stillframe ist etwas schiefgegangen',
    meaning: 'Der Lauf wurde sicherheitshalber angehalten. Abbilder, die schon im Repository waren, sind unberührt.',
    action: 'Versuchen Sie es erneut. Geschieht es wieder, melden Sie es mit den Details unten.',
  },
} satisfies Texts<'errors'>;
