/**
 * A block device's bytes from the medium itself. btrfs and XFS write their metadata past the page cache of their device,
 * so that pages which somebody read earlier, for a list of volumes say, show an older state of it; those that a process
 * has mapped even survive every request to drop them. An old XFS log, its headers and its trees all agree with each
 * other, and their map would leave out everything since.
 */
import { throwIfCancelled } from '../base/errors.ts';
import { native } from '../native.ts';
import { assertReadable, type FileSource } from './source.ts';

/**
 * Opens a device for reading. `sizeBytes` bounds the reads; without it the present size counts. Where O_DIRECT is
 * refused, pages of the cache are dropped first as far as the kernel does that. Throws the system's error.
 */
export async function openDeviceSource(path: string, sizeBytes?: number): Promise<FileSource> {
  const device = native().openDevice(path);
  try {
    await device.flush();
    const size = sizeBytes ?? device.facts().sizeBytes;
    const close = async (): Promise<void> => device.close();
    return {
      sizeBytes: size,
      async read(offsetBytes, lengthBytes, signal) {
        throwIfCancelled(signal);
        assertReadable(offsetBytes, lengthBytes, size);
        const buffer = Buffer.allocUnsafeSlow(lengthBytes);
        await device.read(offsetBytes, buffer);
        return buffer;
      },
      close,
      [Symbol.asyncDispose]: close,
    };
  } catch (error) {
    device.close();
    throw error;
  }
}
