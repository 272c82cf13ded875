/** Opening what is read, with errors that name the volume. */
import { EngineError, errnoOf } from '../base/errors.ts';
import { type Device, native } from '../native.ts';

/** Opens a volume for reading; `exclusive` keeps others from claiming it meanwhile. */
export function openVolumeDevice(path: string, volume: string, exclusive: boolean): { device: Device } & Disposable {
  try {
    const device = native().openDevice(path, { exclusive });
    return { device, [Symbol.dispose]: () => device.close() };
  } catch (error) {
    throw openFailure(error, volume);
  }
}

function openFailure(error: unknown, volume: string): EngineError {
  const reason = error instanceof Error ? error.message : String(error);
  switch (errnoOf(error)) {
    case 'ENOENT':
      return new EngineError('VOLUME_NOT_FOUND', { volume }, { cause: error });
    case 'EACCES':
    case 'EPERM':
      return new EngineError('VOLUME_PERMISSION', { volume, remedy: 'Run Stillframe as root.' }, { cause: error });
    case 'EBUSY':
      return new EngineError('VOLUME_BUSY', { volume, reason, holders: [] }, { cause: error });
    case 'ENXIO':
    case 'ENODEV':
    case 'ENOMEDIUM':
      return new EngineError('VOLUME_VANISHED', { volume, reason }, { cause: error });
    default:
      return new EngineError('INTERNAL', { volume, reason }, { cause: error });
  }
}
