/** Images as a grid that can be sorted; of ten thousand only those in sight exist. */
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import { memo, useMemo, useRef } from 'react';
import type { ImageSummary, RetentionDecision } from '#contract';
import { useVirtualRows } from '../../components/use-virtual-rows.ts';
import { t } from '../../i18n/t.ts';
import type { ImageOrder, SortKey } from '../../stores/image-choice.ts';
import type { Decisions } from '../../stores/retention-store.ts';
import { ImageRetention } from './ImageRetention.tsx';
import { IMAGE_COLUMNS } from './image-columns.tsx';

/** Pixels; the style sheet says the same. */
const ROW_HEIGHT = 50;
const HEAD_HEIGHT = 32;

interface ImageListProps {
  label: string;
  /** In the order in which they are shown. */
  images: readonly ImageSummary[];
  order: ImageOrder;
  selectedId: string | null;
  /** By image id; what is not in it is not known yet. */
  decisions: Decisions;
  now: number;
  onSort(key: SortKey): void;
  onSelect(id: string): void;
  onOpen(image: ImageSummary): void;
  onUndelete(id: string): void;
}

function Head({ order, onSort }: Pick<ImageListProps, 'order' | 'onSort'>) {
  const Arrow = order.descending ? IconChevronDown : IconChevronUp;
  const direction = order.descending ? 'descending' : 'ascending';
  return (
    <thead>
      <tr className="sf-image-row sf-tree-head" aria-rowindex={1}>
        {IMAGE_COLUMNS.map(({ key, number }) => (
          <th
            key={key}
            scope="col"
            aria-sort={order.by === key ? direction : undefined}
            className={number ? 'sf-number' : undefined}
          >
            <button type="button" className="sf-sort" title={t(`restore:columns.${key}`)} onClick={() => onSort(key)}>
              <span className="sf-clip">{t(`restore:columns.${key}`)}</span>
              {order.by === key ? <Arrow size={13} aria-hidden /> : null}
            </button>
          </th>
        ))}
        <th scope="col" className="sf-unseen">
          {t('restore:columns.retention')}
        </th>
      </tr>
    </thead>
  );
}

interface RowProps {
  image: ImageSummary;
  index: number;
  top: number;
  selected: boolean;
  active: boolean;
  decision: RetentionDecision | undefined;
  now: number;
  onSelect(id: string): void;
  onOpen(image: ImageSummary): void;
  onUndelete(id: string): void;
}

const Row = memo(function Row(props: RowProps) {
  const { image, index, top, selected, active, decision, now, onSelect, onOpen, onUndelete } = props;
  return (
    <tr
      className="sf-image-row"
      style={{ transform: `translateY(${top}px)` }}
      data-row={index}
      aria-rowindex={index + 2}
      aria-selected={selected}
      data-deleted={image.deletedAt !== undefined || undefined}
      tabIndex={active ? 0 : -1}
      onClick={() => onSelect(image.id)}
      onFocus={() => onSelect(image.id)}
      onDoubleClick={() => onOpen(image)}
    >
      {IMAGE_COLUMNS.map(({ key, number, cell }) => (
        <td key={key} className={number ? 'sf-number' : 'sf-clip'}>
          {cell(image, now)}
        </td>
      ))}
      <td className="sf-image-retention">
        <ImageRetention image={image} decision={decision} now={now} onUndelete={onUndelete} />
      </td>
    </tr>
  );
});

export function ImageList(props: ImageListProps) {
  const { label, images, order, selectedId, decisions, now, onSort, onSelect, onOpen, onUndelete } = props;
  const scroll = useRef<HTMLTableElement>(null);
  const selected = useMemo(() => images.findIndex((image) => image.id === selectedId), [images, selectedId]);
  const active = Math.max(0, selected);
  const rows = useVirtualRows({
    count: images.length,
    active,
    rowHeight: ROW_HEIGHT,
    headHeight: HEAD_HEIGHT,
    scroll,
    onMove: (index) => {
      const next = images[index];
      if (next) onSelect(next.id);
    },
    onKey: (index, key) => {
      const image = images[index];
      if (image && key === ' ') onSelect(image.id);
      if (image && key === 'Enter') onOpen(image);
      return key === ' ' || key === 'Enter';
    },
  });
  return (
    <table
      ref={scroll}
      {...rows.container}
      aria-label={label}
      aria-colcount={IMAGE_COLUMNS.length + 1}
      className="sf-images"
      data-pane
    >
      <Head order={order} onSort={onSort} />
      <tbody className="sf-image-rows" style={{ height: rows.totalHeight }}>
        {rows.items.map((item) => {
          const image = images[item.index];
          if (!image) return null;
          return (
            <Row
              key={image.id}
              image={image}
              index={item.index}
              top={rows.topOf(item)}
              selected={item.index === selected}
              active={item.index === active}
              decision={decisions[image.id]}
              now={now}
              onSelect={onSelect}
              onOpen={onOpen}
              onUndelete={onUndelete}
            />
          );
        })}
      </tbody>
    </table>
  );
}
