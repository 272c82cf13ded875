/** What becomes of images: decisions of the policy, deletions, pins. */
export const retention: Readonly<Record<string, string>> = {
  'It is the newest image of its volume.': 'Es ist das neueste Abbild seines Volumes.',
  'It is pinned.': 'Es ist angeheftet.',
  'It is pinned ({0}).': 'Es ist angeheftet ({0}).',
  'It was made by restic itself, so policy does not apply to it.':
    'Es wurde von restic selbst erstellt, deshalb gilt die Richtlinie nicht dafür.',
  'It was deleted by a person.': 'Es wurde von einer Person gelöscht.',
  'It is version {#0} of a deactivated volume, of which the class {1} keeps {2} (VERDELETED).':
    'Es ist Version {#0} eines deaktivierten Volumes, von denen die Klasse {1} {2} aufbewahrt (VERDELETED).',
  'It is version {#0} of its volume, of which the class {1} keeps {2} (VEREXISTS).':
    'Es ist Version {#0} seines Volumes, von denen die Klasse {1} {2} aufbewahrt (VEREXISTS).',
  'It became inactive {#0} days ago, and the class {1} keeps such images for {2} days (RETEXTRA).':
    'Es wurde vor {#0} Tagen inaktiv, und die Klasse {1} bewahrt solche Abbilder {2} Tage auf (RETEXTRA).',
  'Its volume was deactivated {#0} days ago, and the class {1} keeps the last image for {2} days (RETONLY).':
    'Sein Volume wurde vor {#0} Tagen deaktiviert, und die Klasse {1} bewahrt das letzte Abbild {2} Tage auf (RETONLY).',
  'It became inactive {#0} days ago, and the class {1} has no copy group: the grace retention is {2} days.':
    'Es wurde vor {#0} Tagen inaktiv, und die Klasse {1} hat keine Kopiengruppe: Die Karenzaufbewahrung beträgt {2} Tage.',
  'The class {0} has no copy group, and the grace retention has no end.':
    'Die Klasse {0} hat keine Kopiengruppe, und die Karenzaufbewahrung hat kein Ende.',
  'The class {0} has no copy group: this is day {#1} of {2} of the grace retention.':
    'Die Klasse {0} hat keine Kopiengruppe: Dies ist Tag {#1} von {2} der Karenzaufbewahrung.',
  'Every version is kept for ever (class {0}).': 'Jede Version wird für immer aufbewahrt (Klasse {0}).',
  'Any number of versions is kept, and it has been inactive for {#0} of {1} days (class {2}).':
    'Beliebig viele Versionen werden aufbewahrt, und es ist seit {#0} von {1} Tagen inaktiv (Klasse {2}).',
  'It is version {#0} of {1} that are kept, whatever their age (class {2}).':
    'Es ist Version {#0} von {1}, die unabhängig von ihrem Alter aufbewahrt werden (Klasse {2}).',
  'It is version {#0} of {1} that are kept, and has been inactive for {#2} of {3} days (class {4}).':
    'Es ist Version {#0} von {1}, die aufbewahrt werden, und ist seit {#2} von {3} Tagen inaktiv (Klasse {4}).',
  'An image of this volume has a date in the future, so a clock was wrong: all are kept.':
    'Ein Abbild dieses Volumes hat ein Datum in der Zukunft, also ging eine Uhr falsch: Alle bleiben.',
  'It was made after an image that has a later date, so a clock was wrong: it is kept as long as that one.':
    'Es entstand nach einem Abbild mit späterem Datum, also ging eine Uhr falsch: Es bleibt so lange wie jenes.',
  'An earlier image of {0} has the later date {1} UTC, so a clock is or was wrong: this one counts as older, and is kept as long as that one.':
    'Ein früheres Abbild von {0} hat das spätere Datum {1} UTC, also geht oder ging eine Uhr falsch: Dieses zählt als älter und bleibt so lange wie jenes.',
  'The image before of {0} is of another file system ({1}). Policy counts both as versions of one volume, so that the older ones expire: pin the image that must stay.':
    'Das vorige Abbild von {0} ist von einem anderen Dateisystem ({1}). Für die Richtlinie sind beide Versionen eines Volumes, sodass die älteren verfallen: Heften Sie das Abbild an, das bleiben muss.',
  'There is no class {0}, so the default class counts.':
    'Die Klasse {0} gibt es nicht, deshalb zählt die Standardklasse.',
  'Image {0} of {1} was pinned.': 'Das Abbild {0} von {1} wurde angeheftet.',
  'Image {0} of {1} is no longer pinned.': 'Das Abbild {0} von {1} ist nicht mehr angeheftet.',
  'Image {0} of {1} was deleted.': 'Das Abbild {0} von {1} wurde gelöscht.',
  'Image {0} of {1} is no longer deleted.': 'Das Abbild {0} von {1} ist nicht mehr gelöscht.',
  'The volume {0} of {1} was deactivated.': 'Das Volume {0} von {1} wurde deaktiviert.',
  '{0} has no image of {1} that policy applies to.': '{0} hat kein Abbild von {1}, für das die Richtlinie gilt.',
  'The image {0} cannot be read, so it is kept: run “check”.':
    'Das Abbild {0} kann nicht gelesen werden und bleibt deshalb: Führen Sie eine Prüfung aus.',
  '{#0} expired images were removed; the next prune gives their space back.':
    '{#0} verfallene Abbilder wurden entfernt; das nächste Aufräumen (prune) gibt ihren Platz frei.',
  'Images can only be removed while nobody else uses the repository, but {0} does (process {#1}).':
    'Abbilder können nur entfernt werden, solange niemand sonst das Repository benutzt; das tut aber {0} (Prozess {#1}).',
  'Of {#0} expired images at least {#1} were removed; the next expiration goes on.':
    'Von {#0} verfallenen Abbildern wurden mindestens {#1} entfernt; der nächste Verfallslauf macht weiter.',
};
