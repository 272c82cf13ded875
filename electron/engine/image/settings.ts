/** What is in force for one run after options, defaults and the request were resolved. */
import type { ImageType, Mode } from '#contract';

export interface BackupSettings {
  mode: Mode;
  /** What was asked for; the ladder may change it. */
  imageType: ImageType;
  /** As the person wrote it; undefined = the best there is. */
  snapshotProviderImage: string | undefined;
  /** `imagegapsize` in bytes; 0 = everything. */
  gapBytes: number;
  compressionLevel: number;
  managementClass: string;
  allowRaw: boolean;
}

/** By option name, for the manifest. */
export function optionsInForce(settings: BackupSettings): Record<string, string> {
  return {
    mode: settings.mode,
    imagetype: settings.imageType,
    snapshotproviderimage: settings.snapshotProviderImage ?? 'NONE',
    imagegapsize: `${settings.gapBytes / 1024}k`,
    compressionlevel: String(settings.compressionLevel),
    managementclass: settings.managementClass,
  };
}
