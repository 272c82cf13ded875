/** What a person is asked who closes the window, or quits, while tasks run. */
import type { MessageBoxOptions } from 'electron';
import type { MenuLanguage } from '#contract';
import { DESKTOP_TEXTS } from './desktop-texts.ts';

/** The window is closed, or the whole program is to end. */
export type Leaving = 'window' | 'program';
/** `tray`: go on without the window. `stop`: cancel everything and end. `back`: as if nothing had been asked. */
export type LeaveAnswer = 'tray' | 'stop' | 'back';

/** In the order of the buttons. */
const ANSWERS = ['tray', 'stop', 'back'] as const satisfies readonly LeaveAnswer[];

/** The message box. Return keeps everything running; Escape goes back. */
export function leaveQuestion(leaving: Leaving, unfinished: number, language: MenuLanguage) {
  const texts = DESKTOP_TEXTS[language];
  return {
    type: 'warning',
    title: 'Stillframe',
    message: texts.stillRunning(unfinished),
    detail: leaving === 'window' ? texts.closeDetail : texts.quitDetail,
    buttons: [texts.keepRunning, leaving === 'window' ? texts.stopAndClose : texts.stopAndQuit, texts.back],
    defaultId: ANSWERS.indexOf('tray'),
    cancelId: ANSWERS.indexOf('back'),
    // Buttons stay buttons and keep their order on every desktop.
    noLink: true,
  } satisfies MessageBoxOptions;
}

/** What the index of a pressed button means; anything unknown changes nothing. */
export function leaveAnswer(response: number): LeaveAnswer {
  return ANSWERS[response] ?? 'back';
}
