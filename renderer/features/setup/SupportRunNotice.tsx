/** What became of a command of the package manager. */
import { ErrorCard } from '../../components/ErrorCard.tsx';
import { Notice } from '../../components/Notice.tsx';
import { t } from '../../i18n/t.ts';
import type { SupportRun } from '../../stores/support-store.ts';

const TONES = { running: 'info', succeeded: 'ok', failed: 'bad' } as const;

export function SupportRunNotice({ run }: { run: SupportRun }) {
  if (run.error) return <ErrorCard error={run.error} />;
  return (
    <div role="status">
      <Notice tone={TONES[run.phase]} title={run.command}>
        <p>{t(`support:${run.phase}`)}</p>
        {run.output === '' ? null : (
          <details className="sf-details" open={run.phase === 'failed'}>
            <summary>{t('support:output')}</summary>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard */}
            <pre tabIndex={0}>{run.output}</pre>
          </details>
        )}
      </Notice>
    </div>
  );
}
