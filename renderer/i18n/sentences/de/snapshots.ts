/** Snapshots in general. */
export const snapshots: Readonly<Record<string, string>> = {
  'btrfs frozen while the image is taken (its own snapshots do not keep a block device still)':
    'btrfs, eingefroren, während das Abbild entsteht (seine eigenen Snapshots halten kein Blockgerät still)',
  'There is no btrfs on {0}.': 'Auf {0} ist kein btrfs.',
  'Use the provider FREEZE, or a static image.': 'Verwenden Sie den Anbieter FREEZE oder ein statisches Abbild.',
  'the last image was made with another snapshot provider':
    'das letzte Abbild entstand mit einem anderen Snapshot-Anbieter',
  'no image before kept a snapshot': 'kein früheres Abbild hat eine Momentaufnahme aufbewahrt',
  'The mode is selective': 'Der Modus ist selective',
  'Every <0> run reads everything': 'Jeder <0> Lauf liest alles',
  '{#0}st': '{0}.',
  '{#0}nd': '{0}.',
  '{#0}rd': '{0}.',
  '{#0}th': '{0}.',
  'could not be started ({0})': 'konnte nicht gestartet werden ({0})',
  'took longer than {0} seconds (snapshotcmdtimelimit) and cannot be ended':
    'dauerte länger als {0} Sekunden (snapshotcmdtimelimit) und lässt sich nicht beenden',
  'took longer than {0} seconds (snapshotcmdtimelimit) and was ended':
    'dauerte länger als {0} Sekunden (snapshotcmdtimelimit) und wurde beendet',
  'was ended by {0}': 'wurde durch {0} beendet',
  'ended with exit code {0}: a program in it was not found':
    'endete mit Rückgabewert {0}: ein Programm darin wurde nicht gefunden',
  'ended with exit code {0}: a program in it cannot be executed':
    'endete mit Rückgabewert {0}: ein Programm darin kann nicht ausgeführt werden',
  'ended with exit code {0}': 'endete mit Rückgabewert {0}',
  'presnapshotcmd <0>.': 'presnapshotcmd <0>.',
  'Correct the command, or set presnapshotcmd to "" to do without.':
    'Berichtigen Sie den Befehl, oder setzen Sie presnapshotcmd auf "", um darauf zu verzichten.',
  'It said: {0}': 'Ausgabe: {0}',
  'postsnapshotcmd of {0} <1>; the application may still be paused.<2>':
    'postsnapshotcmd von {0} <1>; die Anwendung ist möglicherweise noch angehalten.<2>',
  '(about {0} more bytes are not logged)': '(etwa {0} weitere Bytes werden nicht protokolliert)',
  'The snapshot of {0} could not be removed: <1> The next start tries again.':
    'Die Momentaufnahme von {0} konnte nicht entfernt werden: <1> Beim nächsten Start wird es erneut versucht.',
  'postsnapshotcmd of {0} could not be run; the application may still be paused. <1>':
    'postsnapshotcmd von {0} konnte nicht ausgeführt werden; die Anwendung ist möglicherweise noch angehalten. <1>',
  'Try again at a quieter time, or set snapshotfsidleaction to continue.':
    'Versuchen Sie es zu einer ruhigeren Zeit erneut, oder setzen Sie snapshotfsidleaction auf continue.',
  '<0> The snapshot was taken all the same.': '<0> Die Momentaufnahme wurde dennoch erstellt.',
  'There is no snapshot provider {0}.': 'Den Snapshot-Anbieter {0} gibt es nicht.',
  '{0} snapshots exist on {1} only.': '{0}-Snapshots gibt es nur unter {1}.',
  'Choose another provider, or NONE.': 'Wählen Sie einen anderen Anbieter oder NONE.',
  'A <0> is taken.': 'Art der Momentaufnahme: <0>.',
  '{0} is mounted read-write: this image may mix states of different moments. Run fsck after a restore.':
    '{0} ist mit Schreibzugriff eingehängt: Dieses Abbild kann Zustände verschiedener Zeitpunkte mischen. Führen Sie nach einer Wiederherstellung fsck aus.',
  'A dynamic image was asked for.': 'Verlangt wurde ein dynamisches Abbild.',
  'A static image was asked for.': 'Verlangt wurde ein statisches Abbild.',
  'Snapshots are switched off (snapshotproviderimage NONE).':
    'Momentaufnahmen sind ausgeschaltet (snapshotproviderimage NONE).',
  'Nothing uses the volume, so no snapshot is needed.':
    'Nichts verwendet den Datenträger, deshalb ist keine Momentaufnahme nötig.',
  'No snapshot of {0} can be taken.': 'Von {0} kann keine Momentaufnahme erstellt werden.',
  'The provider NONE makes no snapshots.': 'Der Anbieter NONE erstellt keine Momentaufnahmen.',
  'Use a static image.': 'Verwenden Sie ein statisches Abbild.',
  'Its state cannot be read: <0>.': 'Ihr Zustand kann nicht gelesen werden: <0>.',
  'Repeat the backup; what was stored is used again. Older images are as they were.':
    'Wiederholen Sie die Sicherung; was gespeichert wurde, wird wiederverwendet. Ältere Abbilder sind unverändert.',
  'The snapshot of {0} was lost. <1>': 'Die Momentaufnahme von {0} ist verloren. <1>',
  'The snapshot of {0} cannot be enlarged any more; if it fills up, this run fails.':
    'Die Momentaufnahme von {0} kann nicht mehr vergrößert werden; wenn sie voll wird, schlägt dieser Lauf fehl.',
  'no run has used it for 45 days': 'kein Lauf hat sie in den letzten 45 Tagen verwendet',
  'The snapshot kept for incremental images of {0} was removed, because <1>.':
    'Die für inkrementelle Abbilder von {0} aufbewahrte Momentaufnahme wurde entfernt, denn <1>.',
  'Do what postsnapshotcmd does.': 'Tun Sie, was postsnapshotcmd tut.',
  'A stopped run had run presnapshotcmd for {0}; the application may still be paused. <1>':
    'Ein angehaltener Lauf hatte presnapshotcmd für {0} ausgeführt; die Anwendung ist möglicherweise noch angehalten. <1>',
  'A stopped run left a note about a snapshot that this version cannot read.':
    'Ein angehaltener Lauf hat eine Notiz über eine Momentaufnahme hinterlassen, die diese Version nicht lesen kann.',
  'Nothing counts the writes to {0}, so it cannot be told when it is idle.':
    'Nichts zählt die Schreibvorgänge auf {0}; wann es in Ruhe ist, lässt sich deshalb nicht sagen.',
  'in the one try': 'im einzigen Versuch',
  'in any of {0} tries': 'in keinem von {0} Versuchen',
  '{0} was not without writes for {1} ms in the one try.':
    '{0} war im einzigen Versuch nicht {1} ms lang ohne Schreibvorgänge.',
  '{0} was not without writes for {1} ms in any of {2} tries.':
    '{0} war in keinem von {2} Versuchen {1} ms lang ohne Schreibvorgänge.',
};
