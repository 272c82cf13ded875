/** Asks every provider of this platform about a volume. */
import type { ProviderReadiness, SnapshotReadiness, Volume } from '#contract';
import { chooseProvider, type LadderSettings } from './ladder.ts';
import type { CacheRequest } from './provider.ts';
import { PROVIDERS } from './registry.ts';

/** Best first; NONE is not among them. `CANCELLED`. */
export async function askProviders(
  volume: Volume,
  cache: CacheRequest,
  signal?: AbortSignal,
): Promise<ProviderReadiness[]> {
  const present = PROVIDERS.flatMap(({ provider }) =>
    provider?.capabilities.snapshots && provider.capabilities.platforms.includes(process.platform) ? [provider] : [],
  );
  return Promise.all(present.map((provider) => provider.readiness(volume, cache, signal)));
}

/** The answer for people: what each says, and what would be done. */
export function describeReadiness(
  volume: Volume,
  providers: ProviderReadiness[],
  settings: Pick<LadderSettings, 'snapshotProviderImage' | 'failover'>,
): SnapshotReadiness {
  const choose = (imageType?: 'snapshot') => {
    try {
      return chooseProvider({ volume, settings: { ...settings, imageType, failover: true }, readiness: providers });
    } catch {
      // Lacks space, or another platform's provider is configured: it says so when it is asked for.
      return undefined;
    }
  };
  return {
    volume: volume.name,
    providers,
    provider: choose('snapshot')?.provider ?? 'NONE',
    failover: settings.failover,
    defaultImageType: choose()?.imageType ?? 'static',
  };
}
