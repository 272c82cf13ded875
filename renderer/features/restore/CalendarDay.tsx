/** One day in the calendar: how many images, and the worst of them. */
import { IconAlertTriangle, IconCircleCheck, IconHelpCircle } from '@tabler/icons-react';
import type { ImageSummary } from '#contract';
import { t } from '../../i18n/t.ts';
import { type DayState, dateOfDay, worstState } from './calendar-month.ts';
import { dayName } from './calendar-words.ts';

const LOOKS = {
  good: { icon: IconCircleCheck, tone: 'ok' },
  crash: { icon: IconHelpCircle, tone: 'info' },
  unknown: { icon: IconHelpCircle, tone: 'info' },
  fuzzy: { icon: IconAlertTriangle, tone: 'warn' },
  unreadable: { icon: IconAlertTriangle, tone: 'bad' },
} as const satisfies Record<DayState, object>;

interface CalendarDayProps {
  day: string;
  images: readonly ImageSummary[];
  /** Of another month than the one that is shown. */
  outside: boolean;
  today: boolean;
  chosen: boolean;
  inTabOrder: boolean;
  onChoose(day: string): void;
}

export function CalendarDay({ day, images, outside, today, chosen, inTabOrder, onChoose }: CalendarDayProps) {
  const worst = worstState(images);
  const { icon: Glyph, tone } = LOOKS[worst];
  const name = t('restore:calendar.day', {
    count: images.length,
    day: dayName(day),
    worst: t(`restore:calendar.worst.${worst}`),
  });
  // The cell itself is what is chosen and has the focus (APG, date grid).
  const cell = { role: 'gridcell', 'aria-selected': chosen } as const;
  return (
    <td
      className="sf-day"
      {...cell}
      aria-current={today ? 'date' : undefined}
      title={name}
      tabIndex={inTabOrder ? 0 : -1}
      data-day={day}
      data-outside={outside || undefined}
      data-empty={images.length === 0 || undefined}
      onClick={() => onChoose(day)}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' && event.key !== ' ') return;
        event.preventDefault();
        onChoose(day);
      }}
    >
      <span className="sf-unseen">{name}</span>
      <span className="sf-day-number" aria-hidden>
        {dateOfDay(day).getDate()}
      </span>
      {images.length > 0 ? (
        <span className="sf-day-images" data-tone={tone} aria-hidden>
          <Glyph size={13} />
          {images.length}
        </span>
      ) : null}
    </td>
  );
}
