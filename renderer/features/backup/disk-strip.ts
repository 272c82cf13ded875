/** What a disk's strip consists of: its table where that is known, otherwise its volumes side by side. */
import type { ListedPartition, PartitionTable, Volume } from '#contract';
import type { StripPart } from '../../components/DiskStrip.tsx';
import { formatBytes } from '../../i18n/quantities.ts';
import { translateSentence } from '../../i18n/sentences/sentences.ts';
import { t } from '../../i18n/t.ts';
import { PARTITION_SCHEME_WORDS } from '../../i18n/words.ts';
import { volumeTitle, whyNotSelectable } from './volume-tree.ts';

/** Gaps for alignment are no free space that anybody would use. */
const LEAST_FREE_SHARE = 0.005;
const LEAST_FREE_BYTES = 2 * 1024 ** 2;
/** No part is drawn thinner, so that it can be seen and clicked; many parts must share the room. */
const LEAST_SHARE = 0.03;
const ROOM_FOR_THIN_PARTS = 0.6;
/** The kernel makes no more of one disk; a hostile table may list thousands. */
const MOST_PARTITIONS = 256;

interface Scene {
  disk: Volume;
  volumes: readonly Volume[];
  selected: readonly string[];
}

/** `Partitions of Samsung 980, GPT`. */
export function stripLabel(title: string, { partitionTable: table }: Volume): string {
  if (table === undefined) return t('backup:strip.volumesOf', { title });
  return t('backup:strip.partitionsOf', { title, scheme: PARTITION_SCHEME_WORDS[table.scheme] });
}

/** The parts in the order of the disk, with widths that leave none too thin. */
export function stripParts(scene: Scene): StripPart[] {
  const { partitionTable } = scene.disk;
  const parts = partitionTable === undefined ? volumesSideBySide(scene) : partitionsInPlace(scene, partitionTable);
  const count = parts.reduce((sum, part) => sum + Math.max(1, part.parts.length), 0);
  const least = Math.min(LEAST_SHARE, ROOM_FOR_THIN_PARTS / Math.max(1, count)) * scene.disk.sizeBytes;
  return parts.map((part) => atLeast(part, least));
}

function atLeast(part: StripPart, least: number): StripPart {
  if (part.parts.length === 0) return { ...part, share: Math.max(part.share, least) };
  const parts = part.parts.map((inner) => atLeast(inner, least));
  return { ...part, parts, share: parts.reduce((sum, inner) => sum + inner.share, 0) };
}

const words = (...texts: string[]): string => texts.filter((text) => text !== '').join(' · ');

function free(key: string, sizeBytes: number): StripPart {
  const description = words(t('backup:strip.notPartitioned'), formatBytes(sizeBytes));
  return {
    key,
    kind: 'free',
    label: t('backup:strip.free'),
    description,
    share: sizeBytes,
    selected: false,
    parts: [],
  };
}

function partOfVolume(volume: Volume, { selected }: Scene, about: string): StripPart {
  const reason = whyNotSelectable(volume);
  const title = volumeTitle(volume);
  const { name, sizeBytes, usedBytes } = volume;
  return {
    key: name,
    kind: 'volume',
    label: title,
    description: words(title, volume.fsType || t('backup:tree.raw'), formatBytes(sizeBytes), about, reason),
    share: sizeBytes,
    usedShare: usedBytes === undefined || sizeBytes === 0 ? undefined : Math.min(1, usedBytes / sizeBytes),
    name: reason === '' ? name : undefined,
    selected: selected.includes(name),
    parts: [],
  };
}

function volumesSideBySide(scene: Scene): StripPart[] {
  const { sizeBytes } = scene.disk;
  const volumes = scene.volumes.filter(({ parent }) => parent === scene.disk.name);
  const rest = sizeBytes - volumes.reduce((sum, volume) => sum + volume.sizeBytes, 0);
  const parts = volumes.map((volume) => partOfVolume(volume, scene, ''));
  return rest > leastFree(sizeBytes) ? [...parts, free('rest', rest)] : parts;
}

const leastFree = (sizeBytes: number): number => Math.max(sizeBytes * LEAST_FREE_SHARE, LEAST_FREE_BYTES);

function partitionsInPlace(scene: Scene, table: PartitionTable): StripPart[] {
  const shown = table.entries.slice(0, MOST_PARTITIONS);
  const outer = shown.filter(({ role }) => role !== 'logical');
  const logical = shown.filter(({ role }) => role === 'logical');
  const end = scene.disk.sizeBytes;

  /** Entries between two places of the disk, with what is free between them. What overlaps is drawn side by side. */
  function layOut(entries: readonly ListedPartition[], from: number, to: number): StripPart[] {
    const parts: StripPart[] = [];
    let at = from;
    for (const entry of entries.toSorted((a, b) => a.startBytes - b.startBytes)) {
      const gap = Math.min(entry.startBytes, to) - at;
      if (gap > leastFree(end)) parts.push(free(`free-${at}`, gap));
      parts.push(partOfEntry(entry));
      at = Math.max(at, entry.startBytes + entry.sizeBytes);
    }
    if (to - at > leastFree(end)) parts.push(free(`free-${at}`, to - at));
    return parts;
  }

  function partOfEntry(entry: ListedPartition): StripPart {
    const about = words(
      t('backup:strip.partition', { number: entry.number }),
      translateSentence(entry.typeName) || t('backup:strip.type', { id: entry.typeId }),
    );
    // A damaged entry may claim more than there is.
    const share = Math.max(0, Math.min(entry.sizeBytes, end - entry.startBytes));
    if (entry.role === 'extended') {
      const inside = logical.filter(
        ({ startBytes }) => startBytes >= entry.startBytes && startBytes < entry.startBytes + entry.sizeBytes,
      );
      return {
        key: `partition-${entry.number}`,
        kind: 'frame',
        label: '',
        description: words(
          t('backup:strip.extended'),
          formatBytes(entry.sizeBytes),
          t('backup:strip.partition', { number: entry.number }),
        ),
        share,
        selected: false,
        parts: layOut(inside, entry.startBytes, entry.startBytes + share),
      };
    }
    const volume = scene.volumes.find(({ name }) => name === entry.device);
    if (volume !== undefined) return { ...partOfVolume(volume, scene, about), share };
    const label = entry.label || entry.name || translateSentence(entry.typeName) || entry.typeId;
    const unknown = scene.disk.kind === 'file' ? '' : t('backup:strip.unknown');
    return {
      key: `partition-${entry.number}`,
      kind: 'unknown',
      label,
      description: words(label, entry.fsType ?? '', formatBytes(entry.sizeBytes), about, unknown),
      share,
      selected: false,
      parts: [],
    };
  }

  return layOut(outer, 0, end);
}
