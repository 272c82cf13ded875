/** NTFS. */
export const filesystemsNtfs: Readonly<Record<string, string>> = {
  'its attribute list ends inside an entry': 'die Attributliste endet innerhalb eines Eintrags',
  'its attribute list has an impossible entry': 'die Attributliste hat einen unmöglichen Eintrag',
  'its attribute list has an impossible name': 'die Attributliste hat einen unmöglichen Namen',
  'the value of an attribute lies outside it': 'der Wert eines Attributs liegt außerhalb davon',
  'an attribute is too short': 'ein Attribut ist zu kurz',
  'the runs of an attribute lie outside it': 'die Bereiche eines Attributs liegen außerhalb davon',
  'an attribute has an impossible range of clusters': 'ein Attribut hat einen unmöglichen Clusterbereich',
  'an attribute is neither resident nor not': 'ein Attribut ist weder resident noch nicht resident',
  'the name of an attribute lies outside it': 'der Name eines Attributs liegt außerhalb davon',
  'its attributes have no end': 'die Attribute haben kein Ende',
  'an attribute has an impossible length': 'ein Attribut hat eine unmögliche Länge',
  'The boot sector says <0>.': 'Laut Bootsektor: <0>.',
  'that a sector has {0} bytes, which is impossible': 'Ein Sektor hat {0} Bytes, was unmöglich ist',
  'that a cluster has {0} bytes, which is impossible': 'Ein Cluster hat {0} Bytes, was unmöglich ist',
  'something in fields that are empty on NTFS': 'etwas in Feldern, die bei NTFS leer sind',
  'an impossible number of sectors': 'eine unmögliche Anzahl von Sektoren',
  'an impossible place of the master file table or of its mirror':
    'eine unmögliche Lage der Master File Table oder ihrer Spiegelung',
  'an impossible size of records of the master file table': 'eine unmögliche Datensatzgröße der Master File Table',
  'copy of the boot sector': 'Kopie des Bootsektors',
  'The boot sector is damaged (<0>); the copy at byte {1} was used.':
    'Der Bootsektor ist beschädigt (<0>); die Kopie bei Byte {1} wurde verwendet.',
  'it does not say where the bitmap lies': 'die Angabe fehlt, wo die Bitmap liegt',
  'the bitmap is too short for the volume': 'die Bitmap ist zu kurz für den Datenträger',
  '$Bitmap says that cluster {0} is free, but it belongs to <1>.':
    'Laut $Bitmap ist Cluster {0} frei, er gehört aber zu: <1>.',
  '<0> is too short.': 'Zu kurz: <0>.',
  '<0> ends before its byte {1}.': 'Endet vor Byte {1}: <0>.',
  'a node is too short': 'ein Knoten ist zu kurz',
  'a node is longer than its place': 'ein Knoten ist länger als sein Platz',
  'a node has no last entry': 'ein Knoten hat keinen letzten Eintrag',
  'an entry has an impossible length': 'ein Eintrag hat eine unmögliche Länge',
  'an entry has an impossible name': 'ein Eintrag hat einen unmöglichen Namen',
  'The <0> is damaged: <1>.': 'Beschädigt: <0> (<1>).',
  'a node lies outside it': 'ein Knoten liegt außerhalb davon',
  'a node is named twice': 'ein Knoten wird zweimal genannt',
  'a node does not begin with INDX': 'ein Knoten beginnt nicht mit INDX',
  'of a node, <0>': 'ein Knoten: <0>',
  'a node is another one': 'ein Knoten ist ein anderer',
  'it has no index': 'es gibt keinen Index',
  'its index is of an unknown kind': 'der Index ist von unbekannter Art',
  'index of the <0>': 'Index: <0>',
  'its index has no nodes': 'der Index hat keine Knoten',
  'The cluster bitmap may be older than the files on the volume: <0>':
    'Die Clusterbitmap kann älter sein als die Dateien auf dem Datenträger: <0>',
  'The file system could not be understood.': 'Das Dateisystem konnte nicht gedeutet werden.',
  'The journal ($LogFile) is empty, and <0>, as in a copy of a volume in use (run chkdsk /f)':
    'Das Journal ($LogFile) ist leer, und <0>, wie in der Kopie eines Datenträgers, der in Benutzung ist (führen Sie chkdsk /f aus)',
  'file record {0}': 'Dateidatensatz {0}',
  'file record {0} (<1>)': 'Dateidatensatz {0} (<1>)',
  'it does not begin with FILE': 'der Anfang ist nicht FILE',
  'its attributes begin at an impossible place': 'die Attribute beginnen an einer unmöglichen Stelle',
  'it is marked as not in use': 'der Datensatz ist als nicht belegt gekennzeichnet',
  'it is another record': 'es ist ein anderer Datensatz',
  'start it and shut it down fully: powercfg /h off, or shutdown /s':
    'starten Sie es, und fahren Sie es vollständig herunter: powercfg /h off oder shutdown /s',
  'hiberfil.sys of the root directory is another file': 'hiberfil.sys im Stammverzeichnis ist eine andere Datei',
  'hiberfil.sys does not say that Windows was shut down (<0>)':
    'hiberfil.sys sagt nicht, dass Windows heruntergefahren wurde (<0>)',
  'Windows is hibernated, fast start-up included (<0>)':
    'Windows ist im Ruhezustand, auch durch den Schnellstart (<0>)',
  'the journal ($LogFile) cannot be understood (run chkdsk /f in Windows)':
    'das Journal ($LogFile) kann nicht gedeutet werden (führen Sie in Windows chkdsk /f aus)',
  'Windows keeps metadata of the volume in memory, as after a shutdown for fast start-up':
    'Windows hält Metadaten des Datenträgers im Speicher, wie nach dem Herunterfahren für einen Schnellstart',
  '<0> (shut it down fully: powercfg /h off, or shutdown /s)':
    '<0> (fahren Sie es vollständig herunter: powercfg /h off oder shutdown /s)',
  'the journal ($LogFile) holds changes that were not written to their places yet':
    'das Journal ($LogFile) enthält Änderungen, die noch nicht an ihre Stelle geschrieben wurden',
  '<0> (start Windows and shut it down fully, or run ntfsfix)':
    '<0> (starten Sie Windows, und fahren Sie es vollständig herunter, oder führen Sie ntfsfix aus)',
  'it does not say where the journal lies': 'die Angabe fehlt, wo das Journal liegt',
  '<0> is damaged (<1>)': '<0> ist beschädigt (<1>)',
  '<0> has more clusters than the volume': '<0> hat mehr Cluster als der Datenträger',
  '<0> has cluster {1}, which $Bitmap calls free': '<0> hat den Cluster {1}, den $Bitmap frei nennt',
  'the files have more clusters than the volume': 'die Dateien haben mehr Cluster als der Datenträger',
  'it does not say where the table begins': 'die Angabe fehlt, wo die Tabelle beginnt',
  'the table begins at another place than the boot sector says':
    'die Tabelle beginnt an einer anderen Stelle, als der Bootsektor angibt',
  'it belongs to another file': 'der Datensatz gehört zu einer anderen Datei',
  'an attribute that must stand in the record does not': 'ein Attribut, das im Datensatz stehen muss, fehlt darin',
  'an attribute stands in the record and elsewhere': 'ein Attribut steht im Datensatz und anderswo',
  'the pieces of an attribute do not follow each other': 'die Teile eines Attributs folgen nicht aufeinander',
  '<0> has holes': '<0> hat Lücken',
  'an attribute has too many runs': 'ein Attribut hat zu viele Bereiche',
  'an attribute has another number of clusters than its runs':
    'ein Attribut hat eine andere Anzahl von Clustern als seine Bereiche',
  'the runs of an attribute are not as long as it says':
    'die Bereiche eines Attributs sind nicht so lang wie angegeben',
  'the sizes of an attribute are impossible': 'die Größen eines Attributs sind unmöglich',
  'the runs of an attribute overlap': 'die Bereiche eines Attributs überschneiden sich',
  'it lacks an attribute that the attribute list names': 'ein Attribut fehlt, das die Attributliste nennt',
  'its attribute list is too long': 'die Attributliste ist zu lang',
  'attribute list of <0>': 'Attributliste: <0>',
  'it is no extension of <0>': 'keine Erweiterung von: <0>',
  '<0> lies outside $MFT.': 'Außerhalb von $MFT liegt: <0>.',
  'copy of <0>': 'Kopie: <0>',
  '<0> Its copy in $MFTMirr at byte {1} was used.': '<0> Die Kopie in $MFTMirr bei Byte {1} wurde verwendet.',
  '<0> is marked as compressed, encrypted or sparse':
    'als komprimiert, verschlüsselt oder lückenhaft gekennzeichnet: <0>',
  'its list of runs has no end': 'die Bereichsliste hat kein Ende',
  'its list of runs is impossible': 'die Bereichsliste ist unmöglich',
  'a run has an impossible length': 'ein Bereich hat eine unmögliche Länge',
  'a run lies outside the file system': 'ein Bereich liegt außerhalb des Dateisystems',
  'header of the shadow copies': 'Kopf der Schattenkopien',
  'The volume has shadow copies (restore points, previous versions), which are not kept whole: they read clusters of deleted files that count as free, so delete them after a restore (vssadmin delete shadows), or image everything (imagegapsize 0).':
    'Der Datenträger hat Schattenkopien (Wiederherstellungspunkte, Vorgängerversionen), die nicht vollständig erhalten bleiben: Sie lesen Cluster gelöschter Dateien, die als frei gelten. Löschen Sie sie deshalb nach einer Wiederherstellung (vssadmin delete shadows), oder sichern Sie alles (imagegapsize 0).',
  'its update sequence array is impossible': 'das Feld der Aktualisierungssequenz ist unmöglich',
  'it was not written completely': 'nicht vollständig geschrieben',
  '<0> and <1> both claim cluster {2}.': 'Cluster {2} wird doppelt beansprucht: <0> und <1>.',
  'it does not say the version': 'die Angabe der Version fehlt',
  'Version {0} of NTFS is not known here.': 'Version {0} von NTFS ist hier nicht bekannt.',
  'The volume has flags that are not known here: {0}.':
    'Der Datenträger hat Kennzeichen, die hier nicht bekannt sind: {0}.',
  'the record of $Volume is damaged, and its copy may not know that the volume is dirty':
    'der Datensatz von $Volume ist beschädigt, und seine Kopie weiß möglicherweise nicht, dass der Datenträger als fehlerhaft gekennzeichnet ist',
  '<0> (run chkdsk /f in Windows)': '<0> (führen Sie in Windows chkdsk /f aus)',
  'a check by chkdsk was begun and not finished (run chkdsk /f in Windows)':
    'eine Prüfung durch chkdsk wurde begonnen und nicht abgeschlossen (führen Sie in Windows chkdsk /f aus)',
  'the volume is marked as dirty (run chkdsk /f in Windows, or ntfsfix -d)':
    'der Datenträger ist als fehlerhaft gekennzeichnet (führen Sie in Windows chkdsk /f oder ntfsfix -d aus)',
};
