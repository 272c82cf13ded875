import type { Texts } from '../texts.ts';

export const options = {
  repository: {
    label: 'Repository',
    help: 'Ordner oder S3-Ort, in dem die Abbilder liegen.',
    empty: 'das persönliche im Datenverzeichnis',
  },
  passwordaccess: {
    label: 'Kennwortzugriff',
    help: 'Ob auf diesem Computer ein eigener Schlüssel aufbewahrt wird, damit Sicherungen unbeaufsichtigt laufen.',
    values: { generate: 'Erzeugten Schlüssel aufbewahren', prompt: 'Nach der Passphrase fragen' },
  },
  passwordfile: {
    label: 'Passphrasendatei',
    help: 'Datei mit der Passphrase des Repositorys; nur ihr Eigentümer sollte sie lesen können.',
    empty: 'keine',
  },
  newpasswordfile: {
    label: 'Datei der neuen Passphrase',
    help: 'Datei mit der Passphrase des Schlüssels, der hinzukommt.',
    empty: 'keine',
  },
  mode: {
    label: 'Modus',
    help: 'Was eine Sicherung liest: alles Belegte, oder nur die Änderungen seit dem letzten Abbild, wo sie bekannt sind.',
    values: { selective: 'Alles lesen', incremental: 'Änderungen lesen' },
  },
  domain_image: {
    label: 'Domäne für die Sicherung',
    help: 'Datenträger, die „Domäne sichern“ und „backup image“ nehmen, wenn keiner genannt wird.',
    empty: 'keine Datenträger',
  },
  managementclass: {
    label: 'Verwaltungsklasse',
    help: 'Klasse, an die Abbilder gebunden werden, wo keine Regel eine andere nennt.',
  },
  compression: {
    label: 'Komprimierung',
    help: 'Komprimiert gespeicherte Blöcke. Ohne sie werden sie nur verschlüsselt: am wenigsten Arbeit, am meisten Platz.',
  },
  compressalways: {
    label: 'Immer komprimieren',
    help: 'Für alte Skripte und ohne Wirkung: Ein Block, der wachsen würde, wird immer gespeichert, wie er ist.',
  },
  compressionlevel: {
    label: 'Komprimierungsstufe',
    help: 'Stufe von zstd für gespeicherte Blöcke: höher ist kleiner und langsamer.',
  },
  resourceutilization: {
    label: 'Ressourcennutzung',
    help: 'Threads, die komprimieren und verschlüsseln. Weniger lassen anderen mehr vom Computer.',
    empty: 'einer je Prozessor',
  },
  changetracking: {
    label: 'Änderungsverfolgung',
    help: 'Inkrementelle Läufe lesen nur Änderungen, wo der Momentaufnahme-Provider sie kennt.',
  },
  changetrackingaudit: {
    label: 'Stichprobe der Änderungsverfolgung',
    help: 'Anteil der unveränderten Blöcke, der trotzdem gelesen und verglichen wird.',
  },
  changetrackingfull: {
    label: 'Alles lesen nach',
    help: 'Nach so vielen Läufen wird alles gelesen, was die Änderungsverfolgung auch sagt.',
  },
  imagegapsize: {
    label: 'Lückengröße im Abbild',
    help: 'Unbelegte Strecken bis zu dieser Größe werden mit den belegten gelesen. 0 liest jeden Block.',
  },
  allowraw: {
    label: 'Roh lesen zulassen',
    help: 'Liest jeden Block eines Datenträgers, dessen Dateisystem beschädigt ist.',
  },
  imagetype: {
    label: 'Abbildtyp',
    help: 'Momentaufnahme: Der Datenträger bleibt in Betrieb. Statisch: ausgehängt oder schreibgeschützt. Dynamisch: wie er ist, womöglich inkonsistent.',
    values: { static: 'Statisch', snapshot: 'Momentaufnahme', dynamic: 'Dynamisch' },
  },
  dynamicimage: {
    label: 'Dynamisches Abbild',
    help: 'Liest Datenträger in Betrieb, ohne Momentaufnahme. Nur für solche, die anders nicht zu haben sind.',
  },
  snapshotproviderimage: {
    label: 'Momentaufnahme-Provider',
    help: 'Wie die Momentaufnahme eines Datenträgers erstellt wird.',
    values: {
      NONE: 'Keiner: keine Momentaufnahme',
      LINUX_LVM: 'LVM',
      REFLINK: 'Reflink',
      BTRFS: 'btrfs',
      FREEZE: 'Einfrieren',
      VSS: 'VSS (Windows)',
      JFS2: 'JFS2 (AIX)',
    },
  },
  snapshotfailover: {
    label: 'Auf statisches Abbild ausweichen',
    help: 'Erstellt ein statisches Abbild, wo keine Momentaufnahme möglich ist. Sonst schlägt der Lauf fehl.',
  },
  snapshotcachesize: {
    label: 'Cachegröße der Momentaufnahme',
    help: 'Platz für das, was während der Momentaufnahme geschrieben wird, in Prozent des Datenträgers.',
    empty: 'so viel, wie Schreibvorgänge brauchen',
  },
  snapshotcachelocation: {
    label: 'Cacheort der Momentaufnahme',
    help: 'Gerät oder Ordner, das oder der den Platz für die Momentaufnahme gibt.',
    empty: 'beim Datenträger',
  },
  snapshotfsidlewait: {
    label: 'Auf Ruhe warten',
    help: 'Zeit ohne Schreibvorgänge vor der Momentaufnahme: beim ersten und beim letzten Versuch. 0 wartet nicht.',
  },
  snapshotfsidleretries: {
    label: 'Versuche, Ruhe zu finden',
    help: 'Wie oft das Warten auf einen ruhenden Datenträger wiederholt wird.',
  },
  snapshotfsidleaction: {
    label: 'Wenn nie Ruhe ist',
    help: 'Was geschieht, wenn ununterbrochen auf den Datenträger geschrieben wird.',
    values: { fail: 'Der Lauf schlägt fehl', continue: 'Momentaufnahme trotzdem erstellen' },
  },
  presnapshotcmd: {
    label: 'Befehl vor der Momentaufnahme',
    help: 'Bringt Programme zur Ruhe. Schlägt er fehl, entsteht kein Abbild.',
    empty: 'keiner',
  },
  postsnapshotcmd: {
    label: 'Befehl nach der Momentaufnahme',
    help: 'Lässt Programme weiterlaufen, sobald sie erstellt ist. Schlägt er fehl, gibt es eine Warnung.',
    empty: 'keiner',
  },
  snapshotcmdtimelimit: {
    label: 'Zeitlimit der Befehle',
    help: 'Wie lange jeder der beiden Befehle dauern darf.',
  },
  freezetimelimit: {
    label: 'Zeitlimit des Einfrierens',
    help: 'Nach dieser Zeit kann auf einen eingefrorenen Datenträger auf jeden Fall wieder geschrieben werden.',
  },
  imagetofile: {
    label: 'Abbild in Datei',
    help: 'Stellt in eine einfache Datei wieder her statt auf einen Datenträger.',
  },
  freespace: {
    label: 'Freier Platz nach der Wiederherstellung',
    help: 'Was mit Blöcken des Ziels geschieht, die das Abbild nicht belegt.',
    values: { skip: 'Lassen, wie er ist', zero: 'Mit Nullen füllen', discard: 'Dem Gerät zurückgeben' },
  },
  verifyimage: {
    label: 'Nach der Wiederherstellung prüfen',
    help: 'Liest alles vom Ziel zurück und vergleicht es mit dem Abbild.',
  },
  allowsmaller: {
    label: 'Kleineres Ziel zulassen',
    help: 'Stellt auf ein kleineres Ziel wieder her, wenn jeder belegte Block Platz findet.',
  },
  imageage: {
    label: 'Ein Abbild ist alt nach',
    help: 'Nach dieser Zeit ohne neues Abbild ist der Zustand eines Datenträgers nicht mehr gut.',
  },
  checkinterval: {
    label: 'Eine Prüfung ist alt nach',
    help: 'Wie oft die Struktur des Repositorys geprüft werden soll.',
  },
  checkreaddatainterval: {
    label: 'Eine Prüfung aller Daten ist alt nach',
    help: 'Wie oft jeder gespeicherte Block gelesen, entschlüsselt und geprüft werden soll.',
  },
  guitreeviewafterbackup: {
    label: 'Nach der Sicherung zu den Datenträgern zurück',
    help: 'Bleibt bei „Sichern“, wenn ein Lauf zu Ende ist. Sonst zeigt das Fenster wieder die Übersicht.',
  },
  notifications: {
    label: 'Desktop-Benachrichtigungen',
    help: 'Meldet auf dem Desktop, wie eine Task ausging.',
  },
  notifyafter: {
    label: 'Nur für Tasks länger als',
    help: 'Kürzere Tasks enden ohne Benachrichtigung; eine fehlgeschlagene wird immer gemeldet.',
  },
  language: {
    label: 'Sprache',
    help: 'Sprache des Fensters, seiner Zahlen und seiner Daten.',
    values: { auto: 'Wie das System', en: 'English', de: 'Deutsch' },
  },
  theme: {
    label: 'Farben',
    help: 'Helles oder dunkles Fenster.',
    values: { system: 'Wie das System', light: 'Hell', dark: 'Dunkel' },
  },
  reducedmotion: {
    label: 'Bewegung verringern',
    help: 'Lässt Bewegungen im Fenster weg.',
    values: { system: 'Wie das System', yes: 'Ja', no: 'Nein' },
  },
  noprompt: {
    label: 'Ohne Rückfrage',
    help: 'Überschreibt das Ziel, ohne nach seinem Namen zu fragen.',
  },
  detail: {
    label: 'Details',
    help: 'Zeigt alles, was bekannt ist.',
  },
  inactive: {
    label: 'Inaktive Abbilder',
    help: 'Zeigt auch ältere Abbilder.',
  },
  readdata: {
    label: 'Alle Daten lesen',
    help: 'Liest, entschlüsselt und prüft jeden gespeicherten Block.',
  },
  port: {
    label: 'Port',
    help: 'Port auf 127.0.0.1; 0 nimmt einen freien.',
  },
  exitwithparent: {
    label: 'Mit dem Elternprozess enden',
    help: 'Endet, wenn die Standardeingabe geschlossen wird.',
  },
  json: {
    label: 'JSON',
    help: 'Schreibt JSON auf die Standardausgabe, für Programme.',
  },
  errorlogname: {
    label: 'Datei des Fehlerprotokolls',
    help: 'Datei für Warnungen und Fehler. Wird nur in der Optionsdatei selbst gesetzt.',
    empty: 'error.log im Zustandsverzeichnis',
  },
  errorlogretention: {
    label: 'Aufbewahrung des Fehlerprotokolls',
    help: 'N: Zeilen bleiben. Sonst die Tage, die sie bleiben, dann D (ältere werden verworfen) oder S (sie kommen in eine Datei, die auf .pru endet).',
  },
  errorlogmax: {
    label: 'Größe des Fehlerprotokolls',
    help: 'Größe, bei der das Fehlerprotokoll beiseitegelegt wird und ein neues beginnt; 0: Es wächst nur.',
  },
  quiet: {
    label: 'Stille Befehle',
    help: 'Die Befehlszeile zeigt nur Ergebnisse und Probleme.',
  },
  debug: {
    label: 'Fehlersuchprotokoll',
    help: 'Schreibt das Protokoll als JSON-Zeilen auf die Standardfehlerausgabe.',
  },
} satisfies Texts<'options'>;
