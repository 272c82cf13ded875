/** Clones of image files. */
export const snapshotsReflink: Readonly<Record<string, string>> = {
  'The file system that holds {0} has too little free space: a clone needs some as the volume changes.':
    'Das Dateisystem, auf dem {0} liegt, hat zu wenig freien Speicherplatz: Ein Klon braucht welchen, wenn sich der Datenträger ändert.',
  'Its clone {0} was removed by another program.': 'Ihr Klon {0} wurde von einem anderen Programm entfernt.',
  'Its clone {0} was changed by another program.': 'Ihr Klon {0} wurde von einem anderen Programm geändert.',
  'The file system that holds {0} is nearly full, and the volume needs its space.':
    'Das Dateisystem, auf dem {0} liegt, ist fast voll, und der Datenträger braucht den Speicherplatz.',
  'Free some space there.': 'Geben Sie dort Speicherplatz frei.',
  'clone of the image file (reflink)': 'Klon der Abbilddatei (Reflink)',
  '{0} is no clone of ours': '{0} ist kein Klon von uns',
  'The clone {0} could not be removed: <1>.': 'Der Klon {0} konnte nicht entfernt werden: <1>.',
  'the file {0}': 'die Datei {0}',
  'Delete {0}.': 'Löschen Sie {0}.',
  '{0} cannot be kept for {1}': '{0} kann nicht für {1} aufbewahrt werden',
  'Use another snapshot provider, or a static image.':
    'Verwenden Sie einen anderen Snapshot-Anbieter oder ein statisches Abbild.',
  '{0} is neither an image file nor a loop device over one.':
    '{0} ist weder eine Abbilddatei noch ein Loop-Gerät über einer.',
  '{0} stands on a device, or on a file that cannot be reached from here.':
    '{0} liegt auf einem Gerät oder auf einer Datei, die von hier aus nicht erreichbar ist.',
  'Image the device beneath it, or use a static image.':
    'Sichern Sie das Gerät darunter, oder verwenden Sie ein statisches Abbild.',
  '{0} shows only a part of {1}.': '{0} zeigt nur einen Teil von {1}.',
  'Image {0}, or use a static image.': 'Sichern Sie {0}, oder verwenden Sie ein statisches Abbild.',
  'Move the file to btrfs, or to XFS made with reflink=1; or use a static image.':
    'Verschieben Sie die Datei auf btrfs oder auf ein XFS mit reflink=1, oder verwenden Sie ein statisches Abbild.',
  '{0} cannot be cloned where it lies ({1}).': '{0} kann dort, wo es liegt, nicht geklont werden ({1}).',
  '{0} is a swap file in use.': '{0} ist eine Auslagerungsdatei in Benutzung.',
  'No clone can be made beside {0} ({1}).': 'Neben {0} kann kein Klon erstellt werden ({1}).',
  '{0} could not be examined: <1>.': '{0} konnte nicht untersucht werden: <1>.',
  '{0} lies neither on btrfs nor on XFS, so it cannot be cloned.':
    '{0} liegt weder auf btrfs noch auf XFS und kann deshalb nicht geklont werden.',
  '{0} has another size than {1}: {2} and {3} bytes.': '{0} hat eine andere Größe als {1}: {2} und {3} Bytes.',
  'Run: losetup --set-capacity {0}': 'Ausführen: `losetup --set-capacity {0}`',
  'The file system that holds {0} is nearly full; what is written to {1} meanwhile needs space there.':
    'Das Dateisystem, auf dem {0} liegt, ist fast voll; was inzwischen auf {1} geschrieben wird, braucht dort Speicherplatz.',
  'The clone {0} of a stopped run was removed.': 'Der Klon {0} eines angehaltenen Laufs wurde entfernt.',
  'The clone {0} of a stopped run could not be removed: <1>.':
    'Der Klon {0} eines angehaltenen Laufs konnte nicht entfernt werden: <1>.',
  'There is no space for a clone beside {0}.': 'Neben {0} ist kein Speicherplatz für einen Klon.',
  'Try again, or use a static image.': 'Versuchen Sie es erneut, oder verwenden Sie ein statisches Abbild.',
  '{0} was replaced or changed its size just now.': '{0} wurde gerade ersetzt oder hat die Größe geändert.',
  '{0} is no regular file': '{0} ist keine reguläre Datei',
  'The image file is another one than at the last image.': 'Die Abbilddatei ist eine andere als beim letzten Abbild.',
  'The image file was moved since the last image.': 'Die Abbilddatei wurde seit dem letzten Abbild verschoben.',
  'The kept clone was changed or replaced.': 'Der aufbewahrte Klon wurde geändert oder ersetzt.',
  'The volume has another size than at the last image.':
    'Der Datenträger hat eine andere Größe als beim letzten Abbild.',
  'The blocks of the kept clone were moved while they were listed.':
    'Die Blöcke des aufbewahrten Klons wurden verschoben, während sie aufgelistet wurden.',
  'the file system that holds {0} has less than {1} % free':
    'das Dateisystem, auf dem {0} liegt, hat weniger als {1} % frei',
  '{0} is no snapshot that can be kept': '{0} ist keine Momentaufnahme, die aufbewahrt werden kann',
  'The kept clone is gone.': 'Der aufbewahrte Klon ist nicht mehr da.',
  'The blocks of the clones cannot be listed: <0>.': 'Die Blöcke der Klone können nicht aufgelistet werden: <0>.',
};
