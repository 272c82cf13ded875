/** What `query volume VOLUME -detail` says about snapshots. */
import type { ProviderReadiness, SnapshotReadiness } from '#contract';
import { formatBytes } from '../figures.ts';
import { formatPairs } from '../text-table.ts';

/** One line a provider, with the remedy of those that do not work. */
export function readinessLines({ volume, provider, providers, failover }: SnapshotReadiness): string[] {
  const taken =
    provider === 'NONE'
      ? `none; a snapshot image ${failover ? 'becomes a static image' : 'does not start (snapshotfailover no)'}`
      : `${provider} for a snapshot image`;
  return [
    `Snapshots of ${volume}: ${taken}`,
    ...formatPairs(
      providers.map((one) => [one.provider, answer(one)] as const),
      '  ',
    ),
    '',
  ];
}

function answer({ ready, method, reason, remedy, space, blocksWriters }: ProviderReadiness): string {
  const room = space ? ` Needs ${formatBytes(space.neededBytes)}, has ${formatBytes(space.presentBytes)}.` : '';
  if (!ready) return [reason, remedy].filter((text) => text !== '').join(' ') + room;
  return `ready: ${method}${blocksWriters ? '; programs cannot write meanwhile' : ''}.${room}`;
}
