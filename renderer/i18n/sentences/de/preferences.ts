/** Options and their import. */
export const preferences: Readonly<Record<string, string>> = {
  'commands are set in the options file': 'Befehle werden in der Optionsdatei festgelegt',
  'Commands are set in the options file by an administrator, not here.':
    'Befehle legt ein Administrator in der Optionsdatei fest, nicht hier.',
  'what the options file says now': 'was die Optionsdatei jetzt sagt',
  'It is given twice.': 'Die Option ist doppelt angegeben.',
  'It is both set and unset.': 'Die Option wird zugleich gesetzt und entfernt.',
  'It can only be given on the command line.': 'Die Option kann nur in der Befehlszeile angegeben werden.',
  'It is longer than {0} characters.': 'Der Wert ist länger als {0} Zeichen.',
  'It must not hold line breaks or control characters.':
    'Der Wert darf keine Zeilenumbrüche oder Steuerzeichen enthalten.',
  'A line of the options file cannot hold this value.': 'Eine Zeile der Optionsdatei kann diesen Wert nicht aufnehmen.',
  'A name is no proper text.': 'Ein Name ist kein gültiger Text.',
  'The pattern is no proper text.': 'Das Muster ist kein gültiger Text.',
  'a volume name or mount point; * ? and […] as in file names':
    'ein Datenträgername oder Einhängepunkt; * ? und […] wie bei Dateinamen',
  'A rule that excludes takes a pattern only.': 'Eine ausschließende Regel hat nur ein Muster.',
  'A rule has no such option.': 'Diese Option gibt es für Regeln nicht.',
  'The name must not be empty.': 'Der Name darf nicht leer sein.',
  'The name is longer than {0} characters.': 'Der Name ist länger als {0} Zeichen.',
  'The name must not hold control characters.': 'Der Name darf keine Steuerzeichen enthalten.',
  '{0}, line {1}: {2} is not understood. <3>': '{0}, Zeile {1}: {2} ist nicht verständlich. <3>',
  '<0>, so it was not written.': '<0>, deshalb wurde nichts geschrieben.',
  'The options file would be larger than {0} bytes': 'Die Optionsdatei wäre größer als {0} Bytes',
  '{0} would not be read back as it was given': '{0} würde nicht so zurückgelesen, wie angegeben',
  'domain.image would not be read back': 'domain.image würde nicht zurückgelesen',
  'The rules would not be read back': 'Die Regeln würden nicht zurückgelesen',
  'Stillframe has no server; images go to a repository.':
    'Stillframe hat keinen Server; Abbilder liegen in einem Repository.',
  'Stillframe makes images of whole volumes; there are no rules for single files.':
    'Stillframe erstellt Abbilder ganzer Datenträger; für einzelne Dateien gibt es keine Regeln.',
  'Stillframe has no scheduler of its own.': 'Stillframe hat keinen eigenen Zeitplaner.',
  'everything in a repository is encrypted, always.': 'in einem Repository ist immer alles verschlüsselt.',
  'everything in a repository is deduplicated, always.': 'in einem Repository ist immer alles dedupliziert.',
  'it is about restoring single files.': 'betrifft das Wiederherstellen einzelner Dateien.',
  'dates and numbers follow the language.': 'Datum und Zahlen folgen der Sprache.',
  'logs have their own place here, and each run keeps its own.':
    'Protokolle haben hier ihren eigenen Platz, und jeder Lauf behält sein eigenes.',
  'commands are set in the options file by an administrator, not here.':
    'Befehle legt ein Administrator in der Optionsdatei fest, nicht hier.',
  'its number of sessions with a server means nothing here.':
    'die Anzahl der Sitzungen mit einem Server hat hier keine Bedeutung.',
  'the passphrase of a repository is never in an options file.':
    'die Passphrase eines Repositorys steht nie in einer Optionsdatei.',
  'rules in another file are imported by opening that file.':
    'Regeln in einer anderen Datei werden importiert, indem Sie diese Datei öffnen.',
  'messages cannot be made longer.': 'Meldungen können nicht ausführlicher werden.',
  'nothing is shown page by page.': 'nichts wird seitenweise angezeigt.',
  'the options file is stillframe.opt in the configuration directory.':
    'die Optionsdatei ist stillframe.opt im Konfigurationsverzeichnis.',
  'Stillframe has no backup sets; every image is in a repository.':
    'Stillframe hat keine Sicherungssätze; jedes Abbild liegt in einem Repository.',
  'JFS2 snapshots are AIX’s.': 'JFS2-Snapshots gibt es nur unter AIX.',
  'VSS snapshots are Windows’.': 'VSS-Snapshots gibt es nur unter Windows.',
  'LVSA snapshots are Windows’.': 'LVSA-Snapshots gibt es nur unter Windows.',
  'Only absolute paths of this system can be taken over.':
    'Nur absolute Pfade dieses Systems können übernommen werden.',
  'The window speaks English and German.': 'Das Fenster spricht Englisch und Deutsch.',
  'The file has more than {0} lines; the rest was not read.':
    'Die Datei hat mehr als {0} Zeilen; der Rest wurde nicht gelesen.',
  '{0}: Stillframe has no server; images go to a repository.':
    '{0}: Stillframe hat keinen Server; Abbilder liegen in einem Repository.',
  'It belongs to the server {0}; only one server’s options are taken over.':
    'Die Option gehört zum Server {0}; nur die Optionen eines Servers werden übernommen.',
  '{0}: this option is not known.': '{0}: Diese Option ist nicht bekannt.',
  'domain.image: a quote is not closed.': 'domain.image: Ein Anführungszeichen ist nicht geschlossen.',
  'domain.image: “{0}” is no volume of this system.': 'domain.image: „{0}“ ist kein Datenträger dieses Systems.',
  '{0}: a quote is not closed.': '{0}: Ein Anführungszeichen ist nicht geschlossen.',
  '{0}: there is no volume.': '{0}: Ein Datenträger fehlt.',
  '{0}: “{1}” is no volume of this system.': '{0}: „{1}“ ist kein Datenträger dieses Systems.',
  '{0}: there are too many rules.': '{0}: Es gibt zu viele Regeln.',
  '{0}: “{1}” means nothing here.': '{0}: „{1}“ hat hier keine Bedeutung.',
  '{0}: “{1}” cannot be a management class.': '{0}: „{1}“ kann keine Verwaltungsklasse sein.',
  'this option is not known in a rule.': 'diese Option ist in einer Regel nicht bekannt.',
  'Only options files can be imported: dsm.opt, dsm.sys and the like.':
    'Nur Optionsdateien können importiert werden: dsm.opt, dsm.sys und dergleichen.',
  'It is not a regular file.': 'Dies ist keine reguläre Datei.',
  'It is larger than {0} bytes.': 'Die Datei ist größer als {0} Bytes.',
  'There is no such file.': 'Diese Datei gibt es nicht.',
  'The file cannot be read ({0}).': 'Die Datei kann nicht gelesen werden ({0}).',
  'The value must be a time like 2s or 500ms, or two of them.':
    'Der Wert muss eine Zeit wie 2s oder 500ms sein oder zwei davon.',
  'The value is out of range.': 'Der Wert liegt außerhalb des zulässigen Bereichs.',
  'TIME or FIRST,LAST; 0 to {0}, suffix s or ms, none means s':
    'ZEIT oder ERSTE,LETZTE; 0 bis {0}, Zusatz s oder ms, ohne Zusatz s',
  'The value can hold two times at most.': 'Der Wert darf höchstens zwei Zeiten enthalten.',
  'The second time must not be longer than the first.': 'Die zweite Zeit darf nicht länger sein als die erste.',
  'The value must be yes or no.': 'Der Wert muss yes oder no sein.',
  'The value is none of those that are known.': 'Der Wert ist keiner der bekannten.',
  '{0} to {1} KB; suffix k, m or g, none means KB': '{0} bis {1} KB; Zusatz k, m oder g, ohne Zusatz KB',
  'The value must be a whole number, optionally followed by k, m or g.':
    'Der Wert muss eine ganze Zahl sein, auf die k, m oder g folgen kann.',
  '{#0} to {#1}': '{0} bis {1}',
  'The value must be a whole number.': 'Der Wert muss eine ganze Zahl sein.',
  'The value must be 1 to 30 letters, digits, dots, underscores or hyphens.':
    'Der Wert muss aus 1 bis 30 Buchstaben, Ziffern, Punkten, Unterstrichen oder Bindestrichen bestehen.',
  '1 to 30 letters, digits and . _ -': '1 bis 30 Buchstaben, Ziffern und . _ -',
  'a shell command; blank for none': 'ein Shell-Befehl; leer für keinen',
  'A command cannot hold a zero character.': 'Ein Befehl darf kein Nullzeichen enthalten.',
  'a path': 'ein Pfad',
  'a directory, or s3:…': 'ein Verzeichnis oder s3:…',
  'The value must not be empty.': 'Der Wert darf nicht leer sein.',
  'A path cannot hold a zero character.': 'Ein Pfad darf kein Nullzeichen enthalten.',
  'names separated by blanks; quotes around a name with blanks':
    'Namen, durch Leerzeichen getrennt; Anführungszeichen um einen Namen mit Leerzeichen',
  'A name cannot hold control characters.': 'Ein Name darf keine Steuerzeichen enthalten.',
  'A quote is not closed.': 'Ein Anführungszeichen ist nicht geschlossen.',
  'A name must not be empty.': 'Ein Name darf nicht leer sein.',
  'The options file is larger than {0} bytes.': 'Die Optionsdatei ist größer als {0} Bytes.',
  'The options file cannot be read ({0}).': 'Die Optionsdatei kann nicht gelesen werden ({0}).',
  '{0}, line {1}: <2>.': '{0}, Zeile {1}: <2>.',
  '<0>; the line was ignored': '<0>; die Zeile wurde ignoriert',
  '<0>; that part was ignored': '<0>; dieser Teil wurde ignoriert',
  'a quote is not closed; the line was ignored':
    'ein Anführungszeichen ist nicht geschlossen; die Zeile wurde ignoriert',
  '{0} was already set in line {1}; this line holds': '{0} wurde schon in Zeile {1} gesetzt; diese Zeile gilt',
  '{0}: {1} more lines are wrong.': '{0}: {1} weitere Zeilen sind falsch.',
  'the option “{0}” is not known': 'die Option „{0}“ ist nicht bekannt',
  'the rule makes no sense': 'die Regel ergibt keinen Sinn',
  'the option {0} can only be given on the command line':
    'die Option {0} kann nur in der Befehlszeile angegeben werden',
  '“{0}” could be {1} or {2}': '„{0}“ könnte {1} oder {2} sein',
  '“{0}” could be {1} or {2} or {3}': '„{0}“ könnte {1}, {2} oder {3} sein',
  'It contradicts imagetype={0}.': 'Das widerspricht imagetype={0}.',
  'one of the two': 'eines von beiden',
  'The pattern must not be empty.': 'Das Muster darf nicht leer sein.',
  'The pattern is longer than {0} characters.': 'Das Muster ist länger als {0} Zeichen.',
  'The pattern must not hold control characters.': 'Das Muster darf keine Steuerzeichen enthalten.',
  'a quote is not closed': 'ein Anführungszeichen ist nicht geschlossen',
  '{0} needs a pattern of volumes': '{0} braucht ein Muster von Datenträgern',
  'exclude.image takes a pattern only': 'exclude.image hat nur ein Muster',
  '“{0}” is no option=value': '„{0}“ ist kein option=value',
  '“{0}” cannot be a management class': '„{0}“ kann keine Verwaltungsklasse sein',
  '{0} is given twice, the later one holds': '{0} ist doppelt angegeben, das spätere gilt',
  'a rule has no option “{0}”': 'eine Regel hat keine Option „{0}“',
  'The options file cannot be written ({0}).': 'Die Optionsdatei kann nicht geschrieben werden ({0}).',
  'Somebody else is saving it at this moment.': 'Jemand anderes speichert sie gerade.',
  'Somebody else changed the options file in the meantime.': 'Jemand anderes hat die Optionsdatei inzwischen geändert.',
  'Look at it again, and repeat your changes.': 'Sehen Sie sie noch einmal an, und wiederholen Sie Ihre Änderungen.',
  'The file is empty.': 'Die Datei ist leer.',
  'It is a link that somebody else made to a file that is not theirs.':
    'Dies ist eine Verknüpfung, die jemand anderes auf eine fremde Datei gelegt hat.',
  // An option that cannot be imported, or a damaged file, and why.
  '{0}: <1>': '{0}: <1>',
};
