/** One schedule: what, when, next and last run, and whether something starts it. */
import { Button } from '@mantine/core';
import type { Schedule } from '#contract';
import { StatusBadge } from '../../components/StatusBadge.tsx';
import { exactTime, relativeTime } from '../../i18n/instants.ts';
import { t } from '../../i18n/t.ts';
import { TASK_STATE_WORDS } from '../../i18n/words.ts';
import { useStores, useValue } from '../../stores/use-stores.ts';
import { CronHint } from './CronHint.tsx';
import { definitionOf, draftOf } from './schedule-draft.ts';
import { STATE_LOOKS, shortInstant, shownState, whatWords, whenWords } from './schedule-words.ts';

function Fact({ label, value, title }: { label: string; value: string; title?: string | undefined }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd className="sf-break" title={title}>
        {value}
      </dd>
    </div>
  );
}

interface ScheduleCardProps {
  schedule: Schedule;
  now: number;
  onEdit(): void;
  onRemove(): void;
}

export function ScheduleCard({ schedule, now, onEdit, onRemove }: ScheduleCardProps) {
  const { schedules } = useStores();
  const busy = useValue('schedules', (state) => state.busy);
  const { name, startedBy, nextRun, lastRun, lastState, repository } = schedule;
  const state = shownState(schedule);
  const { icon, tone } = STATE_LOOKS[state];
  const isBroken = state === 'changed' || state === 'missing';
  const ended = lastState === undefined ? '' : TASK_STATE_WORDS[lastState];
  return (
    <li className="sf-card sf-schedule">
      <div className="sf-card-head">
        <h3 className="sf-clip" title={name}>
          {name}
        </h3>
        <span className="sf-grow" />
        <StatusBadge
          icon={icon}
          tone={tone}
          word={t(`schedules:state.${state}`)}
          hint={t(`schedules:stateHint.${state}`)}
        />
      </div>
      <p className="sf-break">{whatWords(schedule)}</p>
      <p className="sf-dim sf-small">{whenWords(schedule)}</p>
      <div className="sf-schedule-foot">
        <dl className="sf-schedule-facts">
          <Fact
            label={t('schedules:next')}
            value={nextRun ? `${shortInstant(nextRun)} · ${relativeTime(nextRun, now)}` : t('schedules:noNext')}
            title={nextRun ? exactTime(nextRun) : undefined}
          />
          <Fact
            label={t('schedules:last')}
            value={
              lastRun
                ? t('schedules:lastWith', { when: relativeTime(lastRun, now), state: ended })
                : t('schedules:noLast')
            }
            title={lastRun ? exactTime(lastRun) : undefined}
          />
          {repository ? <Fact label={t('schedules:into')} value={repository} /> : null}
        </dl>
        <div className="sf-button-row end">
          {isBroken && startedBy === 'systemd' ? (
            <Button
              disabled={busy}
              aria-label={t('schedules:installNamed', { name })}
              onClick={() => void schedules.getState().save(definitionOf(draftOf(schedule)))}
            >
              {t('schedules:install')}
            </Button>
          ) : null}
          <Button variant="default" disabled={busy} aria-label={t('schedules:editNamed', { name })} onClick={onEdit}>
            {t('schedules:edit')}
          </Button>
          <Button
            variant="default"
            disabled={busy}
            aria-label={t('schedules:removeNamed', { name })}
            onClick={onRemove}
          >
            {t('schedules:remove')}
          </Button>
        </div>
      </div>
      {isBroken ? <p className="sf-small">{t(`schedules:stateHint.${state}`)}</p> : null}
      {isBroken && startedBy === 'cron' ? <CronHint schedule={schedule} /> : null}
    </li>
  );
}
