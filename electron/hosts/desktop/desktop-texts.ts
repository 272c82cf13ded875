/** The few words that main says itself, in every language of the window. */
import type { MenuLanguage } from '#contract';

export interface DesktopTexts {
  /** Message of the question; how many tasks run or wait. */
  stillRunning(count: number): string;
  closeDetail: string;
  quitDetail: string;
  keepRunning: string;
  stopAndClose: string;
  stopAndQuit: string;
  back: string;
  open: string;
  quit: string;
  nothingRuns: string;
  /** One line about what runs; `percent` is a whole number, absent where it is not known. */
  running(count: number, percent: number | undefined): string;
}

const inPercent = (percent: number | undefined): string => (percent === undefined ? '' : ` · ${percent} %`);

export const DESKTOP_TEXTS: Readonly<Record<MenuLanguage, DesktopTexts>> = {
  en: {
    stillRunning: (count) => (count === 1 ? 'A task is still running.' : `${count} tasks are still running.`),
    closeDetail:
      'They can go on without the window: Stillframe stays in the tray, and starting it again brings the window back.\n\nA stopped backup leaves no image; a stopped restore leaves a target that cannot be used.',
    quitDetail:
      'Quitting stops them. A stopped backup leaves no image; a stopped restore leaves a target that cannot be used.',
    keepRunning: 'Keep running in the tray',
    stopAndClose: 'Stop and close',
    stopAndQuit: 'Stop and quit',
    back: 'Back',
    open: 'Open Stillframe',
    quit: 'Quit',
    nothingRuns: 'Nothing is running',
    running: (count, percent) => `${count === 1 ? '1 task running' : `${count} tasks running`}${inPercent(percent)}`,
  },
  de: {
    stillRunning: (count) => (count === 1 ? 'Eine Task läuft noch.' : `${count} Tasks laufen noch.`),
    closeDetail:
      'Sie können ohne das Fenster weiterlaufen: Stillframe bleibt im Infobereich, und ein erneuter Start öffnet das Fenster wieder.\n\nEine abgebrochene Sicherung hinterlässt kein Abbild, eine abgebrochene Wiederherstellung ein unbrauchbares Ziel.',
    quitDetail:
      'Beim Beenden werden sie abgebrochen. Eine abgebrochene Sicherung hinterlässt kein Abbild, eine abgebrochene Wiederherstellung ein unbrauchbares Ziel.',
    keepRunning: 'Im Infobereich weiterlaufen lassen',
    stopAndClose: 'Abbrechen und schließen',
    stopAndQuit: 'Abbrechen und beenden',
    back: 'Zurück',
    open: 'Stillframe öffnen',
    quit: 'Beenden',
    nothingRuns: 'Es läuft nichts',
    running: (count, percent) => `${count === 1 ? '1 Task läuft' : `${count} Tasks laufen`}${inPercent(percent)}`,
  },
};
