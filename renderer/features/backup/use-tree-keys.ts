/** The keys of the tree: open and close, select one, a run of rows, or everything; and the focus stays in it. */
import { type FocusEvent, type KeyboardEvent, useEffect, useRef } from 'react';
import { useRovingRows } from '../../components/use-roving-rows.ts';
import { extendSelection } from './tree-selection.ts';
import { selectableNames, type VolumeGroup } from './volume-tree.ts';

interface TreeKeys {
  groups: readonly VolumeGroup[];
  /** Of the rows that are shown, in their order: group keys and volume names. */
  keys: readonly string[];
  selected: readonly string[];
  setOpen(groupKey: string, open: boolean): void;
  onChoose(names: readonly string[], on: boolean): void;
  onInspect(key: string): void;
}

function rowOf(key: string): HTMLElement | null {
  return document.querySelector<HTMLElement>(`tr[data-row-key="${CSS.escape(key)}"]`);
}

function keyOf(target: EventTarget): string | undefined {
  return target instanceof Element ? target.closest<HTMLElement>('tr[data-row-key]')?.dataset.rowKey : undefined;
}

export function useTreeKeys({ groups, keys, selected, setOpen, onChoose, onInspect }: TreeKeys) {
  /** Where Shift was pressed first; a key without Shift ends the run. */
  const anchor = useRef<string | null>(null);
  /** The row that has the focus, so that another one takes it when it goes away. */
  const focused = useRef<{ key: string; index: number } | null>(null);
  const rows = groups.flatMap((group) => group.rows);
  const everything = selectableNames(rows);

  function toggle(rowKey: string): void {
    const group = groups.find(({ key }) => key === rowKey);
    const row = rows.find(({ volume }) => volume.name === rowKey);
    const names = group
      ? selectableNames(group.rows)
      : row
        ? selectableNames([{ ...row, carries: false, excluded: false }])
        : [];
    const chosen = names.length > 0 ? names.every((name) => selected.includes(name)) : selected.includes(rowKey);
    onChoose(names.length > 0 ? names : [rowKey], !chosen && names.length > 0);
  }

  const roving = useRovingRows('treegrid', keys, (rowKey, key) => {
    const group = groups.find((each) => each.key === rowKey);
    if (key === 'ArrowRight' && group) {
      setOpen(rowKey, true);
      return true;
    }
    if (key === 'ArrowLeft') {
      const owner = group ?? groups.find((each) => each.rows.some(({ volume }) => volume.name === rowKey));
      if (!owner) return false;
      if (group) setOpen(rowKey, false);
      else rowOf(owner.key)?.focus();
      return true;
    }
    if (key !== ' ' && key !== 'Enter') return false;
    toggle(rowKey);
    return true;
  });

  function press(event: KeyboardEvent<HTMLElement>): void {
    const from = keyOf(event.target);
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'a') {
      event.preventDefault();
      onChoose(everything, true);
      return;
    }
    const moves = event.key === 'ArrowDown' || event.key === 'ArrowUp';
    if (!event.shiftKey || !moves) {
      if (event.key !== 'Shift') anchor.current = null;
      roving.container.onKeyDown(event);
      return;
    }
    anchor.current ??= from ?? null;
    roving.container.onKeyDown(event);
    const to = document.activeElement ? keyOf(document.activeElement) : undefined;
    if (anchor.current === null || from === undefined || to === undefined) return;
    const { on, off } = extendSelection(keys, anchor.current, from, to);
    const leaving = off.filter((key) => selected.includes(key));
    const coming = on.filter((key) => everything.includes(key) && !selected.includes(key));
    if (leaving.length > 0) onChoose(leaving, false);
    if (coming.length > 0) onChoose(coming, true);
  }

  useEffect(() => {
    const last = focused.current;
    if (last === null || keys.includes(last.key)) return;
    focused.current = null;
    if (document.activeElement !== document.body) return;
    const next = keys[Math.min(last.index, keys.length - 1)];
    if (next !== undefined) rowOf(next)?.focus();
  }, [keys]);

  return {
    roving,
    container: {
      ...roving.container,
      onKeyDown: press,
      onFocus(event: FocusEvent<HTMLElement>) {
        roving.container.onFocus(event);
        const key = keyOf(event.target);
        if (key === undefined) return;
        focused.current = { key, index: keys.indexOf(key) };
        onInspect(key);
      },
      onBlur(event: FocusEvent<HTMLElement>) {
        if (event.relatedTarget !== null && !event.currentTarget.contains(event.relatedTarget)) focused.current = null;
      },
    },
  };
}
