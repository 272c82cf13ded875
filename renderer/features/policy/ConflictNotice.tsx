/** Somebody else saved in the meantime: what they changed, and whose changes go on. */
import { Button } from '@mantine/core';
import { Notice } from '../../components/Notice.tsx';
import { relativeTime } from '../../i18n/instants.ts';
import { t } from '../../i18n/t.ts';
import { mergePolicies, policyChanges } from '../../stores/policy-draft.ts';
import { useNow, useStores, useValue } from '../../stores/use-stores.ts';
import { changeWords } from './change-words.ts';

export function ConflictNotice() {
  const { policy } = useStores();
  const conflict = useValue('policy', (state) => state.conflict);
  const draft = useValue('policy', (state) => state.draft);
  const now = useNow();
  if (!conflict) return null;
  const { base, theirs } = conflict;
  const changes = policyChanges(base, theirs.set);
  const { both } = draft ? mergePolicies(base, draft, theirs.set) : { both: [] };
  return (
    <Notice tone="warn" title={t('policy:conflict.title')} urgent>
      <p>
        {t('policy:conflict.by', {
          by: theirs.savedBy ?? '?',
          ago: theirs.savedAt === undefined ? '' : relativeTime(theirs.savedAt, now),
        })}
      </p>
      <ul>
        {changes.map((change) => {
          const words = changeWords(change, () => 0);
          return <li key={words}>{words}</li>;
        })}
      </ul>
      {both.length > 0 ? <p>{t('policy:conflict.both', { names: both.join(', ') })}</p> : null}
      <p>{t('policy:conflict.nothing')}</p>
      <div className="sf-button-row">
        {draft ? <Button onClick={() => policy.getState().keepMine()}>{t('policy:conflict.keepMine')}</Button> : null}
        <Button variant="default" onClick={() => policy.getState().takeTheirs()}>
          {t('policy:conflict.takeTheirs')}
        </Button>
      </div>
    </Notice>
  );
}
