/** What is backed up how, and the button that does it. */
import { Button } from '@mantine/core';
import { IconAdjustments, IconLayoutSidebarRight, IconRefresh } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { t } from '../../i18n/t.ts';
import { useStores, useValue } from '../../stores/use-stores.ts';
import { ModeSelect } from './ModeSelect.tsx';
import { TypeSelect } from './TypeSelect.tsx';

// What is opened seldom is fetched when it is.
const OptionsDialog = lazy(async () => ({ default: (await import('./OptionsDialog.tsx')).OptionsDialog }));

/** Takes the focus when the estimate is closed. */
export const ESTIMATE_BUTTON = 'backup-estimate';

function OptionsButton() {
  const [opened, setOpened] = useState(false);
  const [wanted, setWanted] = useState(false);
  const count = useValue('backup', (state) => Object.keys(state.overrides).length);
  return (
    <>
      <Button
        variant="default"
        className="sf-options-button"
        aria-haspopup="dialog"
        aria-label={count > 0 ? t('backup:toolbar.optionsSet', { count }) : t('backup:toolbar.options')}
        leftSection={<IconAdjustments size={15} aria-hidden />}
        onClick={() => {
          setWanted(true);
          setOpened(true);
        }}
      >
        {t('backup:toolbar.options')}
        {count > 0 ? <span className="sf-nav-count sf-options-count">{count}</span> : null}
      </Button>
      {wanted ? (
        <Suspense>
          <OptionsDialog opened={opened} onClose={() => setOpened(false)} />
        </Suspense>
      ) : null}
    </>
  );
}

/** Absent: there is room for the details beside the tree. */
export function BackupToolbar({ onDetails }: { onDetails: (() => void) | undefined }) {
  const { backup, refreshVolumes } = useStores();
  const { type, selected, starting, setType } = useValue('backup', (state) => state);
  const volumes = useValue('volumes', (state) => state.list.value);
  const count = volumes.filter(({ name }) => selected.includes(name)).length;
  const idle = count === 0 || starting;
  const idleWord = t(selected.length > 0 ? 'backup:toolbar.allOffline' : 'backup:toolbar.select');
  return (
    <div className="sf-toolbar sf-backup-toolbar" role="toolbar" aria-label={t('backup:title')} data-pane>
      <h1>{t('backup:title')}</h1>
      <TypeSelect value={type} onChange={setType} />
      <ModeSelect />
      <OptionsButton />
      {/* What is at the right stays where it is when the mode comes and goes. */}
      <span className="sf-grow" />
      <Button
        variant="default"
        id={ESTIMATE_BUTTON}
        disabled={count === 0}
        onClick={() => void backup.getState().estimate()}
      >
        {t('backup:toolbar.estimate')}
      </Button>
      <Button
        variant="subtle"
        color="gray"
        className="sf-icon-button sf-refresh"
        aria-label={t('backup:toolbar.refresh')}
        title={`${t('backup:toolbar.refresh')} (F5)`}
        onClick={() => void refreshVolumes()}
      >
        <IconRefresh size={15} aria-hidden />
      </Button>
      {onDetails ? (
        <Button
          variant="subtle"
          color="gray"
          className="sf-icon-button"
          aria-haspopup="dialog"
          aria-label={t('backup:toolbar.details')}
          title={t('backup:toolbar.details')}
          onClick={onDetails}
        >
          <IconLayoutSidebarRight size={16} aria-hidden />
        </Button>
      ) : null}
      {/* Not switched off for the browser: it keeps the focus when what was chosen runs. */}
      <Button
        aria-disabled={idle}
        data-disabled={idle}
        aria-busy={starting}
        onClick={() => {
          if (!idle) void backup.getState().start();
        }}
        className="sf-main-button"
      >
        {count === 0 ? idleWord : t('backup:toolbar.start', { count })}
      </Button>
    </div>
  );
}
