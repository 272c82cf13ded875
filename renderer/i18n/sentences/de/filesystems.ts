/** File systems in general. */
export const filesystems: Readonly<Record<string, string>> = {
  'The <0> would lie outside the volume.': 'Außerhalb des Datenträgers läge: <0>.',
  'The <0> cannot be read from the volume ({1}).': 'Vom Datenträger nicht lesbar: <0> ({1}).',
  'The device stopped answering ({0}).': 'Das Gerät antwortet nicht mehr ({0}).',
  superblock: 'Superblock',
  'first sector': 'erster Sektor',
  'GPT header': 'GPT-Header',
  'partition table': 'Partitionstabelle',
  'start of the volume': 'Anfang des Datenträgers',
  'Apple driver map': 'Apple-Treibertabelle',
  'Apple partition map': 'Apple-Partitionstabelle',
  'Sun label': 'Sun-Label',
  'SGI volume header': 'SGI-Datenträgerkopf',
  'BSD label': 'BSD-Label',
  'AIX label': 'AIX-Label',
  'AIX volume group': 'AIX-Datenträgergruppe',
  'HP-UX volume group': 'HP-UX-Datenträgergruppe',
  'PC-98 label': 'PC-98-Label',
  'copy of a partition table': 'Kopie einer Partitionstabelle',
  'rigid disk block': 'Rigid Disk Block',
  'recognised file system': 'erkanntes Dateisystem',
  'chkdsk /f in Windows': 'chkdsk /f in Windows',
  'The volume carries the marks of more than one content (<0>), so the whole volume is read. wipefs shows them.':
    'Der Datenträger trägt die Kennzeichen von mehr als einem Inhalt (<0>), deshalb wird der ganze Datenträger gelesen. wipefs zeigt sie an.',
  'Repair it with <0> while it is not in use, or image the whole volume (option allowraw).':
    'Reparieren Sie es mit <0>, während es nicht in Benutzung ist, oder sichern Sie den ganzen Datenträger als Abbild (Option allowraw).',
  '<0>, so the whole volume is read. wipefs shows what is known.':
    '<0>, deshalb wird der ganze Datenträger gelesen. wipefs zeigt, was bekannt ist.',
  'The volume holds a partition table as well as {0}, and either may be a leftover':
    'Der Datenträger enthält sowohl eine Partitionstabelle als auch {0}, und beides kann ein Überbleibsel sein',
  'a partition table': 'eine Partitionstabelle',
  'The volume begins with something else than {0}, which may be a leftover beneath a newer content':
    'Der Datenträger beginnt mit etwas anderem als {0}, das ein Überbleibsel unter einem neueren Inhalt sein kann',
  'something unknown before it': 'etwas Unbekanntes davor',
  '{0} bytes at {1} are outside the volume ({2} bytes)':
    '{0} Bytes ab {1} liegen außerhalb des Datenträgers ({2} Bytes)',
  '{0} bytes are too many for one read': '{0} Bytes sind zu viel für einen Lesevorgang',
  '{0} ended at byte {1}': '{0} endete bei Byte {1}',
  'The file system ends {0} before the volume does; what lies behind it may belong to something else, so it is read as well.':
    'Das Dateisystem endet {0} vor dem Ende des Datenträgers; was dahinter liegt, kann zu etwas anderem gehören und wird deshalb ebenfalls gelesen.',
  '<0> What is in use is not known, so the whole volume is read.':
    '<0> Was belegt ist, ist nicht bekannt, deshalb wird der ganze Datenträger gelesen.',
  'The file system is damaged, so the whole volume is read as it is: <0>':
    'Das Dateisystem ist beschädigt, deshalb wird der ganze Datenträger gelesen, wie er ist: <0>',
  '{0} cannot be opened ({1}).': '{0} kann nicht geöffnet werden ({1}).',
  '<0>: so the whole volume is read ({1} instead of about {2}).':
    '<0>: Deshalb wird der ganze Datenträger gelesen ({1} statt etwa {2}).',
  'The file system has features whose block usage is not known here: {0}.':
    'Das Dateisystem hat Merkmale, deren Blockbelegung hier nicht bekannt ist: {0}.',
  'The file system says it is {0} long, but the volume has only {1}.':
    'Das Dateisystem gibt seine Länge mit {0} an, der Datenträger hat aber nur {1}.',
};
