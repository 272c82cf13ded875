/** The volumes that have images, and the search over all images. */
import { ActionIcon, TextInput } from '@mantine/core';
import { IconSearch, IconX } from '@tabler/icons-react';
import { Ago } from '../../components/Ago.tsx';
import { t } from '../../i18n/t.ts';
import type { Stores } from '../../stores/create-stores.ts';
import type { VolumeImages } from '../../stores/image-choice.ts';
import { useStores, useValue } from '../../stores/use-stores.ts';

interface VolumeListProps {
  groups: readonly VolumeImages[];
  shown: string | null;
  now: number;
  onShow(volume: string): void;
}

/** The button that does it goes away: the field has the focus then. */
export function clearSearch(images: Stores['images']): void {
  images.getState().setQuery('');
  document.querySelector<HTMLElement>('.sf-volume-search input')?.focus();
}

function Search() {
  const { images } = useStores();
  const query = useValue('images', (state) => state.query);
  const { setQuery } = images.getState();
  return (
    <TextInput
      className="sf-volume-search"
      aria-label={t('restore:volumes.search')}
      placeholder={t('restore:volumes.search')}
      title={t('restore:volumes.searchHint')}
      leftSection={<IconSearch size={14} aria-hidden />}
      rightSection={
        query === '' ? null : (
          <ActionIcon size={22} aria-label={t('restore:volumes.clear')} onClick={() => clearSearch(images)}>
            <IconX size={13} aria-hidden />
          </ActionIcon>
        )
      }
      value={query}
      maxLength={200}
      spellCheck={false}
      onChange={(event) => setQuery(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || query === '') return;
        event.stopPropagation();
        setQuery('');
      }}
    />
  );
}

export function VolumeList({ groups, shown, now, onShow }: VolumeListProps) {
  return (
    <nav className="sf-volumes" aria-label={t('restore:volumes.label')} data-pane>
      <Search />
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
                <span className="sf-small sf-dim">
                  {t('restore:volumes.count', { count: images.length })}
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
