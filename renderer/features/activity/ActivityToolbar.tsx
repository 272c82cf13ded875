/** Name, what is shown, and what can be done with the record as a whole. */
import { Button, Menu, SegmentedControl } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { saveFile } from '../../components/save-file.ts';
import { t } from '../../i18n/t.ts';
import { useStores, useValue } from '../../stores/use-stores.ts';

export const TABS = ['runs', 'weeks'] as const;
export type Tab = (typeof TABS)[number];

function ExportMenu() {
  const { activity } = useStores();
  const busy = useValue('activity', (state) => state.exporting.phase === 'loading');
  const none = useValue('activity', (state) => state.runs.value.length === 0);
  async function run(format: 'csv' | 'json'): Promise<void> {
    const file = await activity.getState().exportRuns(format);
    if (file) saveFile(file);
  }
  return (
    <Menu position="bottom-end" withinPortal={false}>
      <Menu.Target>
        <Button
          variant="default"
          loading={busy}
          disabled={none}
          title={t('activity:toolbar.exportHint')}
          rightSection={<IconChevronDown size={14} aria-hidden />}
        >
          {t('activity:toolbar.export')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => void run('csv')}>{t('activity:toolbar.exportCsv')}</Menu.Item>
        <Menu.Item onClick={() => void run('json')}>{t('activity:toolbar.exportJson')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

export function ActivityToolbar({ tab, onTab }: { tab: Tab; onTab(tab: Tab): void }) {
  const { repository, system, ui } = useStores();
  const cleaning = useValue('system', (state) => state.cleanUp.phase === 'loading');
  return (
    <div className="sf-toolbar sf-activity-toolbar" role="toolbar" aria-label={t('activity:title')} data-pane>
      <h1>{t('activity:title')}</h1>
      <SegmentedControl
        aria-label={t('activity:tabs.label')}
        size="xs"
        data={TABS.map((each) => ({ value: each, label: t(`activity:tabs.${each}`) }))}
        value={tab}
        onChange={(next) => onTab(next as Tab)}
      />
      <span className="sf-grow" />
      <ExportMenu />
      <Button variant="default" onClick={() => ui.getState().openDialog('error-log')}>
        {t('activity:toolbar.errorLog')}
      </Button>
      <Button
        variant="default"
        title={t('activity:toolbar.cleanUpHint')}
        loading={cleaning}
        onClick={() => void system.getState().sweep()}
      >
        {t('activity:toolbar.cleanUp')}
      </Button>
      <Button variant="default" onClick={() => void repository.getState().check(false)}>
        {t('activity:toolbar.check')}
      </Button>
    </div>
  );
}
