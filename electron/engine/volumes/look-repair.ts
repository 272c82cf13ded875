/** Unmounts what a killed engine had mounted for looking at it. */
import { z } from 'zod';
import { unmountLook } from './look-mount.ts';
import type { Repairer } from './run-journal.ts';

const changeSchema = z.object({
  kind: z.literal('look'),
  /** As the person knows it. */
  volume: z.string(),
  mountPoint: z.string().startsWith('/'),
  /** Device number or file identity beneath the mount. */
  below: z.string(),
});

export const lookRepairer: Repairer = {
  kind: 'look',
  async repair(change, { rebooted }) {
    // Mounts do not survive a restart.
    if (rebooted) return { settled: true };
    const parsed = changeSchema.safeParse(change);
    if (!parsed.success) {
      return { settled: true, text: 'A stopped run left an unreadable note about a mount; see `findmnt` for mounts.' };
    }
    const { volume, mountPoint, below } = parsed.data;
    try {
      // Nobody could end it otherwise; who still looks at it keeps the files that they have open.
      const was = await unmountLook(mountPoint, below, { lazily: true });
      if (!was) return { settled: true };
      return { settled: true, text: `${volume} was left mounted read-only at ${mountPoint}; it is unmounted.` };
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      return { settled: false, text: `${volume} was left mounted read-only at ${mountPoint}: ${reason}.` };
    }
  },
};
