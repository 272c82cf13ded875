/** Volumes that only carry others: what should be imaged in their place. */
import type { Volume, VolumeHolder } from '#contract';

/** What is opened on top of contents that say nothing by themselves, by the content's blkid type. */
const CARRIERS: Readonly<Record<string, { kind: VolumeHolder['kind']; why: string }>> = {
  crypto_LUKS: { kind: 'crypt', why: 'the opened volume' },
  BitLocker: { kind: 'crypt', why: 'the opened volume' },
  LVM2_member: { kind: 'lvm', why: 'a logical volume' },
  linux_raid_member: { kind: 'raid', why: 'the assembled array' },
};

/** One English sentence naming the mapped devices that are open on the volume; `undefined` where none is. */
export function offerInstead({
  fsType,
  holders,
  name,
}: Pick<Volume, 'fsType' | 'holders' | 'name'>): string | undefined {
  const carrier = CARRIERS[fsType];
  if (carrier === undefined) return undefined;
  const open = holders.filter(({ kind }) => kind === carrier.kind).map((holder) => holder.name);
  if (open.length === 0) return undefined;
  return (
    `${name} only carries ${open.join(', ')}. An image of ${carrier.why} reads just the blocks in use, compresses, ` +
    'and is restored by itself: back that up instead.'
  );
}
