/** The tabs at the left; arrow keys go from one to the next. */
import { IconAlertCircle, IconPencil } from '@tabler/icons-react';
import type { KeyboardEvent } from 'react';
import type { PreferenceTab } from '#contract';
import { t } from '../../i18n/t.ts';
import type { TabState } from './tabs.ts';

interface TabListProps {
  tabs: readonly TabState[];
  /** None while search results are shown. */
  selected: PreferenceTab | null;
  onSelect(tab: PreferenceTab): void;
}

export const tabId = (tab: PreferenceTab): string => `preferences-tab-${tab}`;
export const PANEL_ID = 'preferences-panel';

/** An icon for the eyes, words for everybody else; problems before changes. */
function Mark({ changed, problems }: Pick<TabState, 'changed' | 'problems'>) {
  if (problems > 0) {
    const words = t('preferences:tab.problems', { count: problems });
    return <IconAlertCircle size={15} className="sf-bad" aria-label={words} title={words} />;
  }
  if (!changed) return null;
  return (
    <IconPencil
      size={14}
      className="sf-info"
      aria-label={t('preferences:tab.changed')}
      title={t('preferences:tab.changed')}
    />
  );
}

export function TabList({ tabs, selected, onSelect }: TabListProps) {
  const inOrder = selected ?? tabs[0]?.tab;

  function press(event: KeyboardEvent<HTMLElement>): void {
    const index = tabs.findIndex(({ tab }) => tabId(tab) === (event.target as HTMLElement).id);
    const next = { ArrowDown: index + 1, ArrowUp: index - 1, Home: 0, End: tabs.length - 1 }[event.key];
    if (index < 0 || next === undefined) return;
    event.preventDefault();
    const target = tabs[(next + tabs.length) % tabs.length];
    if (!target) return;
    onSelect(target.tab);
    document.getElementById(tabId(target.tab))?.focus();
  }

  return (
    <div
      role="tablist"
      aria-orientation="vertical"
      aria-label={t('preferences:tab.list')}
      className="sf-pref-tabs"
      data-pane
      onKeyDown={press}
    >
      {tabs.map(({ tab, changed, problems }) => (
        <button
          key={tab}
          id={tabId(tab)}
          type="button"
          role="tab"
          aria-selected={tab === selected}
          aria-controls={tab === selected ? PANEL_ID : undefined}
          tabIndex={tab === inOrder ? 0 : -1}
          className="sf-pref-tab"
          onClick={() => onSelect(tab)}
        >
          <span className="sf-clip sf-pref-tab-name" data-name={t(`preferences:tabs.${tab}`)}>
            {t(`preferences:tabs.${tab}`)}
          </span>
          <span className="sf-pref-tab-mark">
            <Mark changed={changed} problems={problems} />
          </span>
        </button>
      ))}
    </div>
  );
}
