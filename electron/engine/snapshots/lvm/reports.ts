/** Logical and physical volumes as lvs(8) and pvs(8) report them, checked before use. */
import { z } from 'zod';
import { EngineError } from '../../base/errors.ts';
import { query } from './programs.ts';

const countSchema = z
  .string()
  .regex(/^\d+$/)
  .transform(Number)
  .pipe(z.number().int().min(0).max(Number.MAX_SAFE_INTEGER));
/** `"6.51"`, empty where it does not apply or is not active. */
const percentSchema = z.string().transform((text) => (text === '' ? undefined : Number(text)));
const listSchema = z.string().transform((text) => (text === '' ? [] : text.split(',')));

const lvSchema = z.object({
  vg_name: z.string(),
  vg_uuid: z.string(),
  vg_extent_size: countSchema,
  vg_partial: z.string(),
  vg_exported: z.string(),
  vg_permissions: z.string(),
  lv_name: z.string(),
  lv_uuid: z.string(),
  lv_layout: listSchema,
  lv_role: listSchema,
  lv_kernel_major: z.string(),
  lv_size: countSchema,
  lv_tags: listSchema,
  lv_dm_path: z.string(),
  lv_device_open: z.string(),
  lv_merging: z.string(),
  lv_health_status: z.string(),
  origin: z.string(),
  origin_uuid: z.string(),
  pool_lv: z.string(),
  pool_lv_uuid: z.string(),
  metadata_lv: z.string(),
  data_percent: percentSchema,
  metadata_percent: percentSchema,
  thin_id: z.string(),
  chunk_size: countSchema,
});

const pvSchema = z.object({
  vg_uuid: z.string(),
  pv_name: z.string(),
  pv_allocatable: z.string(),
  pv_missing: z.string(),
  pv_pe_count: countSchema,
  pv_pe_alloc_count: countSchema,
});

/** One logical volume, also a hidden one. */
export interface LogicalVolume {
  vgName: string;
  vgUuid: string;
  extentBytes: number;
  /** A physical volume is missing, the group was exported, or it is read-only; `''`: neither. */
  vgTrouble: '' | 'partial' | 'exported' | 'read-only';
  /** Without the brackets of hidden ones. */
  name: string;
  uuid: string;
  /** `linear`, `thin`, `pool`, … */
  layout: string[];
  /** `public`, `origin`, `thicksnapshot`, … */
  role: string[];
  active: boolean;
  /** For snapshots of ordinary volumes the space of the snapshot. */
  sizeBytes: number;
  tags: string[];
  /** `/dev/mapper/vg-lv`. */
  path: string;
  /** Somebody has it open or mounted. */
  open: boolean;
  merging: boolean;
  /** Empty: well. */
  health: string;
  origin: string;
  originUuid: string;
  pool: string;
  poolUuid: string;
  /** Of pools. */
  metadata: string;
  /** Of pools and snapshots that are active. */
  dataPercent: number | undefined;
  metadataPercent: number | undefined;
  /** Under which number its pool knows a thin one. */
  thinId: number | undefined;
  /** Of pools: size of the pieces that they share and copy. */
  chunkBytes: number;
}

/** A physical volume of a group. */
export interface PhysicalVolume {
  path: string;
  /** May be given to new volumes and is there. */
  usable: boolean;
  freeExtents: number;
}

function unbracketed(name: string): string {
  return name.replace(/^\[(.*)\]$/, '$1');
}

function parseReport<T>(kind: 'lv' | 'pv', schema: z.ZodType<T>, output: string): T[] {
  try {
    const report = z.object({ report: z.array(z.record(z.string(), z.array(schema))) }).parse(JSON.parse(output));
    return report.report.flatMap((one) => one[kind] ?? []);
  } catch (error) {
    const reason = 'The report of the logical volumes that LVM printed cannot be understood.';
    throw new EngineError('INTERNAL', { reason }, { cause: error });
  }
}

/** Parses what lvs printed. Throws `INTERNAL`. */
export function parseLogicalVolumes(output: string): LogicalVolume[] {
  const volumes = parseReport('lv', lvSchema, output).map(
    (row): LogicalVolume => ({
      vgName: row.vg_name,
      vgUuid: row.vg_uuid,
      extentBytes: row.vg_extent_size,
      vgTrouble: troubleOf(row),
      name: unbracketed(row.lv_name),
      uuid: row.lv_uuid,
      layout: row.lv_layout,
      role: row.lv_role,
      active: row.lv_kernel_major !== '-1',
      sizeBytes: row.lv_size,
      tags: row.lv_tags,
      path: row.lv_dm_path,
      open: row.lv_device_open !== '',
      merging: row.lv_merging !== '',
      health: row.lv_health_status,
      origin: unbracketed(row.origin),
      originUuid: row.origin_uuid,
      pool: unbracketed(row.pool_lv),
      poolUuid: row.pool_lv_uuid,
      metadata: unbracketed(row.metadata_lv),
      dataPercent: row.data_percent,
      metadataPercent: row.metadata_percent,
      thinId: /^\d+$/.test(row.thin_id) ? Number(row.thin_id) : undefined,
      chunkBytes: row.chunk_size,
    }),
  );
  // A volume of several segments has a row for each: the first says all that is asked.
  return [...new Map(volumes.toReversed().map((one) => [one.uuid, one])).values()].reverse();
}

function troubleOf(row: z.infer<typeof lvSchema>): LogicalVolume['vgTrouble'] {
  if (row.vg_partial !== '') return 'partial';
  if (row.vg_exported !== '') return 'exported';
  return row.vg_permissions === 'writeable' ? '' : 'read-only';
}

/** Parses what pvs printed. Throws `INTERNAL`. */
export function parsePhysicalVolumes(output: string): PhysicalVolume[] {
  return parseReport('pv', pvSchema, output).map((row) => ({
    path: row.pv_name,
    usable: row.pv_allocatable !== '' && row.pv_missing === '',
    freeExtents: row.pv_pe_count - row.pv_pe_alloc_count,
  }));
}

const FORMAT = ['--reportformat', 'json', '--units', 'b', '--nosuffix'];

function report(
  program: string,
  columns: string[],
  select: string,
  more: string[],
  signal: AbortSignal | undefined,
): Promise<string> {
  const selection = select === '' ? [] : ['--select', select];
  return query(program, [...more, ...FORMAT, '--options', columns.join(','), ...selection], signal);
}

/**
 * Logical volumes, hidden ones too, that a selection (lvmreport(7)) is true for; empty: all. Throws `ProgramFailed`,
 * `INTERNAL`, `CANCELLED`.
 */
export async function logicalVolumes(select: string, signal?: AbortSignal): Promise<LogicalVolume[]> {
  return parseLogicalVolumes(await report('lvs', Object.keys(lvSchema.shape), select, ['--all'], signal));
}

/** Physical volumes of a group. Throws as `logicalVolumes`. */
export async function physicalVolumes(vgUuid: string, signal?: AbortSignal): Promise<PhysicalVolume[]> {
  const output = await report('pvs', Object.keys(pvSchema.shape), `vg_uuid=${vgUuid}`, [], signal);
  return parsePhysicalVolumes(output);
}
