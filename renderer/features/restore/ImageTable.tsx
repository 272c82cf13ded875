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
    images.map((image) => image.id),
    (id, key) => {
      if (key === ' ') onSelect(id);
      const image = images.find((each) => each.id === id);
      if (key === 'Enter' && image) restore.getState().begin(image);
      return key === ' ' || key === 'Enter';
    },
  );
  return (
    <div role="grid" aria-label="Images" className="sf-images" data-pane {...roving.container}>
      <div role="rowgroup">
        <div role="row" className="sf-image-row sf-tree-head">
          <div role="columnheader">Date</div>
          <div role="columnheader">Type</div>
          <div role="columnheader">Consistency</div>
          <div role="columnheader" className="sf-number">
            Size
          </div>
          <div role="columnheader" className="sf-number">
            New
          </div>
          <div role="columnheader">Mode</div>
        </div>
      </div>
      <div role="rowgroup">
        {images.map((image) => (
          <div
            key={image.id}
            role="row"
            className="sf-image-row"
            aria-selected={image.id === selectedId}
            onClick={() => onSelect(image.id)}
            onFocus={() => onSelect(image.id)}
            onDoubleClick={() => restore.getState().begin(image)}
            {...roving.row(image.id)}
          >
            <div role="gridcell" className="sf-clip">
              <Ago instant={image.time} now={now} />
            </div>
            <div role="gridcell" className="sf-clip">
              {IMAGE_TYPE_WORDS[image.imageType]}
            </div>
            <div role="gridcell" className="sf-badges">
              <ConsistencyBadge image={image} />
              {image.unreadableBytes > 0 ? (
                <StatusBadge
                  icon={IconAlertTriangle}
                  tone="warn"
                  word="unreadable"
                  hint={`${formatBytes(image.unreadableBytes)} could not be read and are stored as zeros`}
                />
              ) : null}
            </div>
            <div role="gridcell" className="sf-number">
              <Bytes value={image.imageSize} />
            </div>
            <div role="gridcell" className="sf-number">
              <Bytes value={image.newSize} />
            </div>
            <div role="gridcell" className="sf-clip">
              {image.origin === 'restic' ? 'restic' : MODE_WORDS[image.mode]}
            </div>
          </div>
        ))}
      </div>
    </div>
  );
}
