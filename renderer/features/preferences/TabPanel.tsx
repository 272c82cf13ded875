/** What the chosen tab shows: its options, and what it has besides them. */
import type { OptionDescription, PreferenceTab } from '#contract';
import { t } from '../../i18n/t.ts';
import { AuthorizationPanel } from '../authorization/AuthorizationPanel.tsx';
import { OptionFields } from './fields/OptionFields.tsx';
import { RepositoryPanel } from './RepositoryPanel.tsx';
import { IncludeExcludePanel } from './rules/IncludeExcludePanel.tsx';
import { PANEL_ID, tabId } from './TabList.tsx';

interface TabPanelProps {
  tab: PreferenceTab;
  options: readonly OptionDescription[];
}

export function TabPanel({ tab, options }: TabPanelProps) {
  return (
    <div role="tabpanel" id={PANEL_ID} aria-labelledby={tabId(tab)} className="sf-pref-panel" data-pane key={tab}>
      <h2 className="sf-pref-heading">{t(`preferences:tabs.${tab}`)}</h2>
      {tab === 'repository' ? <RepositoryPanel /> : null}
      {tab === 'includeExclude' ? <IncludeExcludePanel /> : null}
      <OptionFields options={options} />
      {tab === 'authorization' ? (
        <div className="sf-pref-extra">
          <AuthorizationPanel />
        </div>
      ) : null}
    </div>
  );
}
