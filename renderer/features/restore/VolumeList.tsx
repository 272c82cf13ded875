/** The volumes that have images. */
import type { ImageSummary } from '#contract';
import { Ago } from '../../components/Ago.tsx';
import { countOf } from '../../i18n/quantities.ts';

interface VolumeListProps {
  groups: readonly { volume: string; images: readonly ImageSummary[] }[];
  shown: string | null;
  now: number;
  onShow(volume: string): void;
}

export function VolumeList({ groups, shown, now, onShow }: VolumeListProps) {
  return (
    <nav className="sf-volumes" aria-label="Volumes with images" data-pane>
      <ul>
        {groups.map(({ volume, images }) => {
          const newest = images[0];
          const label = newest?.fsLabel ? newest.fsLabel : (volume.split('/').at(-1) ?? volume);
          return (
            <li key={volume}>
              <button
                type="button"
                aria-current={volume === shown ? 'true' : undefined}
                title={volume}
                onClick={() => onShow(volume)}
              >
                <span className="sf-clip">{label}</span>
                <span className="sf-clip sf-mono sf-dim">{volume}</span>
                <span className="sf-clip sf-small sf-dim">
                  {countOf(images.length, 'image')}
                  {newest ? (
                    <>
                      , <Ago instant={newest.time} now={now} />
                    </>
                  ) : null}
                </span>
              </button>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
