/** Frozen file systems. */
export const snapshotsFreeze: Readonly<Record<string, string>> = {
  'file system frozen while the image is taken': 'Dateisystem, eingefroren, während das Abbild entsteht',
  'an unknown number of': 'eine unbekannte Anzahl von',
  'The btrfs on {0} spans {1} devices, and they can only be imaged together.':
    'Das btrfs auf {0} erstreckt sich über {1} Geräte, die nur zusammen gesichert werden können.',
  'The btrfs on {0} spans an unknown number of devices, and they can only be imaged together.':
    'Das btrfs auf {0} erstreckt sich über eine unbekannte Anzahl von Geräten, die nur zusammen gesichert werden können.',
  'Unmount it and image every device as a static image.':
    'Hängen Sie es aus, und sichern Sie jedes Gerät als statisches Abbild.',
  'The btrfs on {0} is busy with an operation that a freeze would wait for ({1}).':
    'Das btrfs auf {0} ist mit einem Vorgang beschäftigt, auf den das Einfrieren warten würde ({1}).',
  '{0} is in use, but not by a mount that can be seen from here: by one in another mount namespace, by its partitions or by a device on top of it.':
    '{0} ist in Benutzung, aber nicht durch ein von hier aus sichtbares Einhängen: sondern durch eines in einem anderen Einhänge-Namensraum, durch seine Partitionen oder durch ein Gerät darüber.',
  'End that use, or image what stands on {0}.': 'Beenden Sie diese Benutzung, oder sichern Sie, was auf {0} liegt.',
  'The file beneath {0} is also in use through {1}.': 'Die Datei unter {0} ist auch über {1} in Benutzung.',
  '{0} is mounted through {1} and {2}.': '{0} ist über {1} und {2} eingehängt.',
  'Unmount one of them.': 'Hängen Sie eines davon aus.',
  'A part of {0} is mounted through {1}, and not the whole.':
    'Nicht {0} als Ganzes, sondern ein Teil davon ist über {1} eingehängt.',
  'Image {0}.': 'Sichern Sie {0}.',
  '{0} holds the running system, which must not stand still.':
    '{0} enthält das laufende System, das nicht stillstehen darf.',
  '{0} holds {1}, which Stillframe has open.': '{0} enthält {1}, das Stillframe geöffnet hat.',
  'The file system at {0} lies on {1} and would stand still with it.':
    'Das Dateisystem unter {0} liegt auf {1} und stünde mit still.',
  'Unmount {0}.': 'Hängen Sie {0} aus.',
  '{0} is mounted at {1}, where programs of the system write.':
    '{0} ist unter {1} eingehängt, wohin Programme des Systems schreiben.',
  '{0} holds {1}, which Stillframe itself needs.': '{0} enthält {1}, das Stillframe selbst braucht.',
  'Freezing {0} needs root rights.': 'Das Einfrieren von {0} erfordert root-Rechte.',
  'Run as root.': 'Führen Sie Stillframe als root aus.',
  'The file system {0} on {1} cannot be frozen.': 'Das Dateisystem {0} auf {1} kann nicht eingefroren werden.',
  'the process that freezes it does not end': 'der Prozess, der es einfriert, endet nicht',
  '{0} is mounted, but its mount points lead elsewhere':
    '{0} ist eingehängt, aber die Einhängepunkte führen woandershin',
  '{0} is not mounted read-write, so there is nothing to freeze.':
    '{0} ist nicht mit Schreibzugriff eingehängt, es gibt also nichts einzufrieren.',
  'The snapshot was released.': 'Die Momentaufnahme wurde freigegeben.',
  'the file system was not frozen: {0}': 'das Dateisystem wurde nicht eingefroren: {0}',
  'what freezes the file system has ended without a word':
    'der Prozess, der das Dateisystem einfriert, endete ohne ein Wort',
  '{0} could not be thawed: <1>.': '{0} konnte nicht aufgetaut werden: <1>.',
  'the frozen file system at {0}': 'das eingefrorene Dateisystem unter {0}',
  'Run: fsfreeze --unfreeze {0}': 'Ausführen: `fsfreeze --unfreeze {0}`',
  'Something else is mounted over every mount point of {0}.':
    'Über jedem Einhängepunkt von {0} ist etwas anderes eingehängt.',
  'Unmount that.': 'Hängen Sie das aus.',
  'A stopped run may have left {0} frozen: <1>.':
    'Ein angehaltener Lauf hat {0} möglicherweise eingefroren zurückgelassen: <1>.',
  '{0} was left frozen by a stopped run; programs can write to it again.':
    '{0} war von einem angehaltenen Lauf eingefroren zurückgelassen; Programme können wieder darauf schreiben.',
  'The file system on {0} was frozen by somebody else already.':
    'Das Dateisystem auf {0} war bereits von jemand anderem eingefroren.',
  'Wait until it is thawed, or run fsfreeze --unfreeze on its mount point.':
    'Warten Sie, bis es aufgetaut ist, oder führen Sie fsfreeze --unfreeze für seinen Einhängepunkt aus.',
  'The file system on {0} cannot be frozen.': 'Das Dateisystem auf {0} kann nicht eingefroren werden.',
  'The btrfs on {0} is being scrubbed, and a freeze would wait for the end of that.':
    'Das btrfs auf {0} wird gerade geprüft (scrub), und das Einfrieren würde auf das Ende davon warten.',
  'Wait until it has ended, or run btrfs scrub cancel.':
    'Warten Sie, bis es beendet ist, oder führen Sie btrfs scrub cancel aus.',
  'Another file system was mounted on {0} just now.': 'Auf {0} wurde gerade ein anderes Dateisystem eingehängt.',
  'Try again.': 'Versuchen Sie es erneut.',
  'The file system on {0} could not be frozen ({1}).': 'Das Dateisystem auf {0} konnte nicht eingefroren werden ({1}).',
  '{0} was thawed by another program while it was read.':
    '{0} wurde von einem anderen Programm aufgetaut, während es gelesen wurde.',
  'The processes that kept {0} frozen were killed.':
    'Die Prozesse, die {0} eingefroren hielten, wurden gewaltsam beendet.',
  '{#0} seconds': '{0} Sekunden',
  '{#0} minutes': '{0} Minuten',
  '{0} was thawed after <1>, because programs must not be kept waiting for longer.':
    '{0} wurde nach <1> aufgetaut, weil Programme nicht länger warten dürfen.',
  '{0} was thawed, because a process that kept it frozen was killed.':
    '{0} wurde aufgetaut, weil ein Prozess, der es eingefroren hielt, gewaltsam beendet wurde.',
  '{0} was thawed, because the process that kept it frozen was told to end.':
    '{0} wurde aufgetaut, weil der Prozess, der es eingefroren hielt, beendet werden sollte.',
  '{0} is not frozen any more.': '{0} ist nicht mehr eingefroren.',
};
