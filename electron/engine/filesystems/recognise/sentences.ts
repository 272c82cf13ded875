/** The sentences by which people learn why a recognised volume is read whole, and what they can do instead. */
import { byteWords } from '../../base/byte-words.ts';
import type { Content } from './content.ts';

/** Whole sentences and parts of them; `cause` has no full stop, `cost` continues the sentence, `advice` follows it. */
interface Reasons {
  cause: string;
  cost?: string;
  advice?: string;
}

/** "`cause`: so the whole volume is read (N bytes)`cost`. `advice`" */
export function wholeFor({ cause, cost = '', advice = '' }: Reasons): Content['why'] {
  return (sizeBytes) => `${cause}: so the whole volume is read (${byteWords(sizeBytes)})${cost}. ${advice}`.trimEnd();
}

/** For file systems whose allocation structures are not read here. `plural`: "F2FS file systems". */
export function unparsed(plural: string, advice = ''): Content['why'] {
  const cause = `Which blocks ${plural} use cannot be told here`;
  return wholeFor({ cause, cost: ', free space and deleted files included', advice });
}

/** For file systems that are made in one go and never change: no free space is left in them. */
export function packedImage(name: string): Content['why'] {
  return wholeFor({ cause: `A ${name} image is packed already, and what lies behind it is not known` });
}

/** For what can be had as another device, of which only the used blocks are read then. */
export function betterOpened(cause: string, instead: string): Content['why'] {
  return wholeFor({ cause, advice: `Back up ${instead} instead, of which only what is in use is read.` });
}

/** For closed encryption. `opening`: what opens it as /dev/mapper/NAME. */
export function encrypted(name: string, opening: string): Content['why'] {
  return wholeFor({
    cause: `A closed ${name} volume looks random from end to end, with free space like everything else`,
    cost: ', nothing of it can be compressed, and the image will be as large as the volume',
    advice: `To image only what is in use, open it (${opening}), then back up /dev/mapper/NAME instead.`,
  });
}
