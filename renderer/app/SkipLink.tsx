/** For the keyboard: past the menus and the views, straight to the content. Seen only while it has the focus. */
import { t } from '../i18n/t.ts';

export function SkipLink() {
  return (
    <button type="button" className="sf-skip" onClick={() => document.getElementById('content')?.focus()}>
      {t('shell:frame.skip')}
    </button>
  );
}
