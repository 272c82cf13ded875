/** After a save: what the next expiration would remove now, and the way back. */
import { Button } from '@mantine/core';
import { Notice } from '../../components/Notice.tsx';
import { exactTime } from '../../i18n/instants.ts';
import { countOf } from '../../i18n/quantities.ts';
import { removalReason } from '../../i18n/retention.ts';
import { t } from '../../i18n/t.ts';
import type { PolicySaved } from '../../stores/policy-store.ts';
import { useStores, useValue } from '../../stores/use-stores.ts';

/** Rows that are listed; the whole list is the expiration's. */
const SHOWN = 50;

function sentence({ goes, wentBefore }: PolicySaved): string {
  if (goes === null) return t('policy:saved.unknown');
  if (goes.length === 0) return t('policy:saved.nothing');
  if (wentBefore === null) return t('policy:saved.goesNow', { count: goes.length });
  const values = { images: countOf(goes.length, 'image'), before: wentBefore };
  return t(goes.length === 1 ? 'policy:saved.goesOne' : 'policy:saved.goes', values);
}

export function SavedNotice() {
  const { policy } = useStores();
  const saved = useValue('policy', (state) => state.saved);
  const saving = useValue('policy', (state) => state.saving);
  const version = useValue('policy', (state) => state.policy.value?.version ?? 0);
  if (!saved) return null;
  const goes = saved.goes ?? [];
  const isMore = goes.length > (saved.wentBefore ?? 0) || saved.goes === null;
  return (
    <Notice
      tone={isMore ? 'warn' : 'ok'}
      title={t('policy:saved.title', { version })}
      urgent
      action={
        <Button variant="default" loading={saving} onClick={() => void policy.getState().undo()}>
          {t('policy:saved.undo')}
        </Button>
      }
    >
      <p>{sentence(saved)}</p>
      {goes.length > 0 ? (
        <details className="sf-details">
          <summary>{t('policy:saved.show')}</summary>
          <ul className="sf-removed" aria-label={t('policy:saved.list')}>
            {goes.slice(0, SHOWN).map((decision) => (
              <li key={decision.imageId}>
                <span className="sf-mono">{decision.volume}</span> {exactTime(decision.time)}{' '}
                <span className="sf-dim">{removalReason(decision)}</span>
              </li>
            ))}
            {goes.length > SHOWN ? <li>…</li> : null}
          </ul>
        </details>
      ) : null}
    </Notice>
  );
}
