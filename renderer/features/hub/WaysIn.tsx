/** The four ways in, as the original's picture buttons: each with one line that says what it is for. */
import { IconArrowBarToDown, IconArrowBarUp, IconListDetails, IconSettings } from '@tabler/icons-react';
import { t } from '../../i18n/t.ts';
import { useStores } from '../../stores/use-stores.ts';

const WAYS = [
  { view: 'backup', icon: IconArrowBarUp },
  { view: 'restore', icon: IconArrowBarToDown },
  { view: 'activity', icon: IconListDetails },
  { view: 'preferences', icon: IconSettings },
] as const;

export function WaysIn() {
  const { ui } = useStores();
  return (
    <ul className="sf-ways" aria-label={t('hub:ways.label')} data-pane>
      {WAYS.map(({ view, icon: Glyph }) => (
        <li key={view}>
          <button type="button" className="sf-way" onClick={() => ui.getState().show(view)}>
            <Glyph size={30} stroke={1.5} aria-hidden />
            <strong>{t(`shell:views.${view}`)}</strong>
            <span className="sf-way-about">{t(`hub:ways.${view}`)}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
