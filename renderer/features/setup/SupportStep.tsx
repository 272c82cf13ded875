/** Help me configure Online Image Support. */
import { Button, Modal, Skeleton } from '@mantine/core';
import { IconCamera } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import type { ProviderSupport, SupportAction } from '#contract';
import { ErrorCard } from '../../components/ErrorCard.tsx';
import { SkeletonRows } from '../../components/SkeletonRows.tsx';
import { translateSentence } from '../../i18n/sentences/sentences.ts';
import { t } from '../../i18n/t.ts';
import { PROVIDER_WORDS } from '../../i18n/words.ts';
import { isFirstLoad } from '../../stores/loadable.ts';
import { useStores, useValue } from '../../stores/use-stores.ts';
import { volumeTitle } from '../backup/volume-tree.ts';
import { ProviderSupportCard } from './ProviderSupportCard.tsx';
import { SetupPage } from './SetupPage.tsx';
import { SupportRunNotice } from './SupportRunNotice.tsx';
import { candidatesOf } from './support-volumes.ts';
import { WizardButtons } from './WizardButtons.tsx';

interface Wish {
  support: ProviderSupport;
  action: SupportAction;
  command: string;
}

function Providers() {
  const { support } = useStores();
  const providers = useValue('support', (state) => state.providers);
  const run = useValue('support', (state) => state.run);
  const privileged = useValue('system', (state) => state.description.value?.privileged ?? false);
  const [wish, setWish] = useState<Wish | null>(null);
  if (isFirstLoad(providers, providers.value.length === 0)) return <SkeletonRows label={t('setup:support.loading')} />;
  const word = wish ? t(`support:action.${wish.action}`) : '';
  return (
    <>
      {providers.error ? <ErrorCard error={providers.error} /> : null}
      <ul className="sf-support-list" aria-label={t('setup:support.providers')}>
        {providers.value.map((one) => (
          <ProviderSupportCard
            key={one.provider}
            support={one}
            privileged={privileged}
            busy={run?.phase === 'running'}
            onAction={(action, command) => setWish({ support: one, action, command })}
          />
        ))}
      </ul>
      {run ? <SupportRunNotice run={run} /> : null}
      <Modal
        opened={wish !== null}
        onClose={() => setWish(null)}
        title={wish ? t('support:confirmTitle', { action: word, provider: PROVIDER_WORDS[wish.support.provider] }) : ''}
        closeButtonProps={{ 'aria-label': t('common:close') }}
        size={520}
      >
        {wish ? (
          <div className="sf-stack">
            <p>{t('support:confirm')}</p>
            <pre className="sf-command">{wish.command}</pre>
            <div className="sf-button-row end">
              <Button variant="default" data-autofocus onClick={() => setWish(null)}>
                {t('common:cancel')}
              </Button>
              <Button
                onClick={() => {
                  void support.getState().start(wish.support.provider, wish.action, wish.command);
                  setWish(null);
                }}
              >
                {word}
              </Button>
            </div>
          </div>
        ) : null}
      </Modal>
    </>
  );
}

function VolumeLine({ name }: { name: string }) {
  const answer = useValue('readiness', (state) => state.byVolume[name]);
  if (answer?.error) return <span className="sf-dim">{t('setup:support.notKnown')}</span>;
  const ready = answer?.value;
  if (!ready) return <Skeleton height={12} width={180} />;
  const by = ready.providers.find(({ provider }) => provider === ready.provider);
  return (
    <span>
      {by
        ? t('setup:support.snapshotBy', { provider: PROVIDER_WORDS[by.provider], method: translateSentence(by.method) })
        : t('setup:support.noSnapshot')}
    </span>
  );
}

function Volumes() {
  const { readiness } = useStores();
  const volumes = candidatesOf(useValue('volumes', (state) => state.list.value));
  const names = volumes.map((volume) => volume.name).join('\n');
  useEffect(() => {
    if (names !== '') void readiness.getState().ask(names.split('\n'));
  }, [names, readiness]);
  if (volumes.length === 0) return <p className="sf-dim">{t('setup:support.noVolumes')}</p>;
  return (
    <ul className="sf-support-volumes" aria-label={t('setup:support.volumes')}>
      {volumes.map((volume) => (
        <li key={volume.name}>
          <strong className="sf-clip" title={volume.name}>
            {volumeTitle(volume)}
          </strong>
          <span className="sf-dim sf-mono sf-clip" title={volume.mounts[0]?.mountPoint ?? volume.name}>
            {volume.mounts[0]?.mountPoint ?? volume.name}
          </span>
          <VolumeLine name={volume.name} />
        </li>
      ))}
    </ul>
  );
}

export function SupportStep() {
  const { support, setup } = useStores();
  useEffect(() => {
    void support.getState().refresh();
  }, [support]);
  return (
    <SetupPage wide step="support" icon={IconCamera} title={t('setup:support.title')} lead={t('setup:support.lead')}>
      <h2>{t('setup:support.volumes')}</h2>
      <Volumes />
      <h2>{t('setup:support.providers')}</h2>
      <Providers />
      <WizardButtons onBack={() => setup.getState().go('recovery')} onNext={() => setup.getState().go('firstBackup')} />
    </SetupPage>
  );
}
