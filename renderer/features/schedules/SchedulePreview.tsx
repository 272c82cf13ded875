/** What saving would write, for people who install it themselves. */
import type { ScheduleDefinition } from '#contract';
import { CopyTextButton } from '../../components/CopyTextButton.tsx';
import { ErrorCard } from '../../components/ErrorCard.tsx';
import { SkeletonRows } from '../../components/SkeletonRows.tsx';
import { t } from '../../i18n/t.ts';
import { usePreview } from './use-preview.ts';

function Text({ name, text }: { name: string; text: string }) {
  return (
    <figure className="sf-schedule-text">
      <figcaption>
        <span className="sf-mono sf-clip" title={name}>
          {name}
        </span>
        <CopyTextButton
          compact
          text={text}
          label={t('schedules:preview.copy')}
          spoken={t('schedules:preview.copyNamed', { name })}
        />
      </figcaption>
      <pre className="sf-selectable">{text}</pre>
    </figure>
  );
}

/** `definition`: `null` while it cannot be saved. */
export function SchedulePreview({ definition }: { definition: ScheduleDefinition | null }) {
  const { preview, error } = usePreview(definition);
  if (error) return <ErrorCard error={error} />;
  if (preview === null) return <SkeletonRows label={t('schedules:preview.loading')} />;
  return (
    <div className="sf-stack">
      <p className="sf-dim sf-small">{t('schedules:preview.lead')}</p>
      {preview.files.map(({ path, text }) => (
        <Text key={path} name={path} text={text} />
      ))}
      <Text name={t('schedules:preview.cron')} text={preview.cron} />
    </div>
  );
}
