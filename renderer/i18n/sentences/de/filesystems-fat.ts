/** FAT and exFAT. */
export const filesystemsFat: Readonly<Record<string, string>> = {
  'it does not start with the jump': 'beginnt nicht mit dem Sprungbefehl',
  'bytes that must be zero are not': 'Bytes, die null sein müssen, sind es nicht',
  'its signature is missing': 'die Signatur fehlt',
  'its cluster size is impossible': 'die Clustergröße ist unmöglich',
  'its length is impossible': 'die Länge ist unmöglich',
  'its number of FATs is impossible': 'die Anzahl der FATs ist unmöglich',
  'its number of clusters is impossible': 'die Anzahl der Cluster ist unmöglich',
  'its FAT lies in the boot regions': 'die FAT liegt in den Bootbereichen',
  'its FAT is too short for its clusters': 'die FAT ist zu kurz für die Cluster',
  'its clusters lie in the FAT': 'die Cluster liegen in der FAT',
  'it has more clusters than fit': 'es gibt mehr Cluster, als Platz haben',
  'its root directory cluster is impossible': 'der Cluster des Stammverzeichnisses ist unmöglich',
  'it lies outside the volume': 'liegt außerhalb des Datenträgers',
  'backup boot region': 'Ersatz-Bootbereich',
  'boot sector': 'Bootsektor',
  'main boot region': 'Haupt-Bootbereich',
  'The main boot region is damaged: <0>.': 'Der Haupt-Bootbereich ist beschädigt: <0>.',
  'The main boot region is damaged (<0>); its copy at byte {1} was used.':
    'Der Haupt-Bootbereich ist beschädigt (<0>); die Kopie bei Byte {1} wurde verwendet.',
  'The file system is of revision {0} of exFAT, whose cluster usage is not known here.':
    'Das Dateisystem hat die exFAT-Version {0}, deren Clusterbelegung hier nicht bekannt ist.',
  'The file system keeps two FATs and two allocation bitmaps (TexFAT)':
    'Das Dateisystem führt zwei FATs und zwei Belegungsbitmaps (TexFAT)',
  'The file system has unknown volume flags (0x{0})': 'Das Dateisystem hat unbekannte Datenträgerkennzeichen (0x{0})',
  'The file system is in use or was not unmounted cleanly (run fsck.exfat), and its allocation bitmap may be older than its files':
    'Das Dateisystem ist in Benutzung oder wurde nicht sauber ausgehängt (führen Sie fsck.exfat aus), und seine Belegungsbitmap kann älter sein als die Dateien',
  'The file system is marked as having met failures of the medium (run fsck.exfat), and its allocation bitmap may be wrong':
    'Das Dateisystem hat vermerkt, dass es auf Fehler des Mediums gestoßen ist (führen Sie fsck.exfat aus), und seine Belegungsbitmap ist möglicherweise falsch',
  'The root directory has entries of unknown critical types ({0})':
    'Das Stammverzeichnis hat Einträge unbekannter kritischer Typen ({0})',
  'The root directory is too long.': 'Das Stammverzeichnis ist zu lang.',
  'allocation bitmap': 'Belegungsbitmap',
  'The allocation bitmap is missing.': 'Die Belegungsbitmap fehlt.',
  'There is an allocation bitmap of a second FAT, which the volume does not have.':
    'Es gibt eine Belegungsbitmap einer zweiten FAT, die der Datenträger nicht hat.',
  'third FAT': 'dritte FAT',
  'fourth FAT': 'vierte FAT',
  'other FAT': 'weitere FAT',
  'The allocation bitmap has {0} bytes for {1} clusters.': 'Die Belegungsbitmap hat {0} Bytes für {1} Cluster.',
  'The allocation bitmap would lie outside the volume.': 'Die Belegungsbitmap läge außerhalb des Datenträgers.',
  'The allocation bitmap is in several pieces, which drivers read in different ways: so the whole volume is read.':
    'Die Belegungsbitmap besteht aus mehreren Teilen, die Treiber unterschiedlich lesen: Deshalb wird der ganze Datenträger gelesen.',
  'The chain of clusters of the allocation bitmap ends after {0} of {1}.':
    'Die Clusterkette der Belegungsbitmap endet nach {0} von {1}.',
  'up-case table': 'Großschreibungstabelle',
  'The up-case table is missing.': 'Die Großschreibungstabelle fehlt.',
  'There is more than one up-case table.': 'Es gibt mehr als eine Großschreibungstabelle.',
  'The up-case table has {0} bytes.': 'Die Großschreibungstabelle hat {0} Bytes.',
  'the root directory': 'das Stammverzeichnis',
  'the allocation bitmap': 'die Belegungsbitmap',
  'the up-case table': 'die Großschreibungstabelle',
  'Cluster {0} is shared by <1> and <2>.': 'Cluster {0} ist doppelt belegt: <1> und <2>.',
  'A file of the root directory has cluster {0}, which is no cluster.':
    'Eine Datei des Stammverzeichnisses hat den Cluster {0}, der kein Cluster ist.',
  'root directory': 'Stammverzeichnis',
  'a file in the root directory': 'eine Datei im Stammverzeichnis',
  'Cluster {0} of <1> is not marked as in use in the allocation bitmap.':
    'Cluster {0} ist in der Belegungsbitmap nicht als belegt gekennzeichnet: <1>.',
  'first FAT': 'erste FAT',
  'second FAT': 'zweite FAT',
  'backup boot sector': 'Kopie des Bootsektors',
  'it has no reserved sectors': 'reservierte Sektoren fehlen',
  'its media byte is impossible': 'das Medienbyte ist unmöglich',
  'its FATs have no length': 'die FATs haben keine Länge',
  'its number of root directory entries is impossible': 'die Anzahl der Einträge im Stammverzeichnis ist unmöglich',
  'it leaves no room for clusters': 'für Cluster bleibt kein Platz',
  'it has more clusters than its FAT can number': 'es gibt mehr Cluster, als die FAT nummerieren kann',
  'it does not start with a jump': 'beginnt nicht mit einem Sprungbefehl',
  'A chain of clusters leads to cluster {0}, which is marked as free or bad.':
    'Eine Clusterkette führt zu Cluster {0}, der als frei oder defekt gekennzeichnet ist.',
  'comes back to itself': 'kehrt zu sich selbst zurück',
  'leads to {0}, which is no cluster': 'führt zu {0}, was kein Cluster ist',
  'The chain of clusters of the <0> comes back to itself.': 'Die Clusterkette kehrt zu sich selbst zurück: <0>.',
  'The chain of clusters of the <0> leads to {1}, which is no cluster.':
    'Die Clusterkette führt zu {1}, was kein Cluster ist: <0>.',
  'The boot sector is damaged: <0>.': 'Der Bootsektor ist beschädigt: <0>.',
  'The boot sector is damaged (<0>); its copy at byte {1} was used.':
    'Der Bootsektor ist beschädigt (<0>); die Kopie bei Byte {1} wurde verwendet.',
  'The file system is of version 0x{0} of FAT32, whose cluster usage is not known here.':
    'Das Dateisystem hat die FAT32-Version 0x{0}, deren Clusterbelegung hier nicht bekannt ist.',
  'The boot sector and its copy disagree about the layout of the file system (run fsck.fat)':
    'Der Bootsektor und seine Kopie stimmen nicht über den Aufbau des Dateisystems überein (führen Sie fsck.fat aus)',
  'The boot sector and the number of clusters do not agree on whether this is FAT12, FAT16 or FAT32':
    'Der Bootsektor und die Anzahl der Cluster stimmen nicht darin überein, ob dies FAT12, FAT16 oder FAT32 ist',
  'The boot sector names an active FAT that does not exist': 'Der Bootsektor nennt eine aktive FAT, die es nicht gibt',
  'The FAT is too short for the number of clusters (run fsck.fat)':
    'Die FAT ist zu kurz für die Anzahl der Cluster (führen Sie fsck.fat aus)',
  'The file system is in use or was not unmounted cleanly (run fsck.fat), and its FAT may be older than its files':
    'Das Dateisystem ist in Benutzung oder wurde nicht sauber ausgehängt (führen Sie fsck.fat aus), und seine FAT kann älter sein als die Dateien',
  'The file system is marked as having met disk errors (run fsck.fat), and its FAT may be wrong':
    'Das Dateisystem hat vermerkt, dass es auf Festplattenfehler gestoßen ist (führen Sie fsck.fat aus), und seine FAT ist möglicherweise falsch',
  'The <0> does not start as one: it was overwritten.': 'Der Anfang passt nicht, es wurde überschrieben: <0>.',
  'FSInfo sector': 'FSInfo-Sektor',
  'Something in the root directory starts with cluster {0}, which is not in use.':
    'Etwas im Stammverzeichnis beginnt mit Cluster {0}, der nicht belegt ist.',
  'Something in the root directory starts with {0}, which is no cluster.':
    'Etwas im Stammverzeichnis beginnt mit {0}, was kein Cluster ist.',
  'A folder is not where the boot sector puts it, so its layout is in doubt (run fsck.fat) and the whole volume is read.':
    'Ein Ordner liegt nicht dort, wo der Bootsektor ihn angibt; der Aufbau ist deshalb zweifelhaft (führen Sie fsck.fat aus), und der ganze Datenträger wird gelesen.',
  'The <0> leads from cluster {1} to {2}, which is no cluster.':
    '<0>: führt von Cluster {1} zu {2}, was kein Cluster ist.',
  'The copies of the FAT differ (run fsck.fat): a cluster that is in use by any of them is read.':
    'Die Kopien der FAT unterscheiden sich (führen Sie fsck.fat aus): Ein Cluster, der nach irgendeiner davon belegt ist, wird gelesen.',
  '{0} bytes are marked as bad clusters and are not read.':
    '{0} Bytes sind als defekte Cluster gekennzeichnet und werden nicht gelesen.',
};
