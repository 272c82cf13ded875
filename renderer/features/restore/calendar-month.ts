/** A month as weeks from Monday to Sunday. Days are text (`2026-11-21`), so that a clock that is changed moves none. */
import type { ImageSummary } from '#contract';
import { dayOf } from '../../stores/image-choice.ts';

/** Midnight of a day here. */
export function dateOfDay(day: string): Date {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(year, month - 1, date);
}

export function addDays(day: string, count: number): string {
  const date = dateOfDay(day);
  return dayOf(new Date(date.getFullYear(), date.getMonth(), date.getDate() + count));
}

/** The same day of another month, or the last one of it. */
export function addMonths(day: string, count: number): string {
  const date = dateOfDay(day);
  const last = new Date(date.getFullYear(), date.getMonth() + count + 1, 0);
  return dayOf(new Date(last.getFullYear(), last.getMonth(), Math.min(date.getDate(), last.getDate())));
}

/** 0 is Monday. */
export function weekdayOf(day: string): number {
  return (dateOfDay(day).getDay() + 6) % 7;
}

/** `2026-11`. */
export function monthOf(day: string): string {
  return day.slice(0, 7);
}

/** Six weeks around the month of a day, so that the grid is always as high. */
export function weeksOfMonth(day: string): string[][] {
  const first = `${monthOf(day)}-01`;
  const start = addDays(first, -weekdayOf(first));
  return Array.from({ length: 6 }, (_, week) => Array.from({ length: 7 }, (__, at) => addDays(start, week * 7 + at)));
}

/** The day to which a key goes; undefined: the key does not move. */
export function dayAfterKey(day: string, key: string, shift: boolean): string | undefined {
  switch (key) {
    case 'ArrowLeft':
      return addDays(day, -1);
    case 'ArrowRight':
      return addDays(day, 1);
    case 'ArrowUp':
      return addDays(day, -7);
    case 'ArrowDown':
      return addDays(day, 7);
    case 'Home':
      return addDays(day, -weekdayOf(day));
    case 'End':
      return addDays(day, 6 - weekdayOf(day));
    case 'PageUp':
      return addMonths(day, shift ? -12 : -1);
    case 'PageDown':
      return addMonths(day, shift ? 12 : 1);
    default:
      return undefined;
  }
}

/** Images by the day on which they were made. */
export function imagesByDay(images: readonly ImageSummary[]): Map<string, ImageSummary[]> {
  const days = new Map<string, ImageSummary[]>();
  for (const image of images) {
    const day = dayOf(image.time);
    const own = days.get(day);
    if (own) own.push(image);
    else days.set(day, [image]);
  }
  return days;
}

const STATES = ['good', 'crash', 'unknown', 'fuzzy', 'unreadable'] as const;
export type DayState = (typeof STATES)[number];

function stateOf(image: ImageSummary): DayState {
  if (image.unreadableBytes > 0) return 'unreadable';
  // restic does not say.
  if (image.origin === 'restic') return 'unknown';
  return image.consistency === 'fuzzy' || image.consistency === 'crash' ? image.consistency : 'good';
}

/** The worst that can be said of any of them. */
export function worstState(images: readonly ImageSummary[]): DayState {
  const worst = Math.max(0, ...images.map((image) => STATES.indexOf(stateOf(image))));
  return STATES[worst] ?? 'good';
}
