/** The columns of the list of images. */
import type { ReactNode } from 'react';
import type { ImageSummary } from '#contract';
import { Bytes } from '../../components/Bytes.tsx';
import { exactTime, relativeTime } from '../../i18n/instants.ts';
import { t } from '../../i18n/t.ts';
import { IMAGE_TYPE_WORDS } from '../../i18n/words.ts';
import type { SortKey } from '../../stores/image-choice.ts';
import { ConsistencyBadge } from './ConsistencyBadge.tsx';

export interface ImageColumn {
  key: SortKey;
  /** Right-aligned. */
  number: boolean;
  cell(image: ImageSummary, now: number): ReactNode;
}

function Stored({ image }: { image: ImageSummary }) {
  if (image.storedSize !== undefined) return <Bytes value={image.storedSize} />;
  return (
    <span className="sf-dim" title={t('restore:state.notComputed')}>
      –
    </span>
  );
}

/** Active, inactive or deleted. */
function State({ image: { active, deletedAt } }: { image: ImageSummary }) {
  if (deletedAt !== undefined) return <span title={t('restore:state.deletedHelp')}>{t('restore:state.deleted')}</span>;
  return (
    <span
      className={active ? undefined : 'sf-dim'}
      title={t(active ? 'restore:state.activeHelp' : 'restore:state.inactiveHelp')}
    >
      {t(active ? 'restore:state.active' : 'restore:state.inactive')}
    </span>
  );
}

export const IMAGE_COLUMNS: readonly ImageColumn[] = [
  {
    key: 'time',
    number: false,
    cell: (image, now) => (
      <time dateTime={image.time} title={relativeTime(image.time, now)}>
        {exactTime(image.time)}
      </time>
    ),
  },
  {
    key: 'imageType',
    number: false,
    cell: ({ origin, imageType }) =>
      origin === 'restic' ? <span title={t('restore:state.restic')}>restic</span> : IMAGE_TYPE_WORDS[imageType],
  },
  { key: 'consistency', number: false, cell: (image) => <ConsistencyBadge image={image} /> },
  { key: 'imageSize', number: true, cell: ({ imageSize }) => <Bytes value={imageSize} /> },
  { key: 'storedSize', number: true, cell: (image) => <Stored image={image} /> },
  { key: 'newSize', number: true, cell: ({ newSize }) => <Bytes value={newSize} /> },
  {
    key: 'active',
    number: false,
    cell: (image) => <State image={image} />,
  },
];
