/** Contents that are only recognised, and swap. */
export const filesystemsRecognised: Readonly<Record<string, string>> = {
  'HFS file systems': 'HFS-Dateisysteme',
  'APFS containers': 'APFS-Container',
  'Unmount it on every machine first.': 'Hängen Sie es zuerst auf allen Maschinen aus.',
  'VMFS datastores': 'VMFS-Datenspeicher',
  'mark of a known content': 'Kennzeichen eines bekannten Inhalts',
  'ISO 9660 images': 'ISO-9660-Abbilder',
  'UDF file systems': 'UDF-Dateisysteme',
  'The first header of a LUKS volume is gone and only its second one is left':
    'Der erste Kopf eines LUKS-Datenträgers fehlt, und nur der zweite ist übrig',
  'If that is no remainder of an earlier use, "cryptsetup repair DEVICE" may bring the volume back.':
    'Wenn das kein Rest einer früheren Verwendung ist, kann "cryptsetup repair DEVICE" den Datenträger zurückbringen.',
  'ReFS file systems': 'ReFS-Dateisysteme',
  'UFS file systems': 'UFS-Dateisysteme',
  'VxFS file systems': 'VxFS-Dateisysteme',
  'HPFS file systems': 'HPFS-Dateisysteme',
  'BeFS file systems': 'BeFS-Dateisysteme',
  'NSS pools': 'NSS-Pools',
  'F2FS file systems': 'F2FS-Dateisysteme',
  'ReiserFS file systems': 'ReiserFS-Dateisysteme',
  'JFS file systems': 'JFS-Dateisysteme',
  'A member of a Linux RAID holds a part of its array only':
    'Ein Mitglied eines Linux-RAID enthält nur einen Teil seines Verbunds',
  'the assembled array (/dev/mdN)': 'den zusammengesetzten Verbund (/dev/mdN)',
  'A member of an Intel firmware RAID holds a part of its array only':
    'Ein Mitglied eines Intel-Firmware-RAID enthält nur einen Teil seines Verbunds',
  'A member of a DDF firmware RAID holds a part of its array only':
    'Ein Mitglied eines DDF-Firmware-RAID enthält nur einen Teil seines Verbunds',
  'A DRBD device keeps its own metadata behind the data, and may be behind its peer':
    'Ein DRBD-Gerät führt hinter den Daten eigene Metadaten und kann hinter seinem Partner zurückliegen',
  '<0>: so the whole volume is read ({1})<2>. <3>': '<0>: Deshalb wird der ganze Datenträger gelesen ({1})<2>. <3>',
  'Which blocks <0> use cannot be told here': 'Welche Blöcke belegt sind, ist hier nicht bekannt (<0>)',
  ', free space and deleted files included': ', freier Speicherplatz und gelöschte Dateien eingeschlossen',
  'A {0} image is packed already, and what lies behind it is not known':
    'Ein {0}-Abbild ist bereits gepackt, und was dahinter liegt, ist nicht bekannt',
  'Back up <0> instead, of which only what is in use is read.':
    'Sichern Sie stattdessen <0>; davon wird nur das Belegte gelesen.',
  'A closed {0} volume looks random from end to end, with free space like everything else':
    'Ein geschlossener {0}-Datenträger sieht von Anfang bis Ende zufällig aus, der freie Speicherplatz ebenso wie alles andere',
  ', nothing of it can be compressed, and the image will be as large as the volume':
    ', nichts davon lässt sich komprimieren, und das Abbild wird so groß wie der Datenträger',
  'To image only what is in use, open it ({0}), then back up /dev/mapper/NAME instead.':
    'Um nur das Belegte zu sichern, öffnen Sie ihn ({0}), und sichern Sie dann stattdessen /dev/mapper/NAME.',
  '<0>: so the whole volume is read ({1})<2>.': '<0>: Deshalb wird der ganze Datenträger gelesen ({1})<2>.',
  'BFS file systems': 'BFS-Dateisysteme',
  'Minix file systems': 'Minix-Dateisysteme',
  'An LVM physical volume holds parts of logical volumes':
    'Ein physischer LVM-Datenträger enthält Teile logischer Datenträger',
  'the logical volumes (/dev/VG/LV)': 'die logischen Datenträger (/dev/VG/LV)',
  'bcachefs file systems': 'bcachefs-Dateisysteme',
  'Where it spans several devices, unmount it and back up all of them: one alone is of no use.':
    'Wenn es sich über mehrere Geräte erstreckt, hängen Sie es aus, und sichern Sie alle: Eines allein nützt nichts.',
  'A device of bcache may lack what is only in its cache':
    'Einem bcache-Gerät kann fehlen, was nur in seinem Zwischenspeicher liegt',
  'A dm-integrity device mixes checksums with the data': 'Ein dm-integrity-Gerät mischt Prüfsummen unter die Daten',
  'the opened device (integritysetup open DEVICE NAME)': 'das geöffnete Gerät (integritysetup open DEVICE NAME)',
  'The store of a snapshot holds pieces of another device':
    'Der Speicher einer Momentaufnahme enthält Teile eines anderen Geräts',
  'the snapshot that it belongs to': 'die Momentaufnahme, zu der er gehört',
  'A dm-verity hash device holds the checksums of another device and no file system of its own':
    'Ein dm-verity-Prüfsummengerät enthält die Prüfsummen eines anderen Geräts und kein eigenes Dateisystem',
  'Back up the data device as well: neither is of use without the other.':
    'Sichern Sie auch das Datengerät: Keines nützt etwas ohne das andere.',
  'A VDO volume stores its data deduplicated and compressed':
    'Ein VDO-Datenträger speichert seine Daten dedupliziert und komprimiert',
  'the volume on top of it': 'den Datenträger darüber',
  'A device of a Stratis pool holds parts of its file systems':
    'Ein Gerät eines Stratis-Pools enthält Teile seiner Dateisysteme',
  'the file systems (/dev/stratis/POOL/NAME)': 'die Dateisysteme (/dev/stratis/POOL/NAME)',
  'A BlueStore device holds objects of a Ceph cluster': 'Ein BlueStore-Gerät enthält Objekte eines Ceph-Clusters',
  'Stop its OSD first. The cluster rebuilds such a device from its replicas, and does not need an image.':
    'Halten Sie zuerst seinen OSD an. Der Cluster stellt ein solches Gerät aus seinen Replikaten wieder her und braucht kein Abbild.',
  'A disk of Oracle ASM holds a part of its disk group only':
    'Eine Festplatte von Oracle ASM enthält nur einen Teil ihrer Plattengruppe',
  'Back up its databases with RMAN instead.': 'Sichern Sie stattdessen ihre Datenbanken mit RMAN.',
  'A member of a ZFS pool is of use only together with the other members, all from the same moment':
    'Ein Mitglied eines ZFS-Pools nützt nur zusammen mit den anderen Mitgliedern etwas, alle vom selben Zeitpunkt',
  'Export the pool first (zpool export POOL), or back up with zfs send instead. Where the volume left its pool long ago, wipefs shows what remains of it.':
    'Exportieren Sie zuerst den Pool (zpool export POOL), oder sichern Sie stattdessen mit zfs send. Hat der Datenträger seinen Pool vor langer Zeit verlassen, zeigt wipefs, was davon übrig ist.',
  '<0>: so the whole volume is read ({1}).': '<0>: Deshalb wird der ganze Datenträger gelesen ({1}).',
  'so the whole volume is read ({0}). Run mkswap again if it is a swap area and nothing else.':
    'deshalb wird der ganze Datenträger gelesen ({0}). Führen Sie mkswap erneut aus, wenn es ein Auslagerungsbereich und nichts anderes ist.',
  "The swap area ends at byte {0}, and what lies behind it may be somebody's: <1>":
    'Der Auslagerungsbereich endet bei Byte {0}, und was dahinter liegt, kann jemandem gehören: <1>',
  'The first page holds more than the header of a swap area (a boot loader, a partition table, the start of another content): <0>':
    'Die erste Seite enthält mehr als den Kopf eines Auslagerungsbereichs (einen Bootlader, eine Partitionstabelle, den Anfang eines anderen Inhalts): <0>',
  'The volume ends with the copy of a partition table, so that it may have partitions besides the swap area: <0>':
    'Der Datenträger endet mit der Kopie einer Partitionstabelle, sodass er außer dem Auslagerungsbereich Partitionen haben kann: <0>',
  'Behind the header of this swap area a file system was found ({0}, by its copy at byte {1}), on which mkswap may have been run by mistake: so the whole volume is read ({2}). If it is swap and nothing else, clear it once (swapoff, blkdiscard or dd if=/dev/zero, mkswap).':
    'Hinter dem Kopf dieses Auslagerungsbereichs wurde ein Dateisystem gefunden ({0}, durch seine Kopie bei Byte {1}), auf dem mkswap möglicherweise versehentlich ausgeführt wurde: Deshalb wird der ganze Datenträger gelesen ({2}). Wenn es ein Auslagerungsbereich und nichts anderes ist, leeren Sie ihn einmal (swapoff, blkdiscard oder dd if=/dev/zero, mkswap).',
  'The swap area lists {0} bad pages.': 'Der Auslagerungsbereich führt {0} defekte Seiten auf.',
  'swap header': 'Kopf des Auslagerungsbereichs',
  'The list of bad pages is impossible. Run mkswap -c again.':
    'Die Liste der defekten Seiten ist unmöglich. Führen Sie mkswap -c erneut aus.',
  'Swap areas of version 0 do not say how long they are':
    'Auslagerungsbereiche der Version 0 geben ihre Länge nicht an',
  'This swap area holds the memory of a hibernated system, which continues from it and changes its file systems when it wakes up (wake it up and shut it down before volumes of it are backed up or restored)':
    'Dieser Auslagerungsbereich enthält den Speicher eines Systems im Ruhezustand, das damit fortfährt und beim Aufwachen seine Dateisysteme ändert (wecken Sie es auf, und fahren Sie es herunter, bevor Datenträger davon gesichert oder wiederhergestellt werden)',
  'header page of a swap area': 'Kopfseite eines Auslagerungsbereichs',
  'signature of a swap area': 'Signatur eines Auslagerungsbereichs',
  'remainder of a file system': 'Rest eines Dateisystems',
};
