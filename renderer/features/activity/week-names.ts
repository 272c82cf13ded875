/** Weeks by the day on which they begin. */

/** `16 Nov`, `16. Nov.`: the Monday, in the language of the window. */
export function weekName(week: string): string {
  const language = document.documentElement.lang || 'en';
  // Noon, so that no time zone makes it another day.
  return new Date(`${week}T12:00:00`).toLocaleDateString(language === 'en' ? 'en-GB' : language, {
    day: 'numeric',
    month: 'short',
  });
}

/** With its year, for tables. */
export function fullWeekName(week: string): string {
  const language = document.documentElement.lang || 'en';
  return new Date(`${week}T12:00:00`).toLocaleDateString(language === 'en' ? 'en-GB' : language, {
    dateStyle: 'medium',
  });
}
