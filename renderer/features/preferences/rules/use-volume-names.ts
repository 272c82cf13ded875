/** Names under which rules may know volumes: mount points first, then devices and files. */
import { useValue } from '../../../stores/use-stores.ts';

export function useVolumeNames(): string[] {
  const volumes = useValue('volumes', (state) => state.list.value);
  const mountPoints = volumes.flatMap((volume) => volume.mounts.map(({ mountPoint }) => mountPoint));
  return [...new Set([...mountPoints, ...volumes.map(({ name }) => name)])];
}
