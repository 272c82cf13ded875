/** What the serialization of a class makes of a volume that is in use, when a static image of it is to be made. */
import { setTimeout as sleep } from 'node:timers/promises';
import { abortError, EngineError } from '../base/errors.ts';
import type { BackupSettings } from '../image/settings.ts';

/** The pause before the first further try, milliseconds; each is twice as long as the one before. */
const FIRST_PAUSE_MS = 250;

export interface Tries {
  settings: Pick<BackupSettings, 'serialization' | 'changingRetries' | 'imageType'>;
  signal: AbortSignal;
  /** Before a pause. `left`: tries that are left. */
  onBusy(left: number): void;
}

/**
 * Tries to hold the volume still as often as its class says. Throws `VOLUME_BUSY` where it stays in use; resolves with
 * `undefined` where the class then wants an image of it as it is. Who asked for a static image gets no other.
 */
export async function holdUnlessBusy<T>(attempt: () => Promise<T>, tries: Tries): Promise<T | undefined> {
  const { serialization, changingRetries, imageType } = tries.settings;
  const isShared = serialization === 'shrstatic' || serialization === 'shrdynamic';
  const takesFuzzy = (serialization === 'shrdynamic' || serialization === 'dynamic') && imageType !== 'static';
  const most = isShared ? changingRetries : 0;
  for (let tried = 0; ; tried++) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof EngineError) || error.code !== 'VOLUME_BUSY') throw error;
      if (tried === most && takesFuzzy) return undefined;
      if (tried === most) throw error;
    }
    tries.onBusy(most - tried);
    await sleep(FIRST_PAUSE_MS * 2 ** tried, undefined, { signal: tries.signal }).catch(() => {
      throw abortError(tries.signal);
    });
  }
}
