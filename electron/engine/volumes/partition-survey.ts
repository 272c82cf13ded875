/** Which entry of which table a partition's device stands for, for one list of devices. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ListedPartition, PartitionTable, VolumePartition } from '#contract';
import { type Content, lookIntoPartitions, readContent } from './content.ts';
import type { BlockDevice } from './lsblk.ts';

/** sysfs counts in sectors of 512 bytes, whatever the disk's are. */
const SYSFS_SECTOR_BYTES = 512;

/** A partition as the kernel has it. */
export interface KernelPartition {
  number: number;
  startBytes: number;
}

export interface SurveyOptions {
  /** Partitions carry the whole table, for a manifest; in a list that would repeat it for each of them. */
  withOthers?: boolean | undefined;
}

async function numberIn(folder: string, name: string): Promise<number | undefined> {
  const text = (await readFile(join(folder, name), 'utf8').catch(() => '')).trim();
  return /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}

/** What sysfs says about a partition; `undefined` for other devices, device-mapper's partitions among them. */
async function kernelPartition(device: BlockDevice): Promise<KernelPartition | undefined> {
  // sysfs writes the slash in names such as cciss/c0d0p1 as an exclamation mark.
  const folder = join('/sys/class/block', device.kernelName.replaceAll('/', '!'));
  const [number, start] = [await numberIn(folder, 'partition'), await numberIn(folder, 'start')];
  return number === undefined || start === undefined ? undefined : { number, startBytes: start * SYSFS_SECTOR_BYTES };
}

/**
 * The entry that a device stands for: by number and place where the kernel made it, by its PARTUUID where
 * device-mapper did. The kernel makes devices of extended partitions too small to hold anything.
 */
export function entryOf(
  table: PartitionTable,
  device: Pick<BlockDevice, 'partUuid' | 'sizeBytes'>,
  kernel: KernelPartition | undefined,
): ListedPartition | undefined {
  return table.entries.find((entry) => {
    if (entry.role !== 'extended' && entry.sizeBytes !== device.sizeBytes) return false;
    if (kernel !== undefined) return entry.number === kernel.number && entry.startBytes === kernel.startBytes;
    return entry.partUuid !== '' && entry.partUuid === device.partUuid.toLowerCase();
  });
}

/** What the entry is on the disk, without what is known about it here. */
function onDisk({ device: _device, fsType: _fsType, label: _label, ...entry }: ListedPartition) {
  return entry;
}

/** Reads every disk once, when it is first asked for. */
export class PartitionSurvey {
  readonly #devices: readonly BlockDevice[];
  readonly #signal: AbortSignal | undefined;
  readonly #withOthers: boolean;
  readonly #contents = new Map<string, Promise<Content>>();

  constructor(devices: readonly BlockDevice[], signal?: AbortSignal, options: SurveyOptions = {}) {
    this.#devices = devices;
    this.#signal = signal;
    this.#withOthers = options.withOthers ?? false;
  }

  /** File system and partition table of a device, the table with the devices of its entries. `CANCELLED`. */
  contentOf(device: BlockDevice): Promise<Content> {
    const known = this.#contents.get(device.path);
    if (known !== undefined) return known;
    const content = this.#read(device);
    this.#contents.set(device.path, content);
    return content;
  }

  /** The entry of a partition; `undefined` for other devices, and where the table does not say what the kernel says. */
  async partitionOf(device: BlockDevice): Promise<VolumePartition | undefined> {
    if (device.kind !== 'partition') return undefined;
    const disk = this.#devices.find(({ kind, path }) => kind !== 'rom' && device.parents.includes(path));
    const table = disk && (await this.contentOf(disk)).table;
    const own = table?.entries.find((entry) => entry.device === device.path);
    if (table === undefined || own === undefined) return undefined;
    const { entries, problems: _problems, ...header } = table;
    return {
      ...onDisk(own),
      disk: header,
      ...(this.#withOthers ? { others: entries.filter((entry) => entry !== own).map(onDisk) } : {}),
    };
  }

  async #read(device: BlockDevice): Promise<Content> {
    const mayHoldTable = device.kind !== 'partition' && device.kind !== 'rom';
    const search = mayHoldTable ? { sectorBytes: device.logicalSectorBytes, known: device.fsType !== '' } : undefined;
    const content = await readContent(device.path, device.sizeBytes, search, this.#signal);
    if (content.table === undefined) return content;
    const table = await this.#withDevices(device, content.table);
    return { ...content, table: { ...table, entries: await lookIntoPartitions(device.path, table, this.#signal) } };
  }

  async #withDevices(disk: BlockDevice, table: PartitionTable): Promise<PartitionTable> {
    const known = new Map<number, Pick<ListedPartition, 'device' | 'fsType' | 'label'>>();
    const problems: string[] = [];
    const partitions = this.#devices.filter(({ kind, parents }) => kind === 'partition' && parents.includes(disk.path));
    for (const partition of partitions) {
      const entry = entryOf(table, partition, await kernelPartition(partition));
      if (entry !== undefined) {
        const { facts } = entry.role === 'extended' ? {} : await this.contentOf(partition);
        known.set(entry.number, {
          device: partition.path,
          ...(facts ? { fsType: facts.type, label: facts.label } : {}),
        });
      } else
        problems.push(`The kernel knows ${partition.path} otherwise than the table has it, until it reads it again.`);
    }
    const entries = table.entries.map((entry) => ({ ...entry, ...known.get(entry.number) }));
    return { ...table, entries, problems: [...table.problems, ...problems] };
  }
}
