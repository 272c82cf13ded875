/** Volume groups with the space that snapshots can be given. */
import { z } from 'zod';
import { ProgramFailed, query } from '../../snapshots/lvm/programs.ts';

const count = z.string().regex(/^\d+$/).transform(Number).pipe(z.number().int().min(0).max(Number.MAX_SAFE_INTEGER));

const reportSchema = z.object({
  report: z.array(z.object({ vg: z.array(z.object({ vg_name: z.string(), vg_size: count, vg_free: count })) })).min(1),
});

export interface VolumeGroup {
  name: string;
  totalBytes: number;
  freeBytes: number;
}

/** As vgs(8) reports them; none where its program is missing, `undefined` where LVM does not answer as it should. */
export async function volumeGroups(): Promise<VolumeGroup[] | undefined> {
  const fields = ['--reportformat', 'json', '--units', 'b', '--nosuffix', '-o', 'vg_name,vg_size,vg_free'];
  let text: string;
  try {
    text = await query('vgs', fields);
  } catch (error) {
    return error instanceof ProgramFailed && error.missing ? [] : undefined;
  }
  const parsed = reportSchema.safeParse(parseJson(text));
  if (!parsed.success) return undefined;
  return parsed.data.report
    .flatMap(({ vg }) => vg)
    .map((group) => ({ name: group.vg_name, totalBytes: group.vg_size, freeBytes: group.vg_free }));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
