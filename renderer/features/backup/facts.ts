/** Facts of a volume as the details list them. */
import type { Volume } from '#contract';
import type { Fact } from '../../components/FactList.tsx';
import { formatBytes } from '../../i18n/quantities.ts';
import { t } from '../../i18n/t.ts';

/** `512 bytes logical, 4 KiB physical`. */
export function sectorText({ logicalSectorBytes, physicalSectorBytes }: Volume): string {
  return t('backup:inspector.sectorsText', {
    logical: formatBytes(logicalSectorBytes),
    physical: formatBytes(physicalSectorBytes),
  });
}

/** The fact, or nothing where its text is empty. */
export function given(label: string, text: string, { mono = false, copy = false } = {}): Fact[] {
  return text === '' ? [] : [{ label, value: text, mono, ...(copy ? { copy: text } : {}) }];
}
