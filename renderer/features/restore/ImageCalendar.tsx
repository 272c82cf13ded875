/** The images of a volume by day: a month, and below it the images of the day that is chosen. */
import './calendar.css';
import { ActionIcon, Button } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { type KeyboardEvent, type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import type { ImageSummary } from '#contract';
import { t } from '../../i18n/t.ts';
import { dayOf, newestFirst } from '../../stores/image-choice.ts';
import { CalendarDay } from './CalendarDay.tsx';
import { addMonths, dayAfterKey, imagesByDay, monthOf, weeksOfMonth } from './calendar-month.ts';
import { dayName, monthName, weekdayNames } from './calendar-words.ts';

interface ImageCalendarProps {
  images: readonly ImageSummary[];
  selected: ImageSummary | undefined;
  now: number;
  onSelect(id: string): void;
  /** Draws the images of a day. */
  list(images: readonly ImageSummary[], label: string): ReactNode;
}

interface MonthBarProps {
  day: string;
  newest: string | undefined;
  onDay(day: string): void;
}

function MonthBar({ day, newest, onDay }: MonthBarProps) {
  return (
    <div className="sf-month-bar">
      <ActionIcon aria-label={t('restore:calendar.previous')} onClick={() => onDay(addMonths(day, -1))}>
        <IconChevronLeft size={16} aria-hidden />
      </ActionIcon>
      <h2 aria-live="polite">{monthName(day)}</h2>
      <ActionIcon aria-label={t('restore:calendar.next')} onClick={() => onDay(addMonths(day, 1))}>
        <IconChevronRight size={16} aria-hidden />
      </ActionIcon>
      <span className="sf-grow" />
      <Button
        variant="default"
        size="compact-xs"
        disabled={newest === undefined}
        onClick={() => newest && onDay(newest)}
      >
        {t('restore:calendar.newest')}
      </Button>
    </div>
  );
}

export function ImageCalendar({ images, selected, now, onSelect, list }: ImageCalendarProps) {
  const byDay = useMemo(() => imagesByDay(images), [images]);
  const selectedDay = selected ? dayOf(selected.time) : undefined;
  const [day, setDay] = useState(selectedDay ?? dayOf(now));
  const [followed, setFollowed] = useState(selected?.id);
  const table = useRef<HTMLTableElement>(null);
  const focusWanted = useRef(false);
  // Whatever selects an image elsewhere (a point in time, another volume) is followed.
  if (selected?.id !== followed) {
    setFollowed(selected?.id);
    if (selectedDay !== undefined) setDay(selectedDay);
  }

  useEffect(() => {
    if (!focusWanted.current) return;
    focusWanted.current = false;
    table.current?.querySelector<HTMLElement>(`[data-day="${day}"]`)?.focus();
  }, [day]);

  function choose(chosen: string): void {
    focusWanted.current = true;
    setDay(chosen);
    const newest = byDay.get(chosen)?.toSorted(newestFirst)[0];
    if (newest && newest.id !== selected?.id) onSelect(newest.id);
    if (chosen === day) focusWanted.current = false;
  }

  function press(event: KeyboardEvent<HTMLTableElement>): void {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const next = dayAfterKey(day, event.key, event.shiftKey);
    if (next === undefined) return;
    event.preventDefault();
    choose(next);
  }

  // The keys go through the days, one of which is in the tab order (APG, date grid).
  const grid = { role: 'grid', onKeyDown: press } as const;
  const own = byDay.get(day) ?? [];
  const label = t('restore:calendar.ofDay', { day: dayName(day) });
  const today = dayOf(now);
  return (
    <div className="sf-calendar">
      <div className="sf-month" data-pane>
        <MonthBar day={day} newest={images[0] && dayOf(images[0].time)} onDay={choose} />
        <table ref={table} aria-label={t('restore:calendar.month', { month: monthName(day) })} {...grid}>
          <thead>
            <tr>
              {weekdayNames().map(({ short, long }) => (
                <th key={short} scope="col" abbr={long}>
                  {short}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {weeksOfMonth(day).map((week) => (
              <tr key={week[0]}>
                {week.map((each) => (
                  <CalendarDay
                    key={each}
                    day={each}
                    images={byDay.get(each) ?? []}
                    outside={monthOf(each) !== monthOf(day)}
                    today={each === today}
                    chosen={each === day}
                    inTabOrder={each === day}
                    onChoose={choose}
                  />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {own.length > 0 ? (
        list(own, label)
      ) : (
        <p className="sf-pad sf-dim" role="status">
          {t('restore:calendar.none', { day: dayName(day) })}
        </p>
      )}
    </div>
  );
}
