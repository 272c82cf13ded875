/** Volumes, mounts and partition tables. */
export const volumes: Readonly<Record<string, string>> = {
  '{0} is not mounted by Stillframe, and nothing else is unmounted.':
    '{0} ist nicht von Stillframe eingehängt, und anderes wird nicht ausgehängt.',
  '{0} could not be unmounted: <1>.': '{0} konnte nicht ausgehängt werden: <1>.',
  'Close the windows and terminals that show its files.':
    'Schließen Sie die Fenster und Terminals, die Dateien davon zeigen.',
  '{0} cannot be mounted: <1>.': '{0} kann nicht eingehängt werden: <1>.',
  'Check the file system, for example with fsck, and try again.':
    'Prüfen Sie das Dateisystem, zum Beispiel mit fsck, und versuchen Sie es erneut.',
  'Mounting needs root.': 'Das Einhängen erfordert root.',
  'Start Stillframe as root.': 'Starten Sie Stillframe als root.',
  'A task works on {0}.': 'Ein Vorgang arbeitet an {0}.',
  '{0} is in use by {1}.': '{0} wird verwendet von {1}.',
  '{0} cannot be mounted to look at it.': '{0} kann nicht eingehängt werden, um hineinzusehen.',
  'No file system is known on it.': 'Darauf ist kein Dateisystem bekannt.',
  '{0} is mounted at {1} already.': '{0} ist bereits unter {1} eingehängt.',
  'process {#0}': 'Prozess {0}',
  'Reading {0} needs root rights or membership in the group “disk”.':
    'Das Lesen von {0} erfordert root-Rechte oder die Mitgliedschaft in der Gruppe „disk“.',
  '{0} is neither a device nor a file.': '{0} ist weder ein Gerät noch eine Datei.',
  'Reading {0} needs the rights of its owner.': 'Das Lesen von {0} erfordert die Rechte des Eigentümers.',
  'There is no {0}.': '{0} gibt es nicht.',
  '{0} may not be looked at.': '{0} darf nicht angesehen werden.',
  '{0} is neither a block device nor a file.': '{0} ist weder ein Blockgerät noch eine Datei.',
  '{0} is a folder on which no volume is mounted.': '{0} ist ein Ordner, in den kein Datenträger eingehängt ist.',
  '{0} is not a volume that can be imaged.': '{0} ist kein Datenträger, von dem ein Abbild erstellt werden kann.',
  'something else is mounted at {0}': 'unter {0} ist etwas anderes eingehängt',
  'A stopped run left an unreadable note about a mount; see `findmnt` for mounts.':
    'Ein angehaltener Lauf hat eine unlesbare Notiz über ein Einhängen hinterlassen; `findmnt` zeigt, was eingehängt ist.',
  '{0} was left mounted read-only at {1}; it is unmounted.':
    '{0} war noch schreibgeschützt unter {1} eingehängt und wurde ausgehängt.',
  '{0} was left mounted read-only at {1}: <2>.': '{0} war noch schreibgeschützt unter {1} eingehängt: <2>.',
  'The list of block devices that lsblk printed cannot be understood.':
    'Die Liste der Blockgeräte, die lsblk ausgegeben hat, kann nicht gedeutet werden.',
  'Install util-linux.': 'Installieren Sie util-linux.',
  'The program lsblk is missing.': 'Das Programm lsblk fehlt.',
  'lsblk failed: <0>': 'lsblk ist fehlgeschlagen: <0>',
  'The kernel knows {0} otherwise than the table has it, until it reads it again.':
    'Der Kernel kennt {0} anders, als es in der Tabelle steht, bis er sie neu liest.',
  'Partition {0} has an impossible place, so it is not shown.':
    'Partition {0} hat eine unmögliche Lage und wird deshalb nicht angezeigt.',
  'it cannot be read': 'nicht lesbar',
  'it is a copy of a header from another place': 'Kopie eines Kopfes von einer anderen Stelle',
  'the space for partitions is impossible': 'der Platz für Partitionen ist unmöglich',
  'the size of its entries is impossible': 'die Größe der Einträge ist unmöglich',
  'the number of its entries is impossible': 'die Anzahl der Einträge ist unmöglich',
  'its entries would lie outside the disk': 'die Einträge lägen außerhalb der Festplatte',
  'the checksum of its entries is wrong': 'die Prüfsumme der Einträge ist falsch',
  'The table was made for a larger disk, so its backup at the end is missing.':
    'Die Tabelle wurde für eine größere Festplatte erstellt, deshalb fehlt ihre Kopie am Ende.',
  'is missing': 'fehlt',
  'is damaged (<0>)': 'ist beschädigt (<0>)',
  'The backup of the partition table at the end of the disk <0>.':
    'Die Kopie der Partitionstabelle am Ende der Festplatte <0>.',
  'The backup of the partition table at the end of the disk says something else than the table.':
    'Die Kopie der Partitionstabelle am Ende der Festplatte sagt etwas anderes als die Tabelle.',
  'The disk is larger than when its table was made: the backup of the table is not at its end.':
    'Die Festplatte ist größer als beim Erstellen der Tabelle: Die Kopie der Tabelle liegt nicht am Ende.',
  'The table has entries of {0} bytes: the kernel does not see it.':
    'Die Tabelle hat Einträge von {0} Bytes: Der Kernel sieht sie nicht.',
  'Partition {0} has the same PARTUUID as another one.': 'Partition {0} hat dieselbe PARTUUID wie eine andere.',
  'The partition table at the start of the disk <0>; what is shown is its backup at the end. Mend it with a tool such as gdisk before you write to the disk.':
    'Die Partitionstabelle am Anfang der Festplatte <0>; angezeigt wird ihre Kopie am Ende. Reparieren Sie sie mit einem Programm wie gdisk, bevor Sie auf die Festplatte schreiben.',
  'the one at the start is missing': 'die am Anfang fehlt',
  'the one at the start: <0>': 'die am Anfang: <0>',
  'the one at the end is missing': 'die am Ende fehlt',
  'the one at the end: <0>': 'die am Ende: <0>',
  'Both copies of the partition table are damaged (<0>).': 'Beide Kopien der Partitionstabelle sind beschädigt (<0>).',
  'Partition {0} reaches beyond the space that the disk has for partitions.':
    'Partition {0} reicht über den Platz hinaus, den die Festplatte für Partitionen hat.',
  'Partition {0} lies over the partition table itself.': 'Partition {0} liegt über der Partitionstabelle selbst.',
  'Logical partition {0} is not inside the extended partition.':
    'Die logische Partition {0} liegt nicht in der erweiterten Partition.',
  'Partitions {0} and {1} overlap.': 'Die Partitionen {0} und {1} überschneiden sich.',
  'The chain of logical partitions comes back to sector {0}, so it was followed only once.':
    'Die Kette der logischen Partitionen kehrt zu Sektor {0} zurück und wurde deshalb nur einmal verfolgt.',
  'The extended boot record at sector {0} cannot be read, so logical partitions may be missing.':
    'Der erweiterte Bootsektor bei Sektor {0} kann nicht gelesen werden, deshalb fehlen möglicherweise logische Partitionen.',
  'There is no extended boot record at sector {0}: logical partitions may be missing.':
    'Bei Sektor {0} gibt es keinen erweiterten Bootsektor: Logische Partitionen fehlen möglicherweise.',
  'The disk has more than {0} partitions; the others are not shown.':
    'Die Festplatte hat mehr als {0} Partitionen; die übrigen werden nicht angezeigt.',
  'The chain of logical partitions has too many empty records and was not followed to its end.':
    'Die Kette der logischen Partitionen hat zu viele leere Einträge und wurde nicht bis zum Ende verfolgt.',
  'The protective MBR in front of the partition table is missing, so the kernel does not see the table.':
    'Der schützende MBR vor der Partitionstabelle fehlt, deshalb sieht der Kernel die Tabelle nicht.',
  'The protective MBR does not start where the table does, so the kernel does not see the table.':
    'Der schützende MBR beginnt nicht dort, wo die Tabelle beginnt, deshalb sieht der Kernel die Tabelle nicht.',
  'The disk has a hybrid MBR beside its GPT; what is shown is the GPT.':
    'Die Festplatte hat neben ihrer GPT einen hybriden MBR; angezeigt wird die GPT.',
  'The table was made for sectors of {0} bytes, but the disk has sectors of {1} bytes: the kernel does not see it.':
    'Die Tabelle wurde für Sektoren von {0} Bytes erstellt, die Festplatte hat aber Sektoren von {1} Bytes: Der Kernel sieht sie nicht.',
  'The first sector of the disk cannot be read.': 'Der erste Sektor der Festplatte kann nicht gelesen werden.',
  'The disk also has a GPT, but its MBR is not a protective one; what is shown is the MBR.':
    'Die Festplatte hat auch eine GPT, aber ihr MBR ist kein schützender; angezeigt wird der MBR.',
  'The disk says that it has a GPT, but neither the table nor its backup is there.':
    'Die Festplatte gibt an, eine GPT zu haben, aber weder die Tabelle noch ihre Kopie ist da.',
  'The table has {0} more problems.': 'Die Tabelle hat {0} weitere Probleme.',
  'the device has another number now': 'das Gerät hat jetzt eine andere Nummer',
  'another file system is on it now': 'jetzt ist ein anderes Dateisystem darauf',
  'A stopped run had made {0} read-only; left alone, as <1>.':
    'Ein angehaltener Lauf hatte {0} schreibgeschützt; es bleibt so, denn <1>.',
  '{0} was left read-only at {1} by a stopped run; it is writable again.':
    '{0} war unter {1} von einem angehaltenen Lauf schreibgeschützt zurückgelassen und ist wieder beschreibbar.',
  'A stopped run left {0} read-only. <1>': 'Ein angehaltener Lauf hat {0} schreibgeschützt zurückgelassen. <1>',
  'A stopped run left an unreadable note about a mount; see `mount` for read-only ones.':
    'Ein angehaltener Lauf hat eine unlesbare Notiz über ein Einhängen hinterlassen; `mount` zeigt, was schreibgeschützt ist.',
  '{0}(8) ended with status {1}': '{0}(8) endete mit Status {1}',
  '{0}(8) was stopped by {1}': '{0}(8) wurde durch {1} angehalten',
  'the kernel kept it read-only': 'der Kernel hat es schreibgeschützt gelassen',
  '{0} could not be made writable again: <1>.': '{0} konnte nicht wieder beschreibbar gemacht werden: <1>.',
  '{0} is mounted read-only at {1}': '{0} ist schreibgeschützt unter {1} eingehängt',
  'Run: mount -o remount,rw {0}': 'Ausführen: `mount -o remount,rw {0}`',
  'A stopped run left a change that this version cannot undo ({0}); its record is {1}.':
    'Ein angehaltener Lauf hat eine Änderung hinterlassen, die diese Version nicht rückgängig machen kann ({0}); der Eintrag ist {1}.',
  'The record of a stopped run could not be understood and was set aside as {0}.damaged.':
    'Der Eintrag eines angehaltenen Laufs konnte nicht gedeutet werden und wurde beiseitegelegt: {0}.damaged.',
  'device number': 'Gerätenummer',
  'attachment number': 'Anschlussnummer',
  'file (device/inode)': 'Datei (Gerät/Inode)',
  'file system UUID': 'Dateisystem-UUID',
  'partition UUID': 'Partitions-UUID',
  'serial number': 'Seriennummer',
  '{0} is another volume than the one that was chosen: its <1> was {2} and is {3} now.':
    '{0} ist ein anderer Datenträger als der gewählte (<1>: vorher {2}, jetzt {3}).',
  'Choose the volume again.': 'Wählen Sie den Datenträger noch einmal aus.',
  '{0} holds the running system and cannot be made read-only.':
    '{0} enthält das laufende System und kann nicht schreibgeschützt werden.',
  'Use a dynamic image, or start from another system.':
    'Verwenden Sie ein dynamisches Abbild, oder starten Sie von einem anderen System.',
  '{0} holds the folder in which Stillframe keeps its run records.':
    '{0} enthält den Ordner, in dem Stillframe seine Laufdaten aufbewahrt.',
  'Use a dynamic image.': 'Verwenden Sie ein dynamisches Abbild.',
  'Image what stands on it, or take that down.': 'Sichern Sie, was darauf liegt, oder nehmen Sie es außer Betrieb.',
  'The file beneath {0} is also attached to {1}, which is in use.':
    'Die Datei unter {0} ist auch angeschlossen an {1} und dort in Benutzung.',
  'Image that one, or unmount it.': 'Sichern Sie jenes, oder hängen Sie es aus.',
  'Parts of {0} are in use: {1}.': 'Teile von {0} sind in Benutzung: {1}.',
  'Unmount them, or image the partitions one by one.': 'Hängen Sie sie aus, oder sichern Sie die Partitionen einzeln.',
  'Another run is imaging {0} just now.': 'Ein anderer Lauf sichert {0} gerade.',
  'Wait until it has ended.': 'Warten Sie, bis er beendet ist.',
  'the kernel kept it writable': 'der Kernel hat es beschreibbar gelassen',
  '{0} could not be made read-only: <1>.': '{0} konnte nicht schreibgeschützt werden: <1>.',
  'Try again, or use a dynamic image.': 'Versuchen Sie es erneut, oder verwenden Sie ein dynamisches Abbild.',
  'a process that cannot be seen from here': 'einem Prozess, der von hier aus nicht zu sehen ist',
  '{0} cannot be made read-only, because it is in use by {1}.':
    '{0} kann nicht schreibgeschützt werden, weil es verwendet wird von {1}.',
  '{0} cannot be made read-only, because it is in use by a process that cannot be seen from here.':
    '{0} kann nicht schreibgeschützt werden, weil es von einem Prozess verwendet wird, der von hier aus nicht zu sehen ist.',
  'End these programs, or use a dynamic image.':
    'Beenden Sie diese Programme, oder verwenden Sie ein dynamisches Abbild.',
  '{0} is mounted, and making it read-only for the run needs root rights.':
    '{0} ist eingehängt, und für den Lauf schreibgeschützt machen erfordert root-Rechte.',
  'Unmount it, or run as root.': 'Hängen Sie es aus, oder führen Sie Stillframe als root aus.',
  '{0} was changed while it was imaged.': '{0} wurde geändert, während das Abbild entstand.',
  'Start the backup again.': 'Starten Sie die Sicherung noch einmal.',
  '{0} was made writable while it was being imaged.': '{0} wurde beschreibbar gemacht, während das Abbild entstand.',
  'Start the backup again and leave the volume alone.':
    'Starten Sie die Sicherung noch einmal, und lassen Sie den Datenträger in Ruhe.',
  '{0} is attached to {1}, which is in use or cannot be looked at.':
    '{0} ist angeschlossen an {1} und dort in Benutzung oder nicht einsehbar.',
  'Detach it with losetup -d, or run as root.':
    'Trennen Sie es mit losetup -d, oder führen Sie Stillframe als root aus.',
  '{0} is open for writing in {1}.': '{0} ist zum Schreiben geöffnet in {1}.',
  'End these programs.': 'Beenden Sie diese Programme.',
  'This computer has no driver for {0}.': 'Dieser Computer hat keinen Treiber für {0}.',
  'Look at it on a computer that has one.': 'Sehen Sie auf einem Computer hinein, der einen hat.',
  'Check the file system, for example with fsck.': 'Prüfen Sie das Dateisystem, zum Beispiel mit fsck.',
};
