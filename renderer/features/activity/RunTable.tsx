/** All chosen runs, newest first; thousands of them, of which only the visible rows exist. */
import { memo, useMemo, useRef, useState } from 'react';
import type { RunSummary } from '#contract';
import { Ago } from '../../components/Ago.tsx';
import { Bytes } from '../../components/Bytes.tsx';
import { useVirtualRows } from '../../components/use-virtual-rows.ts';
import { formatDuration } from '../../i18n/quantities.ts';
import { t } from '../../i18n/t.ts';
import { TASK_KIND_WORDS } from '../../i18n/words.ts';
import { RunStateBadge } from './RunStateBadge.tsx';

const ROW_HEIGHT = 32;
const HEAD_HEIGHT = 32;

/** How long it took, or has taken so far. */
export function secondsOf(run: RunSummary, nowMs: number): number {
  if (run.finishedAt !== undefined) return run.elapsedSeconds;
  // The window looks at the clock less often than it is told about a run.
  return Math.max(run.elapsedSeconds, (nowMs - Date.parse(run.startedAt)) / 1000);
}

function Amount({ bytes }: { bytes: number }) {
  return bytes === 0 ? <span className="sf-dim">{t('activity:table.nothing')}</span> : <Bytes value={bytes} />;
}

const Cells = memo(function Cells({ run, now }: { run: RunSummary; now: number }) {
  return (
    <>
      <td className="sf-badges">
        <RunStateBadge run={run} />
      </td>
      <td className="sf-clip" title={TASK_KIND_WORDS[run.kind]}>
        {TASK_KIND_WORDS[run.kind]}
      </td>
      <td className="sf-clip" title={run.subject}>
        {run.subject}
      </td>
      <td className="sf-clip">
        <Ago instant={run.startedAt} now={now} />
      </td>
      <td className="sf-number">{formatDuration(secondsOf(run, now))}</td>
      <td className="sf-number">
        <Amount bytes={run.readBytes} />
      </td>
      <td className="sf-number">
        <Amount bytes={run.storedBytes} />
      </td>
    </>
  );
});

interface RunTableProps {
  runs: readonly RunSummary[];
  selectedId: string | null;
  now: number;
  onSelect(id: string): void;
}

export function RunTable({ runs, selectedId, now, onSelect }: RunTableProps) {
  const container = useRef<HTMLTableElement>(null);
  // The row that had the focus last stays in the tab order when its details are closed.
  const [rememberedId, setRememberedId] = useState<string | null>(null);
  const indexes = useMemo(() => new Map(runs.map(({ id }, index) => [id, index])), [runs]);
  const active = indexes.get(rememberedId ?? '') ?? indexes.get(selectedId ?? '') ?? 0;
  const visit = (id: string): void => {
    setRememberedId(id);
    onSelect(id);
  };
  const rows = useVirtualRows({
    count: runs.length,
    active,
    rowHeight: ROW_HEIGHT,
    headHeight: HEAD_HEIGHT,
    scroll: container,
    onMove: (index) => {
      const run = runs[index];
      if (run) visit(run.id);
    },
    onKey: () => false,
  });
  return (
    <table ref={container} {...rows.container} className="sf-runs" aria-label={t('activity:table.label')} data-pane>
      <thead>
        <tr className="sf-run-row sf-run-head" aria-rowindex={1}>
          <th scope="col">{t('activity:table.status')}</th>
          <th scope="col">{t('activity:table.kind')}</th>
          <th scope="col">{t('activity:table.subject')}</th>
          <th scope="col">{t('activity:table.started')}</th>
          <th scope="col" className="sf-number">
            {t('activity:table.duration')}
          </th>
          <th scope="col" className="sf-number">
            {t('activity:table.read')}
          </th>
          <th scope="col" className="sf-number">
            {t('activity:table.stored')}
          </th>
        </tr>
      </thead>
      <tbody style={{ height: rows.totalHeight }}>
        {rows.items.map((item) => {
          const { index } = item;
          const run = runs[index];
          if (!run) return null;
          return (
            <tr
              key={run.id}
              className="sf-run-row"
              style={{ transform: `translateY(${rows.topOf(item)}px)` }}
              data-row={index}
              aria-rowindex={index + 2}
              aria-selected={run.id === selectedId}
              tabIndex={index === active ? 0 : -1}
              onClick={() => onSelect(run.id)}
              onFocus={() => visit(run.id)}
            >
              <Cells run={run} now={now} />
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
