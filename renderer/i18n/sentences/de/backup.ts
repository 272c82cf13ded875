/** Backups: what is read, and why. */
export const backup: Readonly<Record<string, string>> = {
  '{0} packs of the repository are missing, so older images may be damaged: run “check”.':
    '{0} Pakete des Repositorys fehlen, ältere Abbilder sind also möglicherweise beschädigt: Führen Sie „check“ aus.',
  '{0} bytes of {1} could not be read and are zeros in the image.':
    '{0} Bytes von {1} konnten nicht gelesen werden und sind im Abbild Nullen.',
  'Change tracking was wrong, so everything in use was read.':
    'Die Änderungsverfolgung war falsch, deshalb wurde alles Belegte gelesen.',
  'everything in use is read': 'alles Belegte wird gelesen',
  'the whole volume is read': 'der ganze Datenträger wird gelesen',
  'Everything in use is read.': 'Alles Belegte wird gelesen.',
  'The whole volume is read.': 'Der ganze Datenträger wird gelesen.',
  'Changes since the last image are not known, so <0>: <1>.':
    'Die Änderungen seit dem letzten Abbild sind nicht bekannt, deshalb: <0> (<1>).',
  'Changes since the last image cannot be used, so <0>: <1>.':
    'Die Änderungen seit dem letzten Abbild sind nicht verwendbar, deshalb: <0> (<1>).',
  '<0>, so <1> and compared.': '<0>, deshalb: <1> und verglichen.',
  ', and a sample of the rest': 'und eine Stichprobe des Rests',
  'Only what changed since the image of {0} UTC is read.':
    'Nur was sich seit dem Abbild von {0} UTC geändert hat, wird gelesen.',
  'Only what changed since the image of {0} UTC is read, and a sample of the rest.':
    'Nur was sich seit dem Abbild von {0} UTC geändert hat, wird gelesen, dazu eine Stichprobe des Rests.',
  'its size can no longer be read': 'Größe nicht mehr lesbar',
  'its size is now 0': 'Die Größe ist jetzt 0',
  'Repeat the backup when the volume is no longer being resized; what was stored is used again.':
    'Wiederholen Sie die Sicherung, wenn die Größe des Datenträgers nicht mehr geändert wird; was gespeichert wurde, wird wiederverwendet.',
  'the image before was not made by Stillframe': 'das vorige Abbild wurde nicht von Stillframe erstellt',
  'the volume had another size at the image before': 'beim vorigen Abbild hatte der Datenträger eine andere Größe',
  'the image before has another block size': 'das vorige Abbild hat eine andere Blockgröße',
  'the image before is damaged': 'das vorige Abbild ist beschädigt',
  'the image before is no longer in the repository, or cannot be read':
    'das vorige Abbild ist nicht mehr im Repository oder nicht lesbar',
  'block {0} has the wrong length': 'Block {0} hat die falsche Länge',
  '{0} of {1} blocks are missing from the repository': '{0} von {1} Blöcken fehlen im Repository',
  'Run “check” to see what is damaged; another image of this volume may be whole.':
    'Führen Sie „check“ aus, um zu sehen, was beschädigt ist; ein anderes Abbild dieses Datenträgers ist möglicherweise intakt.',
  'the blocks do not add up to the volume': 'die Blöcke ergeben zusammen nicht den Datenträger',
  'unknown format': 'unbekanntes Format',
  'file ends early': 'Datei endet zu früh',
  'number too large': 'Zahl zu groß',
  'run outside the volume': 'Bereich außerhalb des Datenträgers',
  'bytes after the last run': 'Bytes nach dem letzten Bereich',
  'Images that restic made are not cut into blocks that can be compared.':
    'Abbilder, die restic erstellt hat, sind nicht in vergleichbare Blöcke geteilt.',
  'The images are of different volumes: {0} and {1}.': 'Die Abbilder sind von verschiedenen Datenträgern: {0} und {1}.',
  'The volume had different sizes at the two images.':
    'Der Datenträger hatte bei den beiden Abbildern verschiedene Größen.',
  'The images have different block sizes.': 'Die Abbilder haben verschiedene Blockgrößen.',
  'the snapshot holds no file that could be a volume':
    'der Snapshot enthält keine Datei, die ein Datenträger sein könnte',
  'the volume folder is missing': 'der Ordner des Datenträgers fehlt',
  '{0} and {1} disagree about the size': '{0} und {1} stimmen nicht über die Größe überein',
  'The images of {0} were made on {1}, not on {2}.': 'Die Abbilder von {0} wurden auf {1} erstellt, nicht auf {2}.',
  'Name the image by its id, for instance {0}, and the target.':
    'Nennen Sie das Abbild mit seiner ID, zum Beispiel {0}, und das Ziel.',
  'Run Stillframe as root.': 'Führen Sie Stillframe als root aus.',
  '{0} of {1} blocks that it called unchanged had changed':
    '{0} von {1} Blöcken, die als unverändert galten, hatten sich geändert',
  'Change tracking was wrong: <0>. It is not used for this image<1>. Images made since everything was last read may be wrong in such blocks.':
    'Die Änderungsverfolgung war falsch: <0>. Sie wird für dieses Abbild nicht verwendet<1>. Abbilder, die seit dem letzten vollständigen Lesen entstanden, sind in solchen Blöcken möglicherweise falsch.',
  '; the remaining {0} are read': '; die übrigen {0} werden gelesen',
  'Connect the device again and repeat the backup; what was stored is used again.':
    'Schließen Sie das Gerät wieder an, und wiederholen Sie die Sicherung; was gespeichert wurde, wird wiederverwendet.',
  'The repository may run out of space before this backup ends.':
    'Der Speicherplatz des Repositorys kann erschöpft sein, bevor diese Sicherung endet.',
  'The volume may be written to while it is read, so its map may change: everything is read.':
    'Der Datenträger kann beschrieben werden, während er gelesen wird; seine Belegung kann sich also ändern: Alles wird gelesen.',
  'At most: only what changed since the last snapshot image is read, and a sample of the rest.':
    'Höchstens: Nur was sich seit dem letzten Momentaufnahme-Abbild geändert hat, wird gelesen, dazu eine Stichprobe des Rests.',
  'Everything in use is read and compared this time (changetrackingfull).':
    'Diesmal wird alles Belegte gelesen und verglichen (changetrackingfull).',
  'The repository lies on {0} itself; a backup there would be lost together with the volume.':
    'Das Repository liegt auf {0} selbst; eine Sicherung dort ginge zusammen mit dem Datenträger verloren.',
  'It cannot be given this way.': 'Die Option kann auf diese Weise nicht angegeben werden.',
  'There is no such option.': 'Diese Option gibt es nicht.',
  '{0} is excluded from image backup by line {1} of {2}.':
    '{0} ist durch Zeile {1} von {2} von der Abbildsicherung ausgeschlossen.',
  'Remove “exclude.image {0}”, or put an include.image rule below it.':
    'Entfernen Sie “exclude.image {0}”, oder fügen Sie darunter eine include.image-Regel ein.',
  'no provider {0}': 'kein Anbieter {0}',
  'presnapshotcmd and postsnapshotcmd are not run: no snapshot is taken':
    'presnapshotcmd und postsnapshotcmd werden nicht ausgeführt: Es entsteht keine Momentaufnahme',
  '<0> {1} is imaged as a static image instead.': '<0> Von {1} entsteht stattdessen ein statisches Abbild.',
  'the opened volume': 'vom geöffneten Datenträger',
  'a logical volume': 'von einem logischen Datenträger',
  'the assembled array': 'vom zusammengesetzten Verbund',
  '{0} only carries {1}. An image of <2> reads just the blocks in use, compresses, and is restored by itself: back that up instead.':
    '{0} trägt nur {1}. Ein Abbild <2> liest nur die belegten Blöcke, lässt sich komprimieren und einzeln wiederherstellen: Sichern Sie stattdessen das.',
  'Every block is compared with what the repository has; only changed ones are stored.':
    'Jeder Block wird mit dem verglichen, was im Repository liegt; nur geänderte werden gespeichert.',
  'Only the header of the swap area is read: nothing else in it outlives a restart.':
    'Nur der Kopf des Auslagerungsbereichs wird gelesen: Nichts anderes darin überdauert einen Neustart.',
  'Only the blocks that {0} uses are read.': 'Nur die Blöcke, die {0} belegt, werden gelesen.',
  'imagegapsize is 0, so the whole volume is read.': 'imagegapsize ist 0, deshalb wird der ganze Datenträger gelesen.',
  'No known file system was found, so the whole volume is read.':
    'Es wurde kein bekanntes Dateisystem gefunden, deshalb wird der ganze Datenträger gelesen.',
  'The whole volume is read, because the blocks that {0} uses are not known.':
    'Der ganze Datenträger wird gelesen, weil nicht bekannt ist, welche Blöcke {0} belegt.',
  'Others than root may write to this options file, so root does not run a command from it.':
    'Andere als root dürfen diese Optionsdatei ändern, deshalb führt root keinen Befehl daraus aus.',
  'Run `chown -R root: {0} && chmod -R go-w {1}`, or give the command on the command line.':
    'Führen Sie `chown -R root: {0} && chmod -R go-w {1}` aus, oder geben Sie den Befehl in der Befehlszeile an.',
};
