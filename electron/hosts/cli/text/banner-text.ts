/** How a session begins, in dsmc's way. */
import { formatInstant } from '../figures.ts';

export interface Banner {
  /** `1.2.3`. */
  readonly version: string;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly nodeName: string;
  /** The repository that was opened; absent: none was. */
  readonly repository?: string | undefined;
}

/** Product, version, time, node and session. */
export function bannerLines({ version, now, nodeName, repository }: Banner): string[] {
  const [major = '0', minor = '0', patch = '0'] = version.split(/[.-]/);
  return [
    'Stillframe',
    'Command Line Backup/Archive Client Interface',
    `  Client Version ${major}, Release ${minor}, Level ${patch}.0`,
    `  Client date/time: ${formatInstant(new Date(now).toISOString())}`,
    `Node Name: ${nodeName}`,
    ...(repository === undefined ? [] : [`Session established with repository ${repository}`]),
  ];
}
