/** A block map with what stands in its place before it is there, of the same height, so that nothing moves. */
import { Skeleton } from '@mantine/core';
import type { ReactNode } from 'react';
import { BlockMap, type BlockMapProps } from '../../components/block-map/BlockMap.tsx';
import { ErrorCard } from '../../components/ErrorCard.tsx';
import type { ShownMap } from '../../stores/block-codec.ts';
import type { Loadable } from '../../stores/loadable.ts';
import './blocks.css';

interface BlocksPlaceProps extends Omit<BlockMapProps, 'states' | 'version' | 'gridBytes' | 'sizeBytes'> {
  map: Loadable<ShownMap | null> | undefined;
  /** What is said while it is on its way. */
  loading: string;
  /** Helps where the map could not be had. */
  action?: ReactNode;
}

export function BlocksPlace({ map, loading, action, ...look }: BlocksPlaceProps) {
  if (map?.value) {
    const { states, version, gridBytes, sizeBytes } = map.value;
    return <BlockMap {...look} states={states} version={version} gridBytes={gridBytes} sizeBytes={sizeBytes} />;
  }
  if (map?.error) return <ErrorCard error={map.error} action={action} />;
  const height = look.height ?? 120;
  return (
    <div className="sf-blocks-place" role="status" aria-label={loading}>
      <Skeleton height={height + 10} radius={6} />
      <div className="sf-blocks-place-line">
        <Skeleton height={10} width="60%" radius={3} />
      </div>
      {look.legend === false ? null : (
        <div className="sf-blocks-place-legend">
          <Skeleton height={10} radius={3} />
          <Skeleton height={10} width="80%" radius={3} />
        </div>
      )}
    </div>
  );
}
