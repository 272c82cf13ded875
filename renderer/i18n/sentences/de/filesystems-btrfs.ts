/** btrfs. */
export const filesystemsBtrfs: Readonly<Record<string, string>> = {
  'array of system chunks': 'Liste der Systemchunks',
  'The chunk at logical address {0} overlaps the one before it.':
    'Der Chunk an der logischen Adresse {0} überschneidet sich mit dem davor.',
  'The array of system chunks <0>.': 'Liste der Systemchunks: <0>.',
  'ends within a chunk': 'endet innerhalb eines Chunks',
  'holds something that is no chunk': 'enthält etwas, das kein Chunk ist',
  'holds a chunk of another kind': 'enthält einen Chunk anderer Art',
  'The record of device {0} does not fit the superblock.': 'Der Eintrag des Geräts {0} passt nicht zum Superblock.',
  'block of the chunk tree': 'Block des Chunk-Baums',
  'The chunk tree holds items of type {0}, which is not known here.':
    'Der Chunk-Baum enthält Einträge vom Typ {0}, der hier nicht bekannt ist.',
  'The system chunk at logical address {0} is another one in the chunk tree.':
    'Der Systemchunk an der logischen Adresse {0} ist im Chunk-Baum ein anderer.',
  'chunk tree': 'Chunk-Baum',
  'The chunk tree has {0} records of this device instead of one.':
    'Der Chunk-Baum hat {0} Einträge dieses Geräts statt eines.',
  'lies in no chunk': 'überschneidet sich mit einem anderen',
  'overlaps another': 'liegt in keinem Chunk',
  'is impossible': 'ist unmöglich',
  'The extent of {0} bytes at logical address {1} <2>.': 'Der Extent von {0} Bytes an der logischen Adresse {1} <2>.',
  'The chunk at logical address {0} is impossibly long.': 'Der Chunk an der logischen Adresse {0} ist unmöglich lang.',
  'The block group of {0} bytes at logical address {1} does not fit the chunks.':
    'Die Blockgruppe von {0} Bytes an der logischen Adresse {1} passt nicht zu den Chunks.',
  'The chunk at logical address {0} has no block group.':
    'Der Chunk an der logischen Adresse {0} hat keine Blockgruppe.',
  'The block group at logical address {0} counts {1} used bytes, its extents are {2} bytes.':
    'Die Blockgruppe an der logischen Adresse {0} zählt {1} belegte Bytes, ihre Extents sind {2} Bytes groß.',
  'The superblock counts {0} used bytes, the extents are {1} bytes.':
    'Der Superblock zählt {0} belegte Bytes, die Extents sind {1} Bytes groß.',
  'The file system spans several devices (device {0} is not this volume), which must be imaged and restored together: so the whole volume is read.':
    'Das Dateisystem erstreckt sich über mehrere Geräte (Gerät {0} ist nicht dieser Datenträger), die zusammen gesichert und wiederhergestellt werden müssen: Deshalb wird der ganze Datenträger gelesen.',
  'The chunk at logical address {0} <1>.': 'Der Chunk an der logischen Adresse {0} <1>.',
  'is too short': 'ist zu kurz',
  'has an impossible number of stripes': 'hat eine unmögliche Anzahl von Streifen',
  'has an impossible length or start': 'hat eine unmögliche Länge oder einen unmöglichen Anfang',
  'has an impossible stripe length': 'hat eine unmögliche Streifenlänge',
  'The type of the chunk at logical address {0} is not known here.':
    'Der Typ des Chunks an der logischen Adresse {0} ist hier nicht bekannt.',
  'has an impossible type': 'hat einen unmöglichen Typ',
  'lies outside the device': 'liegt außerhalb des Geräts',
  'The chunk at logical address {0} has the profile {1} over {2} stripes of one device, which is not known here: so the whole volume is read.':
    'Der Chunk an der logischen Adresse {0} hat das Profil {1} über {2} Streifen eines Geräts, das hier nicht bekannt ist: Deshalb wird der ganze Datenträger gelesen.',
  'Two chunks share the place at byte {0}.': 'Zwei Chunks teilen sich den Platz bei Byte {0}.',
  'A replacement of the device by another was not finished: so the whole volume is read.':
    'Der Austausch des Geräts durch ein anderes wurde nicht abgeschlossen: Deshalb wird der ganze Datenträger gelesen.',
  'The device tree and the chunk tree do not agree about what is at byte {0}.':
    'Gerätebaum und Chunk-Baum stimmen nicht darin überein, was bei Byte {0} liegt.',
  'block of the device tree': 'Block des Gerätebaums',
  'The item of the block group at logical address {0} has an impossible length.':
    'Der Eintrag der Blockgruppe an der logischen Adresse {0} hat eine unmögliche Länge.',
  'block of the extent tree': 'Block des Extent-Baums',
  'The extent tree holds items of type {0}, which is not known here.':
    'Der Extent-Baum enthält Einträge vom Typ {0}, der hier nicht bekannt ist.',
  'block of the block group tree': 'Block des Blockgruppen-Baums',
  'The block group tree holds items of type {0}, which is not known here.':
    'Der Blockgruppen-Baum enthält Einträge vom Typ {0}, der hier nicht bekannt ist.',
  'The checksum type {0} of the file system is not known here':
    'Der Prüfsummentyp {0} des Dateisystems ist hier nicht bekannt',
  'The file system has the layout of before 2009 (no mixed_backref), which is not known here':
    'Das Dateisystem hat das Format von vor 2009 (ohne mixed_backref), das hier nicht bekannt ist',
  'The file system spans {0} devices, which must be imaged and restored together':
    'Das Dateisystem erstreckt sich über {0} Geräte, die zusammen gesichert und wiederhergestellt werden müssen',
  'The volume is the target of a device replacement that was not finished':
    'Der Datenträger ist das Ziel eines Geräteaustauschs, der nicht abgeschlossen wurde',
  'The file system is a seed that others may be built on':
    'Das Dateisystem ist ein Seed, auf dem andere aufbauen können',
  'The superblock is marked as in the middle of a change or unknown ({0})':
    'Der Superblock ist als mitten in einer Änderung oder als unbekannt gekennzeichnet ({0})',
  'The file system is marked as having errors (run btrfs check), and its trees may be wrong':
    'Das Dateisystem ist als fehlerhaft gekennzeichnet (führen Sie btrfs check aus), und seine Bäume sind möglicherweise falsch',
  'This volume is device {0} of {1} that are one btrfs file system (UUID {2}): back all of them up, and restore all of them.':
    'Dieser Datenträger ist Gerät {0} von {1}, die zusammen ein btrfs-Dateisystem bilden (UUID {2}): Sichern Sie alle, und stellen Sie alle wieder her.',
  'block of a log tree': 'Block eines Log-Baums',
  'A log tree holds items of type {0}, which is not known here.':
    'Ein Log-Baum enthält Einträge vom Typ {0}, der hier nicht bekannt ist.',
  'A file extent in a log tree has an impossible length.':
    'Ein Datei-Extent in einem Log-Baum hat eine unmögliche Länge.',
  'A log tree holds file extents of type {0}, which is not known here.':
    'Ein Log-Baum enthält Datei-Extents vom Typ {0}, der hier nicht bekannt ist.',
  'The logged extent of {0} bytes at logical address {1} is impossible.':
    'Der protokollierte Extent von {0} Bytes an der logischen Adresse {1} ist unmöglich.',
  'tree of log trees': 'Baum der Log-Bäume',
  'The tree of log trees holds items of type {0}, which is not known here.':
    'Der Baum der Log-Bäume enthält Einträge vom Typ {0}, der hier nicht bekannt ist.',
  'block of the tree of log trees': 'Block des Baums der Log-Bäume',
  'log tree': 'Log-Baum',
  'A root item in the <0> is too short.': 'Ein Wurzeleintrag ist zu kurz: <0>.',
  'block of the <0>': 'Block: <0>',
  'root tree': 'Wurzelbaum',
  'block of the root tree': 'Block des Wurzelbaums',
  'The root tree does not name the <0>.': 'Im Wurzelbaum fehlt: <0>.',
  'extent tree': 'Extent-Baum',
  'device tree': 'Gerätebaum',
  'block group tree': 'Blockgruppen-Baum',
  'copy of the superblock': 'Kopie des Superblocks',
  'The superblock is damaged (<0>), and no copy of it is good.':
    'Der Superblock ist beschädigt (<0>), und keine Kopie davon ist intakt.',
  'The first superblock is damaged (<0>); the copy at byte {1} was used. btrfs rescue super-recover repairs it.':
    'Der erste Superblock ist beschädigt (<0>); die Kopie bei Byte {1} wurde verwendet. btrfs rescue super-recover repariert ihn.',
  'The damaged first superblock names a log that waits for replay, which cannot be trusted':
    'Der beschädigte erste Superblock nennt ein Log, das auf das Nachspielen wartet und dem nicht zu trauen ist',
  'The damaged first superblock is of a later time than the only good copy':
    'Der beschädigte erste Superblock ist neuer als die einzige intakte Kopie',
  'it belongs to another place': 'er gehört an eine andere Stelle',
  'its sector size is impossible': 'die Sektorgröße ist unmöglich',
  'its node size is impossible': 'die Knotengröße ist unmöglich',
  'its leaf size is not its node size': 'die Blattgröße ist nicht die Knotengröße',
  'its generation is impossible': 'die Generation ist unmöglich',
  'its root tree is impossible': 'der Wurzelbaum ist unmöglich',
  'its chunk tree is impossible': 'der Chunk-Baum ist unmöglich',
  'its log tree is impossible': 'der Log-Baum ist unmöglich',
  'its array of system chunks is too long': 'die Liste der Systemchunks ist zu lang',
  'its number of devices is impossible': 'die Anzahl der Geräte ist unmöglich',
  'its size is impossible': 'die Größe ist unmöglich',
  'its device number is impossible': 'die Gerätenummer ist unmöglich',
  'the size of its device is impossible': 'die Größe des Geräts ist unmöglich',
  'the allocated bytes of its device are impossible': 'die zugeordneten Bytes des Geräts sind unmöglich',
  'its number of used bytes is impossible': 'die Anzahl der belegten Bytes ist unmöglich',
  'its device belongs to another file system': 'das Gerät gehört zu einem anderen Dateisystem',
  'its checksum is wrong': 'die Prüfsumme ist falsch',
  'has a wrong checksum': 'hat eine falsche Prüfsumme',
  'belongs to another file system': 'gehört zu einem anderen Dateisystem',
  'belongs to another place': 'gehört an eine andere Stelle',
  'belongs to another tree': 'gehört zu einem anderen Baum',
  'is of generation {0} instead of {1}': 'ist von Generation {0} statt {1}',
  'is of level {0} instead of {1}': 'ist von Ebene {0} statt {1}',
  'has more entries than it has room for': 'hat mehr Einträge, als Platz ist',
  'has no entries': 'hat keine Einträge',
  'does not start with the key that its parent names':
    'beginnt nicht mit dem Schlüssel, den der übergeordnete Block nennt',
  'has keys that do not ascend': 'hat Schlüssel, die nicht aufsteigen',
  'has items in impossible places': 'hat Einträge an unmöglichen Stellen',
  'The same goes for {0} further tree blocks.': 'Dasselbe gilt für {0} weitere Baumblöcke.',
  '<0> Its other copy was used; btrfs scrub repairs it.<1>':
    '<0> Die andere Kopie wurde verwendet; btrfs scrub repariert ihn.<1>',
  'The <0> at byte {1} <2>.': '<0> bei Byte {1}: <2>.',
  'The <0> at byte {1} names more blocks of the <2> than the volume has room for.':
    '<0> bei Byte {1}: nennt mehr Blöcke (<2>), als auf dem Datenträger Platz haben.',
  'The <0> at byte {1} names a block of the <2> at logical address {3}, which is in no chunk.':
    '<0> bei Byte {1}: nennt einen Block (<2>) an der logischen Adresse {3}, die in keinem Chunk liegt.',
};
