/** What every snapshot provider says about one volume. */
import { Button } from '@mantine/core';
import { IconCircleCheck, IconCircleMinus, IconHandStop, IconHistory } from '@tabler/icons-react';
import type { ProviderReadiness, SnapshotProvider } from '#contract';
import { Sentence } from '../../components/Sentence.tsx';
import { SpaceNeed } from '../../components/SpaceNeed.tsx';
import { StatusBadge } from '../../components/StatusBadge.tsx';
import { PROVIDER_WORDS } from '../../i18n/words.ts';

/** What one should know about a provider before taking it. */
export function ProviderBadges({ provider }: { provider: ProviderReadiness }) {
  return (
    <>
      {provider.blocksWriters ? (
        <StatusBadge
          icon={IconHandStop}
          tone="warn"
          word="writers wait"
          hint="Programs on the volume cannot write while the image is taken"
        />
      ) : null}
      {provider.tracksChanges ? (
        <StatusBadge icon={IconHistory} word="tracks changes" hint="Later runs can read only what changed" />
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
    <table className="sf-providers" aria-label={`Snapshot providers of ${volume}`}>
      <thead>
        <tr>
          <th scope="col">Provider</th>
          <th scope="col">State</th>
          <th scope="col">How, or why not</th>
          <th scope="col">Snapshot space</th>
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
                <StatusBadge icon={IconCircleCheck} tone="ok" word={one.provider === taken ? 'taken' : 'ready'} />
              ) : (
                <StatusBadge icon={IconCircleMinus} word="not possible" />
              )}
            </td>
            <td>
              <span className="sf-provider-says">
                <span>{one.ready ? one.method : <Sentence text={`${one.reason} ${one.remedy}`.trim()} />}</span>
                <ProviderBadges provider={one} />
                {onUse && one.ready && one.provider !== taken ? (
                  <Button
                    variant="default"
                    size="compact-xs"
                    aria-label={`Use ${PROVIDER_WORDS[one.provider]} for ${volume}`}
                    onClick={() => onUse(one.provider)}
                  >
                    Use
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
