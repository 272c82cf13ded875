/** The images of one volume, newest first, as a grid. */
import { IconAlertTriangle, IconCircleCheck, IconHelpCircle } from '@tabler/icons-react';
import type { Consistency, ImageSummary } from '#contract';
import { Ago } from '../../components/Ago.tsx';
import { Bytes } from '../../components/Bytes.tsx';
import { StatusBadge } from '../../components/StatusBadge.tsx';
import { useRovingRows } from '../../components/use-roving-rows.ts';
import { formatBytes } from '../../i18n/quantities.ts';
import { CONSISTENCY_HELP, CONSISTENCY_SHORT, IMAGE_TYPE_WORDS, MODE_WORDS } from '../../i18n/words.ts';
import { useStores } from '../../stores/use-stores.ts';

interface ImageTableProps {
  images: readonly ImageSummary[];
  selectedId: string | null;
  now: number;
  onSelect(id: string): void;
}

const LOOKS = {
  application: { icon: IconCircleCheck, tone: 'ok' },
  filesystem: { icon: IconCircleCheck, tone: 'ok' },
  crash: { icon: IconHelpCircle, tone: 'info' },
  fuzzy: { icon: IconAlertTriangle, tone: 'warn' },
} as const satisfies Record<Consistency, object>;

function ConsistencyBadge({ image }: { image: ImageSummary }) {
  const { icon, tone } = LOOKS[image.consistency];
  return (
    <StatusBadge
      icon={icon}
      tone={tone}
      word={CONSISTENCY_SHORT[image.consistency]}
      hint={CONSISTENCY_HELP[image.consistency]}
    />
  );
}

export function ImageTable({ images, selectedId, now, onSelect }: ImageTableProps) {
  const { restore } = useStores();
  const roving = useRovingRows(
    'grid',
    images.map((image) => image.id),
    (id, key) => {
      if (key === ' ') onSelect(id);
      const image = images.find((each) => each.id === id);
      if (key === 'Enter' && image) restore.getState().begin(image);
      return key === ' ' || key === 'Enter';
    },
  );
  return (
    <table aria-label="Images" className="sf-images" data-pane {...roving.container}>
      <thead>
        <tr className="sf-image-row sf-tree-head">
          <th scope="col">Date</th>
          <th scope="col">Type</th>
          <th scope="col">Consistency</th>
          <th scope="col" className="sf-number">
            Size
          </th>
          <th scope="col" className="sf-number">
            New
          </th>
          <th scope="col">Mode</th>
        </tr>
      </thead>
      <tbody>
        {images.map((image) => (
          <tr
            key={image.id}
            className="sf-image-row"
            aria-selected={image.id === selectedId}
            onClick={() => onSelect(image.id)}
            onFocus={() => onSelect(image.id)}
            onDoubleClick={() => restore.getState().begin(image)}
            {...roving.row(image.id)}
          >
            <td className="sf-clip">
              <Ago instant={image.time} now={now} />
            </td>
            <td className="sf-clip">{IMAGE_TYPE_WORDS[image.imageType]}</td>
            <td className="sf-badges">
              <ConsistencyBadge image={image} />
              {image.unreadableBytes > 0 ? (
                <StatusBadge
                  icon={IconAlertTriangle}
                  tone="warn"
                  word="unreadable"
                  hint={`${formatBytes(image.unreadableBytes)} could not be read and are stored as zeros`}
                />
              ) : null}
            </td>
            <td className="sf-number">
              <Bytes value={image.imageSize} />
            </td>
            <td className="sf-number">
              <Bytes value={image.newSize} />
            </td>
            <td className="sf-clip">{image.origin === 'restic' ? 'restic' : MODE_WORDS[image.mode]}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
