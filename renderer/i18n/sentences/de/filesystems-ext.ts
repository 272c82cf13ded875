/** ext2, ext3 and ext4. */
export const filesystemsExt: Readonly<Record<string, string>> = {
  'backup superblock': 'Ersatz-Superblock',
  'This volume is the external journal of an ext3 or ext4 file system; all of it is imaged.':
    'Dieser Datenträger ist das externe Journal eines ext3- oder ext4-Dateisystems; er wird ganz gesichert.',
  'The journal holds changes that were not replayed yet':
    'Das Journal enthält Änderungen, die noch nicht nachgespielt wurden',
  'The file system is in use or was not unmounted cleanly':
    'Das Dateisystem ist in Benutzung oder wurde nicht sauber ausgehängt',
  '<0>, and the block bitmaps may be older than that': '<0>, und die Blockbitmaps können älter sein',
  'The file system is marked as having errors (run e2fsck), and its block bitmaps may be wrong':
    'Das Dateisystem ist als fehlerhaft gekennzeichnet (führen Sie e2fsck aus), und seine Blockbitmaps sind möglicherweise falsch',
  'The group descriptor puts the <0> at block {1}, outside the file system.':
    'Der Gruppendeskriptor verweist auf Block {1} außerhalb des Dateisystems: <0>.',
  'descriptor of block group {0}': 'Deskriptor der Blockgruppe {0}',
  'The checksum of the <0> is wrong.': 'Die Prüfsumme ist falsch: <0>.',
  'block bitmap of block group {0}': 'Blockbitmap der Blockgruppe {0}',
  'inode bitmap of block group {0}': 'Inode-Bitmap der Blockgruppe {0}',
  'inode table of block group {0}': 'Inode-Tabelle der Blockgruppe {0}',
  'group descriptor table': 'Gruppendeskriptortabelle',
  'block bitmap': 'Blockbitmap',
  'inode bitmap': 'Inode-Bitmap',
  'inode table': 'Inode-Tabelle',
  'The first superblock is damaged, and the descriptors after it differ from their copies.':
    'Der erste Superblock ist beschädigt, und die Deskriptoren dahinter unterscheiden sich von ihren Kopien.',
  'The superblock is damaged (<0>), and no good copy of it was found.':
    'Der Superblock ist beschädigt (<0>), und es wurde keine intakte Kopie gefunden.',
  'The first superblock is damaged (<0>); the copy at byte {1} was used. Run e2fsck.':
    'Der erste Superblock ist beschädigt (<0>); die Kopie bei Byte {1} wurde verwendet. Führen Sie e2fsck aus.',
  'The first superblock is gone, and only a copy at byte {0} tells of the file system, which may be a leftover beneath a newer content (if it is not: e2fsck -b {1} -B {2})':
    'Der erste Superblock fehlt, und nur eine Kopie bei Byte {0} weist auf das Dateisystem hin, das ein Überbleibsel unter einem neueren Inhalt sein kann (falls nicht: e2fsck -b {1} -B {2})',
  'its checksum type is unknown': 'der Prüfsummentyp ist unbekannt',
  'its block count is impossible': 'die Anzahl der Blöcke ist unmöglich',
  'its first data block is impossible': 'der erste Datenblock ist unmöglich',
  'its number of blocks in a group is impossible': 'die Anzahl der Blöcke einer Gruppe ist unmöglich',
  'its inode size is impossible': 'die Inode-Größe ist unmöglich',
  'its number of inodes is impossible': 'die Anzahl der Inodes ist unmöglich',
  'its descriptor size is impossible': 'die Deskriptorgröße ist unmöglich',
  'The <0> has {1} free clusters, its descriptor says {2}.': '<0>: hat {1} freie Cluster, laut Deskriptor sind es {2}.',
};
