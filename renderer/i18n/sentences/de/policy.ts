/** Management classes: what changed, what is wrong with them, and what they make of a backup. */
export const policy: Readonly<Record<string, string>> = {
  'Installed default management class.': 'Mitgelieferte Standard-Verwaltungsklasse.',
  'The class {0} was added.': 'Die Klasse {0} kam hinzu.',
  'The class {0} was removed.': 'Die Klasse {0} wurde entfernt.',
  'The class {0} is written {1} now.': 'Die Klasse {0} wird jetzt {1} geschrieben.',
  'The description of the class {0} was changed.': 'Die Beschreibung der Klasse {0} wurde geändert.',
  'The class {0} has a backup copy group now.': 'Die Klasse {0} hat jetzt eine Sicherungskopiengruppe.',
  'The class {0} has no backup copy group any more.': 'Die Klasse {0} hat keine Sicherungskopiengruppe mehr.',
  '{0} of the class {1} is {2} instead of {3}.': '{0} der Klasse {1} ist {2} statt {3}.',
  'The default class is {0} instead of {1}.': 'Die Standardklasse ist {0} statt {1}.',
  'The grace retention is {0} instead of {1}.': 'Die Karenzaufbewahrung ist {0} statt {1}.',
  'The policy was saved again as it was.': 'Die Richtlinie wurde unverändert neu gespeichert.',
  'Further changes that were left out: {#0}.': 'Weitere Änderungen, die hier fehlen: {#0}.',
  'There are two classes of the name {0}.': 'Es gibt zwei Klassen mit dem Namen {0}.',
  'The description of the class {0} is not one line of text.':
    'Die Beschreibung der Klasse {0} ist keine einzelne Textzeile.',
  'The default class {0} does not exist.': 'Die Standardklasse {0} gibt es nicht.',
  'The default class {0} has no backup copy group, so nothing can be bound to it.':
    'Die Standardklasse {0} hat keine Sicherungskopiengruppe, deshalb kann nichts an sie gebunden werden.',
  'Version {#0} was saved by {1} at {2} UTC.': 'Version {#0} wurde von {1} am {2} UTC gespeichert.',
  'Others are changing the policy all the time.': 'Andere ändern die Richtlinie fortwährend.',
  'The policy in snapshot {0} cannot be read.': 'Die Richtlinie im Snapshot {0} kann nicht gelesen werden.',
  'Remove that snapshot with restic to go back to the version before, then look at the policy and save it again.':
    'Entfernen Sie diesen Snapshot mit restic, um zur Version davor zurückzukehren; sehen Sie sich dann die Richtlinie an und speichern Sie sie neu.',
  'It was saved by a newer version of Stillframe.': 'Sie wurde von einer neueren Stillframe-Version gespeichert.',
  'Put the file back from a copy of the repository, or remove it: until then nothing expires and the policy stays as it is.':
    'Holen Sie die Datei aus einer Kopie des Repositorys zurück oder entfernen Sie sie: Bis dahin verfällt nichts, und die Richtlinie bleibt, wie sie ist.',
  'Update Stillframe on this computer.': 'Aktualisieren Sie Stillframe auf diesem Computer.',
  'It is not valid JSON.': 'Sie ist kein gültiges JSON.',
  'It holds no {0}.': 'Er enthält keine Datei {0}.',
  'Its {0} is too large.': 'Seine Datei {0} ist zu groß.',
  'It is not the version that its snapshot names.': 'Sie ist nicht die Version, die ihr Snapshot nennt.',
  'There are too many marks on images.': 'Es gibt zu viele Markierungen an Abbildern.',
  '{0} was not saved by this session.': '{0} wurde nicht von dieser Sitzung gespeichert.',
  'Images were made under version {#0} of the policy, but the repository holds no policy any more.':
    'Abbilder entstanden unter Version {#0} der Richtlinie, aber das Repository enthält keine Richtlinie mehr.',
  'Images were made under version {#0} of the policy, but the repository holds only version {#1}.':
    'Abbilder entstanden unter Version {#0} der Richtlinie, aber das Repository enthält nur Version {#1}.',
  'Look at the management classes, save them again, and pin again what must stay: pins and deletions of the lost version are gone. Until then nothing expires.':
    'Sehen Sie sich die Verwaltungsklassen an, speichern Sie sie neu und heften Sie neu an, was bleiben muss: Anheftungen und Löschungen der verlorenen Version sind weg. Bis dahin verfällt nichts.',
  'Version {#0} of the policy was saved twice at the same moment, and one of the two was interrupted.':
    'Version {#0} der Richtlinie wurde im selben Augenblick zweimal gespeichert, und eines davon wurde unterbrochen.',
  'Look at the management classes, save them again, and look at the pinned and deleted images: the marks of one of the two are gone. Until then nothing expires.':
    'Sehen Sie sich die Verwaltungsklassen an, speichern Sie sie neu und prüfen Sie die angehefteten und gelöschten Abbilder: Die Markierungen eines der beiden sind weg. Bis dahin verfällt nichts.',
  'The policy of this repository has no management class {0}.':
    'Die Richtlinie dieses Repositorys hat keine Verwaltungsklasse {0}.',
  'Use one of {0}, or save a class of that name first.':
    'Verwenden Sie eine von {0}, oder speichern Sie zuerst eine Klasse dieses Namens.',
  'The management class {0} has no backup copy group, so no image can be bound to it.':
    'Die Verwaltungsklasse {0} hat keine Sicherungskopiengruppe, deshalb kann kein Abbild an sie gebunden werden.',
  'Use one of {0}, or give it a copy group.': 'Verwenden Sie eine von {0}, oder geben Sie ihr eine Kopiengruppe.',
  'Everything in use is read, as the class {0} says (MODE absolute).':
    'Alles Belegte wird gelesen, wie es die Klasse {0} verlangt (MODE absolute).',
  'The whole volume is read, as the class {0} says (MODE absolute).':
    'Das ganze Volume wird gelesen, wie es die Klasse {0} verlangt (MODE absolute).',
  '{0} is in use, so it is imaged as it is, as its management class says: run fsck after a restore.':
    '{0} wird benutzt und deshalb so abgebildet, wie es ist, wie es seine Verwaltungsklasse verlangt: Führen Sie nach einer Wiederherstellung fsck aus.',
  'up to {#0} characters': 'bis zu {#0} Zeichen',
  'The value must be one line of text.': 'Der Wert muss eine einzelne Textzeile sein.',
};
