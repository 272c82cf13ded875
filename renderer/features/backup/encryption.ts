/** Volumes whose contents are encrypted, or come out of such a volume. */
import type { Volume } from '#contract';
import { t } from '../../i18n/t.ts';

/** Types of encrypted contents, in blkid's words. */
const ENCRYPTED = new Set(['crypto_LUKS', 'BitLocker']);

/** What that means for an image, one sentence; empty where nothing is encrypted. */
export function encryptionHint({ kind, fsType, holders }: Pick<Volume, 'kind' | 'fsType' | 'holders'>): string {
  if (ENCRYPTED.has(fsType)) {
    const open = holders.some((holder) => holder.kind === 'crypt');
    return t(open ? 'backup:badge.encryptedCarries' : 'backup:badge.encryptedClosed');
  }
  return kind === 'crypt' ? t('backup:badge.encryptedOpen') : '';
}
