/** Restores and their targets. */
export const restore: Readonly<Record<string, string>> = {
  '{0} of {1} blocks read back differently': '{0} von {1} Blöcken wurden anders zurückgelesen',
  'The medium does not keep what is written to it. Restore to another device.':
    'Das Medium behält nicht, was darauf geschrieben wird. Stellen Sie auf ein anderes Gerät wieder her.',
  'pack {0}: blob {1} does not match its id': 'Paket {0}: Blob {1} passt nicht zu seiner ID',
  'The target does not support discard; its free space was left as it was.':
    'Das Ziel unterstützt kein Freigeben (discard); sein freier Speicherplatz blieb, wie er war.',
  'The repository cannot be written to, so it was read without a lock: do not prune it meanwhile.':
    'In das Repository kann nicht geschrieben werden, deshalb wurde es ohne Sperre gelesen: Entfernen Sie währenddessen nichts daraus (prune).',
  'Check the file system before you mount it: restic does not say how consistent the image is.':
    'Prüfen Sie das Dateisystem, bevor Sie es einhängen: restic sagt nicht, wie konsistent das Abbild ist.',
  'This is a dynamic image: run fsck on the {0} file system before you mount it.':
    'Dies ist ein dynamisches Abbild: Führen Sie fsck für das {0}-Dateisystem aus, bevor Sie es einhängen.',
  'The file system was not cleanly unmounted when the image was taken; its journal is replayed at the first mount.':
    'Das Dateisystem war nicht sauber ausgehängt, als das Abbild entstand; sein Journal wird beim ersten Einhängen nachgespielt.',
  '{0} is partly overwritten.': '{0} ist teilweise überschrieben.',
  'cannot read the device': 'Das Gerät kann nicht gelesen werden.',
  'cannot read the target': 'Das Ziel kann nicht gelesen werden.',
  'cannot write the target': 'Auf das Ziel kann nicht geschrieben werden.',
  'The device went away.': 'Das Gerät ist nicht mehr da.',
  'The device went away. {0} is partly overwritten.': 'Das Gerät ist nicht mehr da. {0} ist teilweise überschrieben.',
  'restic does not say how consistent this image is: check the file system after the restore.':
    'restic sagt nicht, wie konsistent dieses Abbild ist: Prüfen Sie das Dateisystem nach der Wiederherstellung.',
  'This image is dynamic: run fsck after the restore.':
    'Dieses Abbild ist dynamisch: Führen Sie nach der Wiederherstellung fsck aus.',
  'Parts of the source could not be read; they are zeros in this image.':
    'Teile der Quelle konnten nicht gelesen werden; sie sind in diesem Abbild Nullen.',
  'The target is larger than the image; what lies beyond the image stays as it is.':
    'Das Ziel ist größer als das Abbild; was hinter dem Abbild liegt, bleibt, wie es ist.',
  'The image or the target is not the one that was shown.': 'Das Abbild oder das Ziel ist nicht mehr das angezeigte.',
  'Look again, then start.': 'Sehen Sie noch einmal nach, und starten Sie dann.',
  'The device behind this name is no longer the one that was confirmed.':
    'Das Gerät hinter diesem Namen ist nicht mehr das bestätigte.',
  'Connect the device.': 'Schließen Sie das Gerät an.',
  'Use -imagetofile to write a new file.': 'Verwenden Sie -imagetofile, um eine neue Datei zu schreiben.',
  '{0} is a device; -imagetofile writes files.': '{0} ist ein Gerät; -imagetofile schreibt Dateien.',
  '{0} is {1} too small for the image.': '{0} ist um {1} zu klein für das Abbild.',
  'The folder {0} does not exist.': 'Der Ordner {0} existiert nicht.',
  'Make it, or choose another folder.': 'Legen Sie ihn an, oder wählen Sie einen anderen Ordner.',
  'The image comes from {0}-byte sectors; {1} has {2}-byte sectors.':
    'Das Abbild kommt von Sektoren mit {0} Bytes; {1} hat Sektoren mit {2} Bytes.',
  'a new file': 'eine neue Datei',
  'no known file system': 'kein bekanntes Dateisystem',
  '1 partition: {0}': '1 Partition: {0}',
  '{0} partitions: {1}': '{0} Partitionen: {1}',
  'a partition table without partitions': 'eine Partitionstabelle ohne Partitionen',
  '{0} is mounted at {1}; unmount it first.': '{0} ist unter {1} eingehängt; hängen Sie es zuerst aus.',
  '{0} is open in {1}.': '{0} ist geöffnet in {1}.',
  '{0} is in use as swap space; run swapoff first.':
    '{0} wird als Auslagerungsbereich verwendet; führen Sie zuerst swapoff aus.',
  '{0} is in use by {1} ({2}).': '{0} wird verwendet von {1} ({2}).',
  'The file beneath {0}': 'Die Datei unter {0}',
  '{0} on {1} is mounted at {2}; unmount it first.': '{0} auf {1} ist unter {2} eingehängt; hängen Sie es zuerst aus.',
  '{0} on {1} is open in {2}.': '{0} auf {1} ist geöffnet in {2}.',
  '{0} on {1} is in use as swap space; run swapoff first.':
    '{0} auf {1} wird als Auslagerungsbereich verwendet; führen Sie zuerst swapoff aus.',
  '{0} on {1} is in use by {2} ({3}).': '{0} auf {1} wird verwendet von {2} ({3}).',
  'The file beneath {0} is open in {1} (pid {2}).': 'Die Datei unter {0} ist geöffnet in {1} (PID {2}).',
  '{0} is open in {1} (pid {2}).': '{0} ist geöffnet in {1} (PID {2}).',
  'The file beneath {0} is open for writing in {1} (pid {2}).':
    'Die Datei unter {0} ist zum Schreiben geöffnet in {1} (PID {2}).',
  '{0} is open for writing in {1} (pid {2}).': '{0} ist zum Schreiben geöffnet in {1} (PID {2}).',
  '{0} holds the running system and is never overwritten.':
    '{0} enthält das laufende System und wird nie überschrieben.',
  '{0} holds the repository {1} that the image would be read from.':
    '{0} enthält das Repository {1}, aus dem das Abbild gelesen würde.',
  '{0}, of which {1} is a part, is mounted.': '{0} ist eingehängt; {1} ist ein Teil davon.',
  '{0} is read-only.': '{0} ist schreibgeschützt.',
  'Writing to {0} needs root rights or membership in its group.':
    'Schreiben auf {0} erfordert root-Rechte oder die Mitgliedschaft in der Gruppe des Geräts.',
};
