/** Image ⊃ used ⊃ stored ⊃ new, drawn to one scale. */

import { t } from '../i18n/t.ts';
import { Bytes } from './Bytes.tsx';

interface SizeBarProps {
  imageSize: number;
  usedSize: number;
  storedSize: number | undefined;
  newSize: number;
}

export function SizeBar({ imageSize, usedSize, storedSize, newSize }: SizeBarProps) {
  const rows = [
    { name: t('size.image'), value: imageSize, colour: 'var(--sf-free)' },
    { name: t('size.used'), value: usedSize, colour: 'var(--sf-used)' },
    ...(storedSize === undefined
      ? []
      : [{ name: t('size.stored'), value: storedSize, colour: 'var(--sf-deduplicated)' }]),
    { name: t('size.new'), value: newSize, colour: 'var(--sf-stored)' },
  ];
  const scale = Math.max(1, ...rows.map((row) => row.value));
  return (
    <dl className="sf-sizebar">
      {rows.map((row) => (
        <div className="sf-sizebar-row" key={row.name}>
          <dt>{row.name}</dt>
          <dd className="sf-sizebar-track" aria-hidden>
            <div
              className="sf-sizebar-fill"
              style={{ width: `${(row.value / scale) * 100}%`, background: row.colour }}
            />
          </dd>
          <dd>
            <Bytes value={row.value} />
          </dd>
        </div>
      ))}
    </dl>
  );
}
