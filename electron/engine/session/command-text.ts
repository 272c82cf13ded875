/** A backup request as the command line that asks for the same. */
import type { BackupRequest } from '#contract';
import { shellQuote } from '../base/shell-quote.ts';
import { formatOption } from '../policy/options.ts';

const KIB = 1024;

/** The command line counts in KiB. Rounded up, so that a small gap never becomes 0, which means something else. */
function gapText(bytes: number | undefined): string | undefined {
  return bytes === undefined ? undefined : formatOption('imagegapsize', Math.ceil(bytes / KIB) * KIB);
}

/** What the request says, by option name, as it could be typed; nothing that it leaves open. */
function optionTexts(request: BackupRequest): Map<string, string> {
  const said: Record<string, string | undefined> = {
    mode: request.mode,
    imagetype: request.imageType,
    snapshotproviderimage: request.snapshotProviderImage,
    imagegapsize: gapText(request.imageGapBytes),
    managementclass: request.managementClass,
    compressionlevel: request.compressionLevel?.toString(),
    allowraw: request.allowRaw === undefined ? undefined : formatOption('allowraw', request.allowRaw),
  };
  const texts = new Map<string, string>();
  for (const [name, text] of Object.entries(said)) if (text !== undefined) texts.set(name, text);
  for (const [name, text] of Object.entries(request.options ?? {})) texts.set(name.toLowerCase(), text);
  return texts;
}

/** `stillframe backup image …` with exactly the options of the request, each word quoted for a shell where it must be. */
export function backupCommandText(request: BackupRequest): string {
  const options = [...optionTexts(request)].map(([name, text]) => `-${name}=${text}`);
  // A name like an option would be taken for one.
  const operands = request.volume.startsWith('-') ? ['--', request.volume] : [request.volume];
  return ['stillframe', 'backup', 'image', ...options, ...operands].map(shellQuote).join(' ');
}
