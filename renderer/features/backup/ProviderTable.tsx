/** What every snapshot provider says about one volume. */
import { Button } from '@mantine/core';
import { IconCircleCheck, IconCircleMinus, IconHandStop, IconHistory } from '@tabler/icons-react';
import type { ProviderReadiness, SnapshotProvider } from '#contract';
import { Sentence } from '../../components/Sentence.tsx';
import { SpaceNeed } from '../../components/SpaceNeed.tsx';
import { StatusBadge } from '../../components/StatusBadge.tsx';
import { t } from '../../i18n/t.ts';
import { PROVIDER_WORDS } from '../../i18n/words.ts';

/** What one should know about a provider before taking it. */
export function ProviderBadges({ provider }: { provider: ProviderReadiness }) {
  return (
    <>
      {provider.blocksWriters ? (
        <StatusBadge
          icon={IconHandStop}
          tone="warn"
          word={t('backup:providers.writersWait')}
          hint={t('backup:providers.writersWaitHint')}
        />
      ) : null}
      {provider.tracksChanges ? (
        <StatusBadge
          icon={IconHistory}
          word={t('backup:providers.tracksChanges')}
          hint={t('backup:providers.tracksChangesHint')}
        />
      ) : null}
    </>
  );
}

interface ProviderTableProps {
  volume: string;
  providers: readonly ProviderReadiness[];
  /** The one that the image would be made with. */
  taken?: SnapshotProvider | undefined;
  onUse?: ((provider: SnapshotProvider) => void) | undefined;
}

export function ProviderTable({ volume, providers, taken, onUse }: ProviderTableProps) {
  return (
    <table className="sf-providers" aria-label={t('backup:providers.table', { volume })}>
      <thead>
        <tr>
          <th scope="col">{t('backup:providers.provider')}</th>
          <th scope="col">{t('backup:providers.state')}</th>
          <th scope="col">{t('backup:providers.how')}</th>
          <th scope="col">{t('backup:providers.space')}</th>
        </tr>
      </thead>
      <tbody>
        {providers.map((one) => (
          <tr key={one.provider}>
            <th scope="row">
              {PROVIDER_WORDS[one.provider]} <span className="sf-mono sf-dim">{one.provider}</span>
            </th>
            <td>
              {one.ready ? (
                <StatusBadge
                  icon={IconCircleCheck}
                  tone="ok"
                  word={t(one.provider === taken ? 'backup:providers.taken' : 'backup:providers.ready')}
                />
              ) : (
                <StatusBadge icon={IconCircleMinus} word={t('backup:providers.notPossible')} />
              )}
            </td>
            <td>
              <span className="sf-provider-says">
                <span>
                  <Sentence text={one.ready ? one.method : `${one.reason} ${one.remedy}`.trim()} />
                </span>
                <ProviderBadges provider={one} />
                {onUse && one.ready && one.provider !== taken ? (
                  <Button
                    variant="default"
                    size="compact-xs"
                    aria-label={t('backup:providers.useFor', { provider: PROVIDER_WORDS[one.provider], volume })}
                    onClick={() => onUse(one.provider)}
                  >
                    {t('backup:providers.use')}
                  </Button>
                ) : null}
              </span>
            </td>
            <td>{one.space ? <SpaceNeed {...one.space} /> : <span className="sf-dim">–</span>}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
