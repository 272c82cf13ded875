/**
 * What became of every block of a volume, as cells. A cell that stands for several blocks shows the most telling of
 * their states, paler where only a part of it is in that state. Its position can be moved with the keyboard like a
 * slider's; the line below says what lies there, and the legend says it all in numbers.
 */
import { type KeyboardEvent, type PointerEvent, useLayoutEffect, useRef, useState } from 'react';
import { BLOCK_STATES, type BlockState } from '#contract';
import { exactBytes, formatBytes } from '../../i18n/quantities.ts';
import { t } from '../../i18n/t.ts';
import { BlockLegend, type StateHelp } from './BlockLegend.tsx';
import { bytesOfCell, cellWords, lastStateOf, type StateWords } from './cell-words.ts';
import { type CanvasView, LiveCanvas } from './live-canvas.ts';
import { bytesInState } from './map-cells.ts';
import { cellAfterKey, cellAt, type MapLayout } from './map-layout.ts';
import './block-map.css';

export interface BlockMapProps {
  /** One byte a block: an index into the contract's `BLOCK_STATES`. */
  states: Uint8Array;
  /** Another number whenever `states` were changed in place. */
  version: number;
  /** Bytes of a block; the last one may be shorter. */
  gridBytes: number;
  sizeBytes: number;
  /** What the map is of. */
  label: string;
  /** CSS pixels; default 120. */
  height?: number;
  words?: StateWords;
  help?: StateHelp;
  /** States in the legend, in this order. */
  shown?: readonly BlockState[];
  /** Nothing changes any more: states that the map has nothing of are left out of the legend. */
  still?: boolean;
  /** False where something else names the colours and says how much there is of each. */
  legend?: boolean;
}

/** The order of the legend: what a run does first, then what it leaves alone. */
const SHOWN: readonly BlockState[] = [
  ...(['stored', 'deduplicated', 'zero', 'unreadable'] as const),
  ...(['used', 'changed', 'unchanged', 'free'] as const),
];

/** The frame around a cell. */
function Cursor({ cell, view }: { cell: number; view: CanvasView }) {
  const { columns, pitch, gap } = view.layout;
  const side = (pitch - gap) / view.scale;
  const left = ((cell % columns) * pitch) / view.scale;
  const top = (Math.floor(cell / columns) * pitch) / view.scale;
  return <span className="sf-blocks-cursor" style={{ left, top, width: side, height: side }} aria-hidden />;
}

function sizeOfCell({ cellCount, blockCount }: MapLayout, sizeBytes: number, gridBytes: number): string {
  return cellCount === blockCount
    ? t('blocks:cellBlock', { size: formatBytes(gridBytes) })
    : t('blocks:cell', { size: formatBytes(Math.round(sizeBytes / cellCount)) });
}

export function BlockMap(props: BlockMapProps) {
  const { states, version, gridBytes, sizeBytes, label, height = 120 } = props;
  const { words = 'state', help = 'help', shown = SHOWN, still = false, legend = true } = props;
  const canvas = useRef<HTMLCanvasElement>(null);
  const live = useRef<LiveCanvas>(null);
  const [view, setView] = useState<CanvasView>();
  const [position, setPosition] = useState(0);
  const [pointed, setPointed] = useState<number>();
  const [focused, setFocused] = useState(false);

  useLayoutEffect(() => {
    if (canvas.current === null) return;
    const own = new LiveCanvas(canvas.current, setView);
    live.current = own;
    return () => own[Symbol.dispose]();
  }, []);
  // In the same frame as the canvas itself: nobody sees an empty one.
  useLayoutEffect(() => live.current?.show(states, version), [states, version]);

  const layout = view?.layout;
  const current = Math.min(position, Math.max(0, (layout?.cellCount ?? 1) - 1));
  const marked = pointed ?? (focused ? current : undefined);
  const volume = { states, sizeBytes, gridBytes };
  const wordsOf = (cell: number) => (layout && states.length > 0 ? cellWords(layout, cell, volume, words) : '');

  function cellUnder(event: PointerEvent<HTMLCanvasElement>): number | undefined {
    if (!view) return undefined;
    const { left, top } = event.currentTarget.getBoundingClientRect();
    return cellAt(view.layout, (event.clientX - left) * view.scale, (event.clientY - top) * view.scale);
  }

  function onKeyDown(event: KeyboardEvent): void {
    const next = layout && cellAfterKey(layout, current, event.key);
    if (next === undefined) return;
    event.preventDefault();
    setPointed(undefined);
    setPosition(next);
  }

  function exactRange(cell: number): string {
    if (!layout) return '';
    const { startBytes, endBytes } = bytesOfCell(layout, cell, volume);
    return t('blocks:range', { from: exactBytes(startBytes), to: exactBytes(endBytes) });
  }

  const lastState = lastStateOf(states);
  const bytes = BLOCK_STATES.map((_, state) =>
    bytesInState(view?.totals ?? [], state, { sizeBytes, gridBytes, blockCount: states.length, lastState }),
  );
  return (
    <div className="sf-blocks">
      <div className="sf-blocks-ground">
        <canvas
          ref={canvas}
          className="sf-blocks-canvas"
          style={{ height }}
          tabIndex={0}
          role="slider"
          aria-label={label}
          aria-roledescription={t('blocks:map')}
          aria-valuemin={0}
          aria-valuemax={Math.max(0, (layout?.cellCount ?? 1) - 1)}
          aria-valuenow={current}
          aria-valuetext={wordsOf(current)}
          onKeyDown={onKeyDown}
          onFocus={() => setFocused(true)}
          onBlur={() => setFocused(false)}
          onPointerMove={(event) => setPointed(cellUnder(event))}
          onPointerDown={(event) => setPosition(cellUnder(event) ?? current)}
          onPointerLeave={() => setPointed(undefined)}
        />
        {view && marked !== undefined && marked < view.layout.cellCount ? <Cursor cell={marked} view={view} /> : null}
      </div>
      <p className="sf-blocks-line">
        {marked === undefined ? (
          <span className="sf-clip">{t('blocks:hint')}</span>
        ) : (
          <span className="sf-clip sf-blocks-here" title={`${wordsOf(marked)}\n${exactRange(marked)}`}>
            {wordsOf(marked)}
          </span>
        )}
        <span className="sf-nowrap">{layout ? sizeOfCell(layout, sizeBytes, gridBytes) : ''}</span>
      </p>
      {legend ? (
        <BlockLegend
          shown={still ? shown.filter((state) => bytes[BLOCK_STATES.indexOf(state)] !== 0) : shown}
          bytes={bytes}
          words={words}
          help={help}
        />
      ) : null}
    </div>
  );
}
