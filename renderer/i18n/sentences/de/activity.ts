/** Runs and their log. */
export const activity: Readonly<Record<string, string>> = {
  'The computer was restarted, or lost power, while this ran.':
    'Währenddessen wurde der Computer neu gestartet, oder der Strom fiel aus.',
  'The engine was ended from outside while this ran.': 'Währenddessen wurde die Engine von außen beendet.',
  'Start it again. What it had stored already is used by the next run.':
    'Starten Sie erneut. Was bereits gespeichert war, wird beim nächsten Lauf verwendet.',
  'it was damaged and is now {0}': 'sie war beschädigt und liegt jetzt in {0}',
  'version {0} of the run log is not known': 'Version {0} des Laufprotokolls ist nicht bekannt',
  'Further lines that were left out: {0}.': 'Weitere Zeilen, die ausgelassen wurden: {0}.',
  'Phase: plan.': 'Phase: Plan.',
  'Phase: lock.': 'Phase: Sperre.',
  'Phase: snapshot.': 'Phase: Ruhestellung.',
  'Phase: read.': 'Phase: Lesen.',
  'Phase: store.': 'Phase: Speichern.',
  'Phase: verify.': 'Phase: Prüfen.',
  'Phase: write.': 'Phase: Schreiben.',
  'Phase: index.': 'Phase: Index.',
  'Phase: release.': 'Phase: Freigabe.',
  'Waits for the runs before it.': 'Wartet auf die Läufe davor.',
  'It is to stop.': 'Wird abgebrochen.',
  'The engine is shutting down.': 'Die Engine wird beendet.',
  'Further warnings that were left out: {0}.': 'Weitere Warnungen, die ausgelassen wurden: {0}.',
  'What was asked for then is not understood any more.': 'Was damals verlangt wurde, wird nicht mehr verstanden.',
  'The repository is being changed at this moment.': 'Das Repository wird gerade gewechselt oder geändert.',
  'The repository cannot be changed while a task uses it.':
    'Das Repository kann nicht gewechselt werden, während ein Vorgang es verwendet.',
  'This host has no native picker.': 'Dieser Rechner hat kein eigenes Auswahlfenster.',
  'What stopped runs may have left behind could not be looked for: <0>.':
    'Es konnte nicht nachgesehen werden, was angehaltene Läufe hinterlassen haben: <0>.',
  'It was about the repository {0}, which is not the one that is open.':
    'Dieser Lauf betraf das Repository {0}, das nicht das geöffnete ist.',
  'A restore overwrites its target, so it is only started from the Restore view.':
    'Eine Wiederherstellung überschreibt ihr Ziel und wird deshalb nur in der Ansicht „Wiederherstellen“ gestartet.',
  'It has not ended yet.': 'Dieser Lauf ist noch nicht beendet.',
  'It was started with commands of its own, which are not kept because they may hold secrets.':
    'Dieser Lauf wurde mit eigenen Befehlen gestartet, die nicht aufbewahrt werden, weil sie Geheimnisse enthalten können.',
  'There is nothing to stop.': 'Es gibt nichts abzubrechen.',
  'It has ended already.': 'Dieser Lauf ist bereits beendet.',
  'The engine that executes it does not answer. The request was taken back.':
    'Die Engine, die diesen Lauf ausführt, antwortet nicht. Die Anforderung wurde zurückgenommen.',
  'Look whether its process is stopped or overloaded, then try again.':
    'Sehen Sie nach, ob der Prozess angehalten oder überlastet ist, und versuchen Sie es erneut.',
  'The request cannot be left in {0} ({1}).': 'Die Anforderung kann nicht in {0} hinterlegt werden ({1}).',
  'Started.': 'Begonnen.',
  'Completed.': 'Abgeschlossen.',
  'Stopped.': 'Abgebrochen.',
  'Failed.': 'Fehlgeschlagen.',
};
