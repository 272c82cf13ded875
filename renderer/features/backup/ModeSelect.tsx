/** How much is read, where a snapshot of a selected volume keeps track of changes; nothing where none does. */
import { t } from '../../i18n/t.ts';
import { MODE_HELP, MODE_NAMES } from '../../i18n/words.ts';
import { canTrackChanges } from '../../stores/snapshot-outlook.ts';
import { useStores, useValue } from '../../stores/use-stores.ts';
import { ChoiceSelect } from './ChoiceSelect.tsx';

export function ModeSelect() {
  const { backup } = useStores();
  const { type, mode, selected, providers } = useValue('backup', (state) => state);
  const known = useValue('readiness', (state) => state.byVolume);
  if (!selected.some((volume) => canTrackChanges(type, known[volume]?.value, providers[volume]))) return null;
  return (
    <ChoiceSelect
      label={t('backup:toolbar.mode')}
      width={172}
      names={MODE_NAMES}
      help={MODE_HELP}
      value={mode}
      onChange={backup.getState().setMode}
    />
  );
}
