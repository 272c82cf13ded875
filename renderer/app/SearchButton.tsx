/** The way into the command palette that can be seen. */
import { IconSearch } from '@tabler/icons-react';
import { ariaKeys, keyText } from '../i18n/keys.ts';
import { t } from '../i18n/t.ts';
import { useStores } from '../stores/use-stores.ts';

const KEY = 'CmdOrCtrl+K';

export function SearchButton() {
  const { ui } = useStores();
  return (
    <button
      type="button"
      className="sf-search-button"
      aria-haspopup="dialog"
      aria-keyshortcuts={ariaKeys(KEY)}
      title={t('shell:frame.searchWithKey', { key: keyText(KEY) })}
      onClick={() => ui.getState().openDialog('palette')}
    >
      <IconSearch size={14} aria-hidden />
      <span className="sf-clip">{t('shell:frame.search')}</span>
      <kbd aria-hidden>{keyText(KEY)}</kbd>
    </button>
  );
}
