/** `NONE`: no snapshot. The volume is kept still itself (static) or not at all (dynamic). */
import { EngineError } from '../base/errors.ts';
import type { Provider } from './provider.ts';

const REASON = 'The provider NONE makes no snapshots.';
const REMEDY = 'Use a static image.';

export const none: Provider = {
  name: 'NONE',
  capabilities: { platforms: ['linux', 'win32', 'aix'], snapshots: false, bounded: false, blocksWriters: false },
  readiness: async () => ({
    provider: 'NONE',
    ready: false,
    method: '',
    reason: REASON,
    remedy: REMEDY,
    blocksWriters: false,
    tracksChanges: false,
  }),
  async create(volume) {
    throw new EngineError('SNAPSHOT_UNAVAILABLE', { volume: volume.name, reason: REASON, remedy: REMEDY });
  },
  status: async () => ({ valid: false, reason: REASON }),
  extend: async () => false,
  release: async () => undefined,
  sweep: async () => ({ removed: [], left: [] }),
};
