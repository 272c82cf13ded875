/** Images as a grid that can be sorted; of ten thousand only those in sight exist. */
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import { memo, useMemo, useRef } from 'react';
import type { ImageSummary } from '#contract';
import { useVirtualRows } from '../../components/use-virtual-rows.ts';
import { t } from '../../i18n/t.ts';
import type { ImageOrder, SortKey } from '../../stores/image-choice.ts';
import { IMAGE_COLUMNS } from './image-columns.tsx';

/** Pixels; the style sheet says the same. */
const ROW_HEIGHT = 32;

interface ImageListProps {
  label: string;
  /** In the order in which they are shown. */
  images: readonly ImageSummary[];
  order: ImageOrder;
  selectedId: string | null;
  now: number;
  onSort(key: SortKey): void;
  onSelect(id: string): void;
  onOpen(image: ImageSummary): void;
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
  now: number;
  onSelect(id: string): void;
  onOpen(image: ImageSummary): void;
}

const Row = memo(function Row({ image, index, top, selected, active, now, onSelect, onOpen }: RowProps) {
  return (
    <tr
      className="sf-image-row"
      style={{ transform: `translateY(${top}px)` }}
      data-row={index}
      aria-rowindex={index + 2}
      aria-selected={selected}
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
    </tr>
  );
});

export function ImageList({ label, images, order, selectedId, now, onSort, onSelect, onOpen }: ImageListProps) {
  const scroll = useRef<HTMLTableElement>(null);
  const selected = useMemo(() => images.findIndex((image) => image.id === selectedId), [images, selectedId]);
  const active = Math.max(0, selected);
  const rows = useVirtualRows({
    count: images.length,
    active,
    rowHeight: ROW_HEIGHT,
    headHeight: ROW_HEIGHT,
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
      aria-colcount={IMAGE_COLUMNS.length}
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
              now={now}
              onSelect={onSelect}
              onOpen={onOpen}
            />
          );
        })}
      </tbody>
    </table>
  );
}
