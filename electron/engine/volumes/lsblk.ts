/** Block devices as lsblk(8) reports them, checked before use. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { z } from 'zod';
import type { VolumeKind } from '#contract';
import { EngineError, errnoOf, isCancelled } from '../base/errors.ts';

const run = promisify(execFile);
const MOST_OUTPUT_BYTES = 16 * 1024 * 1024;

const COLUMNS = [
  ...['NAME', 'KNAME', 'PATH', 'MAJ:MIN', 'TYPE', 'SIZE', 'RO', 'RM', 'FSTYPE', 'LABEL', 'UUID'],
  ...['PARTUUID', 'MODEL', 'SERIAL', 'TRAN', 'LOG-SEC', 'PHY-SEC'],
];

/** Before 2.37 lsblk wrote numbers and flags as strings; columns it cannot fill are null. */
const textSchema = z
  .string()
  .nullish()
  .transform((text) => text?.trim() ?? '');
const countSchema = z
  .union([z.number(), z.string().trim().regex(/^\d+$/).transform(Number)])
  .pipe(z.number().int().min(0).max(Number.MAX_SAFE_INTEGER));
/** A device that is just going away has no sectors any more. */
const sectorSchema = countSchema.nullish().transform((bytes) => bytes ?? 0);
const flagSchema = z.union([z.boolean(), z.enum(['0', '1']).transform((flag) => flag === '1')]);

const nodeSchema = z.object({
  kname: z.string().min(1),
  path: z.string().startsWith('/'),
  'maj:min': z
    .string()
    .trim()
    .regex(/^\d+:\d+$/),
  type: z.string(),
  size: countSchema.nullish().transform((size) => size ?? 0),
  ro: flagSchema,
  rm: flagSchema,
  fstype: textSchema,
  label: textSchema,
  uuid: textSchema,
  partuuid: textSchema,
  model: textSchema,
  serial: textSchema,
  tran: textSchema,
  'log-sec': sectorSchema,
  'phy-sec': sectorSchema,
  get children() {
    return z.array(nodeSchema).optional();
  },
});
const outputSchema = z.object({ blockdevices: z.array(nodeSchema) });
type Node = z.infer<typeof nodeSchema>;

/** One device; devices that lsblk lists under several parents appear once. */
export interface BlockDevice {
  /** Kernel name (`dm-0`). */
  kernelName: string;
  path: string;
  /** `major:minor`. */
  number: string;
  kind: VolumeKind;
  /** lsblk's own word (`raid1`, `mpath`). */
  type: string;
  /** Paths of the devices it stands on. */
  parents: string[];
  sizeBytes: number;
  readOnly: boolean;
  removable: boolean;
  fsType: string;
  label: string;
  uuid: string;
  partUuid: string;
  model: string;
  serial: string;
  transport: string;
  logicalSectorBytes: number;
  physicalSectorBytes: number;
}

const KINDS: Readonly<Record<string, VolumeKind>> = {
  disk: 'disk',
  mpath: 'disk',
  part: 'partition',
  lvm: 'lv',
  loop: 'loop',
  crypt: 'crypt',
  rom: 'rom',
  md: 'raid',
  linear: 'raid',
};

function kindOf(type: string): VolumeKind {
  return KINDS[type] ?? (type.startsWith('raid') ? 'raid' : 'other');
}

function flatten(nodes: Node[], parent: BlockDevice | undefined, found: Map<string, BlockDevice>): void {
  for (const node of nodes) {
    let device = found.get(node.kname);
    if (device === undefined) {
      device = {
        kernelName: node.kname,
        path: node.path,
        number: node['maj:min'],
        kind: kindOf(node.type),
        type: node.type,
        parents: [],
        sizeBytes: node.size,
        readOnly: node.ro,
        removable: node.rm,
        fsType: node.fstype,
        label: node.label,
        uuid: node.uuid,
        partUuid: node.partuuid,
        model: node.model || (parent?.model ?? ''),
        serial: node.serial || (parent?.serial ?? ''),
        transport: node.tran || (parent?.transport ?? ''),
        logicalSectorBytes: node['log-sec'],
        physicalSectorBytes: node['phy-sec'] || node['log-sec'],
      };
      found.set(node.kname, device);
    }
    if (parent && !device.parents.includes(parent.path)) device.parents.push(parent.path);
    flatten(node.children ?? [], device, found);
  }
}

/** Memory disks, what has no medium and what is being unplugged are no volumes. */
function isVolume(device: BlockDevice): boolean {
  return device.sizeBytes > 0 && device.logicalSectorBytes > 0 && !/^z?ram\d/.test(device.kernelName);
}

/** Parses `lsblk --json --bytes`; parents come before children. Throws `INTERNAL` for output that is not lsblk's. */
export function parseLsblk(output: string): BlockDevice[] {
  let parsed: z.infer<typeof outputSchema>;
  try {
    parsed = outputSchema.parse(JSON.parse(output));
  } catch (error) {
    const reason = 'The list of block devices that lsblk printed cannot be understood.';
    throw new EngineError('INTERNAL', { reason }, { cause: error });
  }
  const found = new Map<string, BlockDevice>();
  flatten(parsed.blockdevices, undefined, found);
  return [...found.values()].filter(isVolume);
}

/** Present block devices. Throws `UNSUPPORTED_ON_HOST` without lsblk, `INTERNAL`, `CANCELLED`. */
export async function listBlockDevices(signal?: AbortSignal): Promise<BlockDevice[]> {
  const args = ['--json', '--bytes', '--output', COLUMNS.join(',')];
  const options = { maxBuffer: MOST_OUTPUT_BYTES, env: { ...process.env, LC_ALL: 'C' }, ...(signal ? { signal } : {}) };
  try {
    const { stdout } = await run('lsblk', args, options);
    return parseLsblk(stdout);
  } catch (error) {
    if (error instanceof EngineError) throw error;
    if (isCancelled(error) || signal?.aborted) throw new EngineError('CANCELLED', {}, { cause: error });
    if (errnoOf(error) === 'ENOENT') {
      const remedy = 'Install util-linux.';
      throw new EngineError(
        'UNSUPPORTED_ON_HOST',
        { reason: 'The program lsblk is missing.', remedy },
        { cause: error },
      );
    }
    // lsblk exits with 32 or 64 where there is no block device at all, as in containers.
    if (error instanceof Error && 'code' in error && (error.code === 32 || error.code === 64)) return [];
    const reason = error instanceof Error ? error.message : String(error);
    throw new EngineError('INTERNAL', { reason: `lsblk failed: ${reason}` }, { cause: error });
  }
}
