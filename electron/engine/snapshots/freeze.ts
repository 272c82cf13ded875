/** `FREEZE`: the mounted file system is frozen (FIFREEZE) for as long as the volume is read. */
import { freezeProvider } from './freezing/freeze-provider.ts';

export const freezeForTheRun = freezeProvider({
  name: 'FREEZE',
  method: 'file system frozen while the image is taken',
  refuse: () => undefined,
});
