/** XFS. */
export const filesystemsXfs: Readonly<Record<string, string>> = {
  'The file system keeps files on a realtime device, which is not part of this volume':
    'Das Dateisystem hat Dateien auf einem Echtzeitgerät, das nicht zu diesem Datenträger gehört',
  'The file system is marked as needing repair (run xfs_repair)':
    'Das Dateisystem ist als reparaturbedürftig gekennzeichnet (führen Sie xfs_repair aus)',
  'The log is on another device, so it cannot be told whether it holds changes that were not replayed yet':
    'Das Journal liegt auf einem anderen Gerät; ob es Änderungen enthält, die noch nicht nachgespielt wurden, ist deshalb nicht bekannt',
  'The log does not end with an unmount, as the file system is in use or was not unmounted cleanly, and the free space trees may be older than the log':
    'Das Journal endet nicht mit einem Aushängen, weil das Dateisystem in Benutzung ist oder nicht sauber ausgehängt wurde, und die Freispeicherbäume können älter sein als das Journal',
  'The superblock is damaged: <0>. xfs_repair may bring back one of its copies.':
    'Der Superblock ist beschädigt: <0>. xfs_repair kann möglicherweise eine seiner Kopien zurückholen.',
  'The file system has XFS format version {0}, whose block usage is not known here.':
    'Das Dateisystem hat die XFS-Formatversion {0}, deren Blockbelegung hier nicht bekannt ist.',
  'The file system lacks features that XFS format version {0} requires, so its block usage is not known here.':
    'Dem Dateisystem fehlen Merkmale, die die XFS-Formatversion {0} verlangt; seine Blockbelegung ist deshalb hier nicht bekannt.',
  'holds other free runs than the tree by block (bnobt)':
    'enthält andere freie Bereiche als der Baum nach Blöcken (bnobt)',
  'has a free run <0>': 'hat einen freien Bereich, <0>',
  'that overlaps another, the headers, or the end of the group':
    'der sich mit einem anderen, den Kopfdaten oder dem Ende der Gruppe überschneidet',
  'over its own blocks': 'der über den eigenen Blöcken liegt',
  'over the log': 'der über dem Journal liegt',
  '{0} free blocks, at most {1} in a row': '{0} freie Blöcke, höchstens {1} am Stück',
  'has <0>, but its header (AGF) says <1>': 'hat <0>, laut Kopf (AGF) sind es <1>',
  '{#0} and {#1}': '{0} und {1}',
  'free space tree (bnobt)': 'Freispeicherbaum (bnobt)',
  'free space tree by size (cntbt)': 'Freispeicherbaum nach Größe (cntbt)',
  '<0> (block {1} of the group)': '<0> (Block {1} der Gruppe)',
  'has a block <0>': 'hat einen Block <0>',
  'without magic number': 'ohne Kennzeichen',
  'with a wrong checksum': 'mit falscher Prüfsumme',
  'that belongs elsewhere': ', der woandershin gehört',
  'of another level': 'einer anderen Ebene',
  'with other neighbours than its parent says': 'mit anderen Nachbarn, als der übergeordnete Block angibt',
  'with an impossible number of entries': 'mit einer unmöglichen Anzahl von Einträgen',
  '<0> of allocation group {1}': '<0> der Zuordnungsgruppe {1}',
  'points outside the group': 'zeigt über die Gruppe hinaus',
  'holds a block twice': 'enthält einen Block doppelt',
  'has more blocks than its group': 'hat mehr Blöcke als die Gruppe',
  'free space header (AGF)': 'Freispeicherkopf (AGF)',
  'inode header (AGI)': 'Inode-Kopf (AGI)',
  'free list (AGFL)': 'Freiliste (AGFL)',
  'has no magic number': 'hat kein Kennzeichen',
  'has an unknown version': 'hat eine unbekannte Version',
  'belongs to another group': 'gehört zu einer anderen Gruppe',
  'has a wrong length': 'hat eine falsche Länge',
  'has the root of a tree outside the group': 'hat die Wurzel eines Baums außerhalb der Gruppe',
  'has an impossible number of levels': 'hat eine unmögliche Anzahl von Ebenen',
  'has impossible counts of free blocks': 'hat eine unmögliche Anzahl freier Blöcke',
  'has an impossible length of the free list': 'hat eine unmögliche Länge der Freiliste',
  'headers of allocation group {0}': 'Kopfdaten der Zuordnungsgruppe {0}',
  'The <0> of allocation group {1} <2>.': '<0> der Zuordnungsgruppe {1}: <2>.',
  'its log is impossible': 'das Journal ist unmöglich',
  'its block size is impossible': 'die Blockgröße ist unmöglich',
  'mkfs.xfs did not finish making the file system': 'mkfs.xfs hat das Anlegen des Dateisystems nicht abgeschlossen',
  'the size of its allocation groups is impossible': 'die Größe der Zuordnungsgruppen ist unmöglich',
  'its number of allocation groups is impossible': 'die Anzahl der Zuordnungsgruppen ist unmöglich',
  'its last allocation group is too short': 'die letzte Zuordnungsgruppe ist zu kurz',
  'The superblock says {0} blocks are free, its allocation groups say {1}.':
    'Laut Superblock sind {0} Blöcke frei, laut Zuordnungsgruppen {1}.',
};
