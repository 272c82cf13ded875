/** Sentences about schedules. */
export const schedules: Readonly<Record<string, string>> = {
  'Mend {0}, or put it aside and make the schedules anew; timers that are installed go on meanwhile.':
    'Berichtigen Sie {0}, oder legen Sie die Datei beiseite und die Zeitpläne neu an; eingerichtete Timer laufen so lange weiter.',
  'The file of the schedules is not JSON.': 'Die Datei der Zeitpläne ist kein JSON.',
  'The file of the schedules cannot be used ({0}).': 'Die Datei der Zeitpläne kann nicht verwendet werden ({0}).',
  'There are {0} schedules already.': 'Es gibt bereits {0} Zeitpläne.',
  'The file of the schedules cannot be written ({0}).': 'Die Datei der Zeitpläne kann nicht geschrieben werden ({0}).',
  'Stillframe did not write {0}, so it is left alone.':
    'Stillframe hat {0} nicht geschrieben und rührt es deshalb nicht an.',
  'Choose another name for the schedule, or put that unit aside.':
    'Geben Sie dem Zeitplan einen anderen Namen, oder legen Sie diese Unit beiseite.',
  'The units cannot be written ({0}).': 'Die Units können nicht geschrieben werden ({0}).',
  'Check who owns {0}, and that the disk has space left.':
    'Prüfen Sie, wem {0} gehört und ob auf der Festplatte noch Platz ist.',
  '{0} could not be removed.': '{0} konnte nicht entfernt werden.',
  '{0} could not be put back.': '{0} konnte nicht zurückgelegt werden.',
  'systemd was not told that the units are as before.':
    'systemd hat nicht erfahren, dass die Units wieder sind wie zuvor.',
  'The timer could not be started again.': 'Der Timer konnte nicht wieder gestartet werden.',
  '{0} is not a regular file.': '{0} ist keine gewöhnliche Datei.',
  '{0} is larger than {1} bytes.': '{0} ist größer als {1} Bytes.',
  '{0} cannot be read ({1}).': '{0} kann nicht gelesen werden ({1}).',
  'systemd does not run on this computer, so nothing starts a schedule unless cron does.':
    'Auf diesem Computer läuft kein systemd; ein Zeitplan startet deshalb nur, wenn cron ihn startet.',
  'systemd does not run for you here, because you are not logged in to this computer in the usual way.':
    'Für Sie läuft hier kein systemd, weil Sie an diesem Computer nicht auf übliche Weise angemeldet sind.',
  'systemctl {0} failed: {1}': 'systemctl {0} ist fehlgeschlagen: {1}',
  'Look at “systemctl status” and the journal, then save the schedule again.':
    'Sehen Sie sich „systemctl status“ und das Journal an, und speichern Sie den Zeitplan dann noch einmal.',
  'Timers of {0} only run while you are logged in; “loginctl enable-linger” lets them run always.':
    'Timer von {0} laufen nur, solange Sie angemeldet sind; mit „loginctl enable-linger“ laufen sie immer.',
  'The name {0} has control characters, which neither a timer nor cron can hand over.':
    'Der Name {0} enthält Steuerzeichen, die weder ein Timer noch cron übergeben kann.',
  'Rename it, or use a link to it with another name.':
    'Benennen Sie es um, oder verwenden Sie einen Link mit einem anderen Namen darauf.',
  'This program was started without a way to schedule.':
    'Dieses Programm wurde so gestartet, dass es nichts planen kann.',
  'The schedule cannot be used ({0}).': 'Der Zeitplan kann nicht verwendet werden ({0}).',
  '{0} is not a whole path, so it would not be found.':
    '{0} ist kein vollständiger Pfad und würde deshalb nicht gefunden.',
  'The volumes together have longer names than a command line takes.':
    'Die Namen der Datenträger sind zusammen länger, als eine Befehlszeile sein darf.',
};
