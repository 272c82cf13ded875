/** The wizard's last page: what to back up first. */
import { Button, Checkbox } from '@mantine/core';
import { IconArrowBarUp } from '@tabler/icons-react';
import { useState } from 'react';
import type { Volume } from '#contract';
import { formatBytes } from '../../i18n/quantities.ts';
import { t } from '../../i18n/t.ts';
import { useStores, useValue } from '../../stores/use-stores.ts';
import { volumeTitle } from '../backup/volume-tree.ts';
import { SetupPage } from './SetupPage.tsx';
import { candidatesOf } from './support-volumes.ts';
import { WizardButtons } from './WizardButtons.tsx';

function factsOf(volume: Volume): string {
  const { usedBytes, sizeBytes, fsType, mounts, system } = volume;
  const space =
    usedBytes === undefined
      ? formatBytes(sizeBytes)
      : t('setup:first.used', { used: formatBytes(usedBytes), size: formatBytes(sizeBytes) });
  return [
    volume.name,
    fsType,
    space,
    mounts[0]?.mountPoint,
    system ? t('setup:first.system') : undefined,
    !system && mounts.length > 0 ? t('setup:first.inUse') : undefined,
  ]
    .filter(Boolean)
    .join(' · ');
}

export function FirstBackupStep() {
  const { backup, setup, ui } = useStores();
  const volumes = candidatesOf(useValue('volumes', (state) => state.list.value));
  const [chosen, setChosen] = useState<readonly string[]>([]);

  function start(): void {
    const { selected, choose, setType } = backup.getState();
    choose(selected, false);
    setType('image');
    choose(chosen, true);
    setup.getState().finish();
    ui.getState().show('backup');
    void backup.getState().start();
  }

  return (
    <SetupPage
      wide
      step="firstBackup"
      icon={IconArrowBarUp}
      title={t('setup:first.title')}
      lead={t('setup:first.lead')}
    >
      {volumes.length === 0 ? <p className="sf-dim">{t('setup:first.none')}</p> : null}
      <fieldset className="sf-first-volumes">
        <legend className="sf-unseen">{t('setup:first.candidates')}</legend>
        {volumes.map((volume) => (
          <Checkbox
            key={volume.name}
            label={volumeTitle(volume)}
            description={factsOf(volume)}
            checked={chosen.includes(volume.name)}
            onChange={(event) =>
              setChosen(
                event.currentTarget.checked ? [...chosen, volume.name] : chosen.filter((name) => name !== volume.name),
              )
            }
          />
        ))}
      </fieldset>
      <WizardButtons onBack={() => setup.getState().go('support')}>
        <Button disabled={chosen.length === 0} onClick={start}>
          {chosen.length === 0 ? t('setup:first.startNone') : t('setup:first.start', { count: chosen.length })}
        </Button>
      </WizardButtons>
    </SetupPage>
  );
}
